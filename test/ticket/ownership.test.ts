import { describe, expect, it } from 'vitest';
import { ada, bo, cy, rae, sue, to, World } from './world.ts';

describe('ownership', () => {
  it('a taken ticket is owned by who took it, and opens', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.ticket(id)).toMatchObject({ owner: null, status: 'new', started: null });
    const taken = world.do(ada, id, { verb: 'take' });
    expect(taken).toMatchObject({ owner: ada, status: 'open', version: 2 });
    expect(taken.started).not.toBeNull();
  });

  it('taking an owned ticket is refused, with the name of its owner and the way to steal it', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(bo, id, { verb: 'take' });
    expect(world.refused(ada, id, { verb: 'take' })).toBe('#1 is owned by bo. Use /ticket steal 1.');
    expect(world.do(ada, id, { verb: 'steal' }).owner).toBe(ada);
  });

  it('what one owns already is not taken again', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'take' });
    for (const verb of ['take', 'steal'] as const) {
      expect(world.refused(ada, id, { verb })).toBe('You own #1 already.');
    }
    expect(world.refused(ada, id, { verb: 'give', to: ada })).toBe('You own #1 already.');
  });

  it('a ticket that nobody owns is taken, not stolen', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, { verb: 'steal' })).toBe('Nobody owns #1. Use /ticket take 1.');
    expect(world.refused(ada, id, { verb: 'release' })).toBe('Nobody owns #1.');
  });

  it('the owner gives a ticket to whoever may own it, and a new one stays new for them', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(ada, id, { verb: 'give', to: bo })).toMatchObject({ owner: bo, status: 'new' });
    expect(world.do(bo, id, { verb: 'give', to: ada }).owner).toBe(ada);
    expect(world.refused(ada, id, { verb: 'give', to: cy })).toContain('cy may not own #1');
  });

  it("another person's ticket is given away and released only with the right to reassign", () => {
    const world = new World();
    const id = world.open(rae);
    world.do(bo, id, { verb: 'take' });
    expect(world.refused(ada, id, { verb: 'give', to: sue })).toContain('ReassignTicket');
    expect(world.refused(ada, id, { verb: 'release' })).toContain('ReassignTicket');
    expect(world.do(sue, id, { verb: 'give', to: ada }).owner).toBe(ada);
    expect(world.do(sue, id, { verb: 'release' }).owner).toBeNull();
  });

  it('a requestor takes nothing, and is told which right it takes', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(rae, id, { verb: 'take' })).toContain('OwnTicket');
  });

  it('taking a resolved ticket does not open it', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to('resolve'));
    expect(world.do(ada, id, { verb: 'take' })).toMatchObject({ owner: ada, status: 'resolved' });
  });
});
