import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/ticket/command.ts';
import { ada, bo, comment, cy, rae, reply, set, sue, to, World } from './world.ts';

describe('undo', () => {
  const commands: readonly (readonly [string, Command])[] = [
    ['take', { verb: 'take' }],
    ['give', { verb: 'give', to: bo }],
    ['resolve', to('resolve', 'replaced the SFP')],
    ['stall until', to('stall', 'telco', '2027-01-01T00:00:00.000Z')],
    ['set', set({ priority: '90', subject: 'Other', due: '', next: 'call' })],
    ['move', set({ queue: 'changes' })],
    ['time', { verb: 'time', minutes: 30, text: 'walked there' }],
    ['watch', { verb: 'watch' }],
    ['comment', comment('oops')],
    ['requestor', { verb: 'watcher', role: 'requestor', person: rae, add: false }],
  ];

  it.each(commands)('gives the ticket as it was before: %s', (_name, command) => {
    const world = new World();
    const id = world.open(rae);
    const before = world.ticket(id);
    world.do(ada, id, command);
    const { version, updated, publicUpdated: _now, reminders, ...after } = world.do(ada, id, world.undo(id));
    const { version: _version, updated: _updated, publicUpdated: _then, reminders: _reminders, ...was } = before;
    expect(after).toEqual(was);
    expect(reminders.every(({ state }) => state === 'done')).toBe(true);
    expect(version).toBe(3);
    expect(updated > before.updated).toBe(true);
  });

  it('names what it takes back, and deletes the comment that was part of it', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to('resolve', 'done'));
    const [, status, said] = world.history(id);
    world.do(ada, id, world.undo(id));
    expect(
      world
        .history(id)
        .slice(3)
        .map(({ change }) => change),
    ).toMatchObject([
      { type: 'undo', of: [status?.id, said?.id] },
      { type: 'amend', of: said?.id, text: null },
      { type: 'status', from: 'resolved', to: 'new' },
    ]);
  });

  it('takes a link away at both ends', () => {
    const world = new World();
    const [id, other] = [world.open(rae), world.open(rae)];
    world.do(ada, id, { verb: 'link', kind: 'depends on', ticket: other, add: true });
    world.do(ada, other, world.undo(other));
    expect([world.ticket(id).links, world.ticket(other).links]).toEqual([[], []]);
  });

  it('wakes an alarm again that a status ended', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to('stall', '', world.in(600)));
    world.do(ada, id, to('resolve'));
    expect(world.do(ada, id, world.undo(id))).toMatchObject({
      status: 'stalled',
      reminders: [{ state: 'waiting' }],
    });
  });

  it('does not tell who may not see comments that only staff did something since', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'take' });
    world.do(rae, id, reply('please hurry'));
    const before = world.refused(rae, id, world.undo(id));
    world.do(ada, id, comment('suspicious'));
    world.do(ada, id, { verb: 'time', minutes: 5, text: '' });
    expect(world.refused(rae, id, world.undo(id))).toBe(before);
  });

  it('takes back what somebody did themselves, whatever only staff did since', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, { verb: 'watcher', role: 'cc', person: cy, add: true });
    world.do(cy, id, { verb: 'unwatch' });
    world.do(ada, id, { verb: 'watcher', role: 'cc', person: cy, add: true });
    const own = { verb: 'remind', target: { to: 'person', person: cy }, at: world.in(60), text: 'call' } as const;
    world.do(cy, id, own);
    world.do(ada, id, comment('only for staff'));
    expect(world.do(cy, id, world.undo(id)).reminders).toMatchObject([{ state: 'done' }]);
    expect(world.refused(cy, id, world.undo(id))).toContain('undone already');
  });

  it('is only for who made the last change; only staff learn who that was', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(bo, id, { verb: 'take' });
    world.do(ada, id, set({ priority: '90' }));
    const refusal = 'Only the last change of #1 can be undone, and only by the person who made it.';
    expect(world.refused(bo, id, world.undo(id))).toContain('was made by ada, and only they can undo it');
    expect(world.refused(rae, id, world.undo(id))).toBe(refusal);
    expect(world.refused(ada, id, { verb: 'undo', last: [] })).toBe(refusal);
  });

  it.each([
    ['a reply', ada, reply('Hello'), 'Put it right with another one'],
    ['a merge', ada, { verb: 'merge', into: 2 } as Command, '#1 was merged into #2'],
  ])('%s cannot be taken back', (_what, by, command, refusal) => {
    const world = new World();
    const id = world.open(rae);
    world.open(rae);
    world.do(by, id, command);
    expect(world.refused(by, id, world.undo(id))).toContain(refusal);
  });

  it('neither what made the ticket, nor a merge into it, nor an undo', () => {
    const world = new World();
    const [id, other] = [world.open(ada), world.open(ada)];
    expect(world.refused(ada, id, world.undo(id))).toContain('Opening a ticket cannot be taken back');
    world.do(ada, other, { verb: 'take' });
    world.do(ada, other, world.undo(other));
    expect(world.refused(ada, other, world.undo(other))).toContain('was undone already');
    world.do(ada, other, comment('oops'));
    world.do(ada, other, world.undo(other));
    expect(world.refused(ada, other, world.undo(other))).toContain('was undone already');
    world.do(ada, other, { verb: 'merge', into: id });
    expect(world.refused(ada, id, world.undo(id))).toContain('A merge cannot be taken back');
  });

  it('a link that a merge led elsewhere stays there', () => {
    const world = new World();
    const [id, target, linked] = [world.open(rae), world.open(rae), world.open(rae)];
    world.do(ada, id, { verb: 'link', kind: 'refers to', ticket: linked, add: true });
    world.do(ada, id, { verb: 'merge', into: target });
    expect(world.refused(ada, linked, world.undo(linked))).toContain('changed by a merge');
  });

  it('does not go where the lifecycle has no way back', () => {
    const world = new World();
    const id = world.open(rae, { queue: 'changes' });
    world.do(ada, id, { verb: 'take' });
    world.do(sue, id, set({ status: 'approved' }));
    expect(world.refused(sue, id, world.undo(id))).toContain('cannot go back from approved to review');
  });

  it('does not bring back a link with which a ticket would by now wait for itself', () => {
    const world = new World();
    const [a, b, c] = [world.open(rae), world.open(rae), world.open(rae)];
    const link = (ticket: number, add = true): Command => ({ verb: 'link', kind: 'depends on', ticket, add });
    world.do(ada, c, link(a));
    world.do(ada, a, link(b));
    world.do(ada, a, link(b, false));
    world.do(ada, b, link(c));
    expect(world.refused(ada, a, world.undo(a))).toContain('would wait for itself');
  });

  it('tells a status of the queue that the ticket came from by the lifecycle of that queue', () => {
    const world = new World();
    const id = world.open(rae);
    world.do(ada, id, to('resolve'));
    world.do(ada, id, set({ queue: 'changes' }));
    world.do(ada, id, world.undo(id));
    expect(world.history(id).at(-1)?.change).toMatchObject({ type: 'status', to: 'resolved', kind: 'inactive' });
  });

  it('takes no right but that of having done it', () => {
    const world = new World();
    const id = world.open(sue, { queue: 'facilities' });
    world.do(ada, id, { verb: 'take' });
    expect(world.do(ada, id, world.undo(id))).toMatchObject({ owner: null, status: 'new' });
  });
});
