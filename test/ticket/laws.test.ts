import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Transaction } from '../../src/ticket/change.ts';
import type { Command } from '../../src/ticket/command.ts';
import { decide } from '../../src/ticket/decide.ts';
import { replay } from '../../src/ticket/evolve.ts';
import { defaultLifecycle, lifecycleOf, move } from '../../src/ticket/lifecycle.ts';
import { inverse } from '../../src/ticket/link.ts';
import type { Policy } from '../../src/ticket/policy.ts';
import { isRefusal, noSuchTicket } from '../../src/ticket/refusal.ts';
import { canSee } from '../../src/ticket/rights.ts';
import { standsFor } from '../../src/ticket/scene.ts';
import { plainInlines } from '../../src/ticket/text.ts';
import type { PersonId, Ticket, TicketId } from '../../src/ticket/ticket.ts';
import {
  commandOf,
  lifecycle,
  numbers,
  type Step,
  secret,
  smallWorld,
  step,
  steps,
  withLifecycle,
} from './commands.ts';
import { actor, people, policy, type World } from './world.ts';

/** Rules to try everything with: the sample's, and those with any lifecycle for one of the queues. */
const rules = fc.oneof(fc.constant(policy), lifecycle.map(withLifecycle));
const runs = { numRuns: 300 };

function say(world: World, each: Step) {
  return world.try(each.by, each.ticket, commandOf(each, world));
}

function play(world: World, taken: readonly Step[]): void {
  for (const each of taken) say(world, each);
}

