import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/ticket/command.ts';
import { inverse } from '../../src/ticket/link.ts';
import { type LinkKind, linkKinds, type TicketId } from '../../src/ticket/ticket.ts';
import { ada, rae, set, sue, to, World } from './world.ts';

function link(kind: LinkKind, ticket: TicketId, add = true): Command {
  return { verb: 'link', kind, ticket, add };
}

/** So many tickets, numbered from 1. */
function tickets(count: number): World {
  const world = new World();
  for (let each = 0; each < count; each++) world.open(rae);
  return world;
}

describe('links', () => {
  it.each(linkKinds)('"%s" stands at both ends, and goes from both', (kind) => {
    const world = tickets(2);
    expect(world.do(ada, 1, link(kind, 2)).links).toEqual([{ kind, ticket: 2 }]);
    expect(world.ticket(2).links).toEqual([{ kind: inverse[kind], ticket: 1 }]);
    expect(world.ticket(2).version).toBe(2);
    expect(world.refused(ada, 1, link(kind, 2))).toBe(`#1 is linked already: ${kind} #2.`);
    world.do(ada, 2, link(inverse[kind], 1, false));
    expect(world.ticket(1).links).toEqual([]);
    expect(world.refused(ada, 1, link(kind, 2, false))).toBe(`#1 has no link: ${kind} #2.`);
  });

  it('a ticket is not linked to itself, nor to one that does not exist', () => {
    const world = tickets(1);
    expect(world.refused(ada, 1, link('refers to', 1))).toContain('cannot be linked to itself');
    expect(world.refused(ada, 1, link('refers to', 99))).toContain('There is no ticket #99 that you can see');
  });

  it('a ticket that one may not see reads like one that does not exist', () => {
    const world = tickets(1);
    world.open(sue, { queue: 'security', subject: 'Breach' });
    expect(world.refused(ada, 1, link('refers to', 2))).toBe(
      world.refused(ada, 1, link('refers to', 99)).replace('99', '2'),
    );
  });

  it('the other ticket has to be one that the actor may modify', () => {
    const world = tickets(1);
    world.open(sue, { queue: 'facilities' });
    expect(world.refused(ada, 1, link('refers to', 2))).toContain(
      'You may not do this to #2. It takes the right ModifyTicket',
    );
    expect(world.refused(ada, 1, { verb: 'merge', into: 2 })).toContain('You may not do this to #2');
  });

  it.each([
    ['two', [], link('depends on', 1)],
    ['three', [link('depends on', 3)], link('depends on', 1)],
    ['containment', [], link('member of', 1)],
  ] as const)('no ticket waits for itself or contains itself: %s', (_name, then, last) => {
    const world = tickets(3);
    const kind = last.verb === 'link' ? last.kind : 'depends on';
    world.do(ada, 1, link(kind, 2));
    for (const command of then) world.do(ada, 2, command);
    const closing = then.length === 0 ? 2 : 3;
    expect(world.refused(ada, closing, last)).toMatch(/would (wait for|be a part of) itself/);
    expect(world.do(ada, closing, link('refers to', 1)).links).toContainEqual({ kind: 'refers to', ticket: 1 });
  });

  it('a circle of three shows even when only its two ends are at hand', () => {
    const world = tickets(3);
    world.do(ada, 1, link('depends on', 2));
    world.do(ada, 2, link('depends on', 3));
    const between = world.ticket(2);
    world.tickets.delete(2);
    expect(world.refused(ada, 3, link('depends on', 1))).toContain('would wait for itself');
    world.tickets.set(2, between);
  });
});

describe('merging', () => {
  const merge = (into: TicketId): Command => ({ verb: 'merge', into });

  it('the target takes over people, time worked, links and open reminders', () => {
    const world = tickets(3);
    world.do(ada, 1, { verb: 'watcher', role: 'cc', person: ada, add: true });
    world.do(ada, 1, { verb: 'time', minutes: 20, text: '' });
    world.do(ada, 1, link('depends on', 3));
    world.do(ada, 1, { verb: 'remind', target: { to: 'person', person: ada }, at: world.in(60), text: 'call' });
    world.do(ada, 2, { verb: 'time', minutes: 5, text: '' });
    world.do(ada, 1, merge(2));
    expect(world.ticket(1)).toMatchObject({ mergedInto: 2, links: [], reminders: [] });
    expect(world.ticket(2)).toMatchObject({
      requestors: [rae],
      ccs: [ada],
      timeWorked: 25,
      links: [{ kind: 'depends on', ticket: 3 }],
      reminders: [{ text: 'call', state: 'waiting' }],
    });
    expect(world.ticket(3).links).toEqual([{ kind: 'depended on by', ticket: 2 }]);
  });

  it('the target takes over custom fields that it has no value for', () => {
    const world = new World();
    for (let count = 0; count < 2; count++) world.open(rae, { queue: 'noc' });
    world.do(ada, 1, set({ site: 'LAX', circuit: 'AB-1234' }));
    world.do(ada, 2, set({ site: 'AMS' }));
    world.do(ada, 1, merge(2));
    expect(world.ticket(2).fields).toMatchObject({ site: 'AMS', circuit: 'AB-1234' });
  });

  it('a merged ticket only forwards', () => {
    const world = tickets(3);
    world.do(ada, 1, merge(2));
    expect(world.refused(ada, 1, { verb: 'take' })).toBe('#1 was merged into #2. Use that number.');
    expect(world.refused(ada, 2, merge(1))).toContain('cannot be merged into itself');
    world.do(ada, 3, merge(1));
    expect(world.ticket(3).mergedInto).toBe(2);
    expect(world.refused(ada, 2, link('refers to', 1))).toContain('cannot be linked to itself');
  });

  it('links between the two go', () => {
    const world = tickets(2);
    world.do(ada, 1, link('depends on', 2));
    world.do(ada, 1, merge(2));
    expect(world.ticket(2).links).toEqual([]);
  });

  it('is refused where the target would then wait for itself', () => {
    const world = tickets(3);
    world.do(ada, 1, link('depends on', 2));
    world.do(ada, 2, link('depends on', 3));
    expect(world.refused(ada, 3, merge(1))).toContain('would wait for itself');
    expect(world.ticket(3).mergedInto).toBeNull();
  });

  it('both tickets have to be seen, modifiable and not deleted', () => {
    const world = tickets(3);
    world.open(sue, { queue: 'security' });
    expect(world.refused(ada, 1, merge(4))).toContain('There is no ticket #4 that you can see');
    expect(world.refused(rae, 1, merge(2))).toContain('ModifyTicket');
    expect(world.refused(ada, 1, merge(1))).toContain('into itself');
    world.do(sue, 3, to('delete'));
    expect(world.refused(ada, 1, merge(3))).toContain('#3 is deleted');
  });

  it('a ticket merged into one that the reader may not see does not exist for them', () => {
    const world = tickets(1);
    world.open(sue, { queue: 'security' });
    world.do(sue, 1, merge(2));
    expect(world.refused(ada, 1, { verb: 'take' })).toContain('There is no ticket #1 that you can see');
  });
});
