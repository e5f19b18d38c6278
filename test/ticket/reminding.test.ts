import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/ticket/command.ts';
import type { Instant, PersonId } from '../../src/ticket/ticket.ts';
import { ada, bo, cy, docket, rae, sue, to, World } from './world.ts';

function remind(person: PersonId, at: Instant, text = 'call back'): Command {
  return { verb: 'remind', target: { to: 'person', person }, at, text };
}

const ring = (reminder: number): Command => ({ verb: 'ring', reminder });
const done = (reminder: number | null = null): Command => ({ verb: 'done', reminder });

describe('reminders', () => {
  it('are numbered within their ticket, and a number is never used again', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, remind(ada, world.in(60)));
    world.do(ada, id, done());
    expect(world.do(ada, id, remind(ada, world.in(60))).reminders).toMatchObject([
      { id: 1, state: 'done' },
      { id: 2, state: 'waiting' },
    ]);
  });

  it('ring once, when their time has come, and only by Docket itself', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, remind(ada, world.in(60)));
    world.pass(60);
    expect(world.refused(ada, id, ring(1))).toContain('by themselves');
    expect(world.do(docket, id, ring(1))).toMatchObject({ status: 'new', reminders: [{ state: 'rung' }] });
    expect(world.refused(docket, id, ring(1))).toContain('no reminder 1');
  });

  it('of a deleted ticket end without ringing', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, remind(ada, world.in(60)));
    world.do(sue, id, to('delete'));
    world.pass(60);
    expect(world.do(docket, id, ring(1)).reminders).toMatchObject([{ state: 'done' }]);
  });

  it('are set in the future, for people who see the ticket', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.refused(ada, id, remind(ada, world.now))).toContain('That time has passed');
    expect(world.refused(ada, id, remind(ada, 'soon'))).toContain('remind 1 tomorrow 9am');
    expect(world.refused(ada, id, remind(cy, world.in(60)))).toContain('cy cannot see #1');
    expect(world.refused(ada, id, remind(ada, world.in(60), 'x'.repeat(501)))).toContain('500 characters');
  });

  it('a requestor reminds only themselves', () => {
    const world = new World();
    const id = world.open(rae);
    expect(world.do(rae, id, remind(rae, world.in(60))).reminders).toHaveLength(1);
    expect(world.refused(rae, id, remind(ada, world.in(60)))).toContain('ModifyTicket');
  });

  it('snooze and done mean the last that rang, else the next to ring, of the actor', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, remind(bo, world.in(10), 'not mine, but set by me'));
    world.do(bo, id, remind(bo, world.in(60), 'later'));
    world.do(bo, id, remind(bo, world.in(30), 'sooner'));
    world.pass(30);
    world.do(docket, id, ring(3));
    const at = world.in(90);
    expect(world.do(bo, id, { verb: 'snooze', reminder: null, at }).reminders[2]).toMatchObject({
      at,
      state: 'waiting',
    });
    expect(world.do(bo, id, done()).reminders.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);
    expect(world.do(bo, id, done(3)).reminders[2]?.state).toBe('done');
    expect(world.refused(sue, id, done())).toContain('You have no reminder on #1');
    expect(world.refused(sue, id, done(2))).toContain('no such reminder');
    expect(world.refused(bo, id, { verb: 'snooze', reminder: 2, at: '2001-01-01T00:00:00.000Z' })).toContain('passed');
  });

  it("a group's reminder is each member's to end, a place's belongs to whoever may set one", () => {
    const world = new World();
    const id = world.open(rae);
    const at = world.in(60);
    world.do(ada, id, { verb: 'remind', target: { to: 'group', group: 'supervisors' }, at, text: '' });
    world.do(ada, id, { verb: 'remind', target: { to: 'place', place: 7 }, at, text: '' });
    expect(world.refused(bo, id, done(1))).toContain('no such reminder');
    world.do(sue, id, done(1));
    // It may be set where only staff read along: to requestors it is as if there were none.
    expect(world.refused(rae, id, done())).toContain('You have no reminder on #1');
    expect(world.refused(rae, id, done(2))).toContain('no such reminder');
    expect(world.refused(rae, id, { verb: 'snooze', reminder: 2, at: world.in(600) })).toContain('no such reminder');
    world.do(bo, id, done(2));
  });
});
