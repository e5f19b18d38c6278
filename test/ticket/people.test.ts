import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/ticket/command.ts';
import type { PersonId, WatcherRole } from '../../src/ticket/ticket.ts';
import { ada, bo, cy, rae, World } from './world.ts';

function watcher(role: WatcherRole, person: PersonId, add = true): Command {
  return { verb: 'watcher', role, person, add };
}

describe('people on a ticket', () => {
  it.each(['requestor', 'cc', 'admincc'] as const)('staff make and unmake somebody %s', (role) => {
    const world = new World();
    const id = world.open(rae);
    const list = `${role}s` as const;
    expect(world.do(ada, id, watcher(role, cy))[list]).toContain(cy);
    expect(world.refused(ada, id, watcher(role, cy))).toBe(`cy is ${role} of #1 already.`);
    expect(world.do(ada, id, watcher(role, cy, false))[list]).not.toContain(cy);
    expect(world.refused(ada, id, watcher(role, cy, false))).toBe(`cy is not ${role} of #1.`);
  });

  it('a requestor adds nobody, and does not make themselves admincc', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(rae, id, watcher('cc', cy))).toContain('ModifyTicket');
    expect(world.refused(rae, id, watcher('admincc', rae))).toContain('WatchAsAdminCc');
  });

  it('whoever watches becomes cc, once', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(bo, id, { verb: 'watch' }).ccs).toEqual([bo]);
    expect(world.refused(bo, id, { verb: 'watch' })).toBe('You watch #1 already.');
    expect(world.do(bo, id, { verb: 'unwatch' }).ccs).toEqual([]);
    expect(world.refused(bo, id, { verb: 'unwatch' })).toBe('You do not watch #1.');
  });

  it('a cc takes themselves away without any right', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, watcher('cc', cy));
    expect(world.do(cy, id, watcher('cc', cy, false)).ccs).toEqual([]);
  });

  it('requestor and owner go on hearing of what is theirs', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'take' });
    expect(world.refused(rae, id, { verb: 'unwatch' })).toContain('You asked for #1');
    expect(world.refused(ada, id, { verb: 'unwatch' })).toContain('release 1');
  });

  it('a person is no longer shown a ticket when taken off it', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, watcher('cc', cy));
    expect(world.refused(cy, id, { verb: 'take' })).toContain('OwnTicket');
    world.do(ada, id, watcher('cc', cy, false));
    expect(world.refused(cy, id, { verb: 'take' })).toContain('There is no ticket #1');
  });
});