describe('whatever is said to tickets', () => {
  it('replaying a history gives the stored state', () => {
    fc.assert(
      fc.property(rules, steps, (given, taken) => {
        const world = smallWorld(given);
        play(world, taken);
        for (const id of numbers) expect(replay(id, world.history(id))).toEqual(world.ticket(id));
      }),
      runs,
    );
  });

  it('no status changes but by a move that the lifecycle allows', () => {
    fc.assert(
      fc.property(rules, steps, (given, taken) => {
        const world = smallWorld(given);
        play(world, taken);
        for (const id of numbers) checkMoves(given, world.history(id));
      }),
      runs,
    );
  });

  it('undo gives the state before the command, at both ends', () => {
    fc.assert(
      fc.property(rules, steps, step, (given, taken, last) => {
        const world = smallWorld(given);
        play(world, taken);
        const before = numbers.map((id) => world.ticket(id));
        if (isRefusal(say(world, last)) || isRefusal(say(world, { ...last, says: 'undo' }))) return;
        expect(numbers.map((id) => comparable(world.ticket(id)))).toEqual(before.map(comparable));
      }),
      { numRuns: 1000 },
    );
  });

  it('every link stands at both ends, and none leads to a merged ticket or to its own', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const world = smallWorld();
        play(world, taken);
        for (const { id, links } of numbers.map((number) => world.ticket(number))) {
          expect(new Set(links.map((link) => `${link.kind} ${link.ticket}`)).size).toBe(links.length);
          for (const link of links) {
            const other = world.ticket(link.ticket);
            expect(other.mergedInto).toBeNull();
            expect(other.id).not.toBe(id);
            expect(other.links).toContainEqual({ kind: inverse[link.kind], ticket: id });
          }
        }
      }),
      runs,
    );
  });

  it('who may not see a ticket is told that there is none, whatever they say', () => {
    fc.assert(
      fc.property(steps, step, (taken, last) => {
        const world = smallWorld();
        play(world, taken);
        if (sees(world, last.by, last.ticket)) return;
        expect(say(world, last)).toEqual(noSuchTicket(last.ticket));
      }),
      runs,
    );
  });

  it('no refusal gives away a private ticket', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const world = smallWorld();
        for (const each of taken) {
          const hidden = !sees(world, each.by, secret.id);
          const decision = say(world, each);
          if (!hidden || !isRefusal(decision)) continue;
          const words = plainInlines(decision.text);
          expect(words).not.toContain(secret.subject);
          if (words.includes(`${secret.id}`)) expect(decision).toEqual(noSuchTicket(secret.id));
        }
      }),
      runs,
    );
  });

  it('a command that is not refused changes something', () => {
    fc.assert(
      fc.property(steps, step, (taken, last) => {
        const world = smallWorld();
        play(world, taken);
        const decision = say(world, last);
        if (!isRefusal(decision)) expect(decision.changes.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});

describe('decide', () => {
  it('never throws, whatever it is given', () => {
    const wild: fc.Arbitrary<Command> = fc.oneof(
      fc.record({
        verb: fc.constant('set' as const),
        settings: fc.array(
          fc.record({
            field: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'due', 'priority', 'site')),
            value: fc.string({ unit: 'binary' }),
          }),
        ),
      }),
      fc.record({ verb: fc.constant('stall' as const), text: fc.string(), until: fc.string() }),
      fc.record({ verb: fc.constant('merge' as const), into: fc.double() }),
      fc.record({ verb: fc.constant('time' as const), minutes: fc.double(), text: fc.string({ unit: 'binary' }) }),
      fc.record({ verb: fc.constant('snooze' as const), reminder: fc.double(), at: fc.string() }),
      fc.record({
        verb: fc.constant('remind' as const),
        target: fc.record({ to: fc.constant('group' as const), group: fc.string() }),
        at: fc.oneof(fc.string(), fc.constantFrom('9999-12-31T23:59:59Z', '2027-02-30T00:00:00Z', '2027-13-01T00:00Z')),
        text: fc.string(),
      }),
      fc.record({ verb: fc.constant('give' as const), to: fc.double() }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(people)), fc.constantFrom(...numbers), wild, (by, id, command) => {
        const world = smallWorld();
        expect(decide(world.ticket(id), command, world.context(by))).toBeTypeOf('object');
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses, for all but an administrator as if it did not exist, a ticket of a queue that was dropped', () => {
    const world = smallWorld({ ...policy, queues: new Map([...policy.queues].filter(([name]) => name !== 'none')) });
    const lost = { ...world.ticket(1), queue: 'none' };
    expect(decide(lost, { verb: 'take' }, world.context(people.ada))).toEqual(noSuchTicket(1));
    const refusal = decide(lost, { verb: 'take' }, world.context(people.docket));
    expect(isRefusal(refusal) && plainInlines(refusal.text)).toContain('The queue none is not in the configuration');
  });
});

/** Whether a person sees the ticket that a number stands for. */
function sees(world: World, person: PersonId, id: TicketId): boolean {
  const ticket = standsFor(id, world.tickets);
  const queue = policy.queues.get(ticket?.queue ?? '');
  return ticket !== undefined && queue !== undefined && canSee(actor(person), ticket, queue);
}

/** A ticket without what an undo cannot give back: its version and last change, ended reminders, the order of its lists. */
function comparable({ version: _version, updated: _updated, publicUpdated: _public, reminders, ...ticket }: Ticket) {
  const sorted = <T>(list: readonly T[]) => list.map((each) => JSON.stringify(each)).toSorted();
  return {
    ...ticket,
    requestors: sorted(ticket.requestors),
    ccs: sorted(ticket.ccs),
    adminccs: sorted(ticket.adminccs),
    links: sorted(ticket.links),
    reminders: reminders.filter(({ state }) => state !== 'done'),
  };
}

/** Between two queues there is no move, only a counterpart: the change that comes with the queue's is passed over. */
function checkMoves(given: Policy, history: readonly Transaction[]): void {
  let queue = '';
  for (const { change, command } of history) {
    if (change.type === 'create') queue = change.queue;
    if (isQueueChange(change)) queue = change.to;
    if (change.type !== 'status') continue;
    if (history.some((other) => other.command === command && isQueueChange(other.change))) continue;
    const rules = lifecycleOf(given, queue) ?? defaultLifecycle;
    expect(move(rules, change.from, change.to), `${change.from} to ${change.to} in ${queue}`).not.toBeNull();
  }
}

function isQueueChange(change: Change): change is Extract<Change, { field: 'queue' }> {
  return change.type === 'set' && change.field === 'queue';
}
