import fc from 'fast-check';
import type { Command } from '../../src/ticket/command.ts';
import { type Lifecycle, type Policy, statusVerbs } from '../../src/ticket/policy.ts';
import { type Text, text } from '../../src/ticket/text.ts';
import { linkKinds, type PersonId, type TicketId, watcherRoles } from '../../src/ticket/ticket.ts';
import { people, policy, World } from './world.ts';

/** The tickets of a small world: three that customers asked for, and a private one that nobody could guess. */
export const secret = { id: 987_654, subject: 'Intruder in the vault' } as const;
export const numbers = [1, 2, 3, secret.id] as const;

export function smallWorld(rules: Policy = policy): World {
  const world = new World(rules);
  world.open(people.rae);
  world.open(people.cy, { queue: 'noc' });
  world.open(people.rae, { queue: 'changes' });
  world.open(people.sue, { queue: 'security', subject: secret.subject }, secret.id);
  return world;
}

/** One step: somebody says something to a ticket. */
export interface Step {
  readonly by: PersonId;
  readonly ticket: TicketId;
  /** A command as it is, or one that needs the ticket's history as it is by then. */
  readonly says: Command | 'undo' | { readonly amends: number; readonly text: Text | null };
}

/** The command of a step, said to the world as it is now. */
export function commandOf({ ticket, says }: Step, world: World): Command {
  if (says === 'undo') return world.undo(ticket);
  if ('verb' in says) return says;
  const history = world.history(ticket);
  const of = history[says.amends % history.length];
  if (of === undefined) throw new Error(`Ticket ${ticket} has no history`);
  return { verb: 'amend', of, author: of.actor, text: says.text, subject: 'As the message reads now' };
}

const person = fc.constantFrom(...Object.values(people));
const number = fc.constantFrom(...numbers, 99);
const words = fc.constantFrom('', 'replaced the SFP', 'call them back');
/** Moments around those at which a world of a few dozen commands, a minute each, is. */
const moment = fc
  .integer({ min: -10, max: 60 })
  .map((minutes) => new Date(Date.parse('2026-11-02T09:00:00.000Z') + minutes * 60_000).toISOString());
const setting = fc.oneof(
  fc.record({ field: fc.constant('priority'), value: fc.constantFrom('0', '50', '100', '101', 'high') }),
  fc.record({ field: fc.constant('queue'), value: fc.constantFrom('helpdesk', 'noc', 'changes', 'security', 'moon') }),
  fc.record({
    field: fc.constant('status'),
    value: fc.constantFrom(
      'new',
      'open',
      'resolved',
      'deleted',
      'review',
      'approved',
      'closed',
      's0',
      's1',
      's2',
      's3',
    ),
  }),
  fc.record({ field: fc.constant('cause'), value: fc.constantFrom('', 'fibre cut') }),
  fc.record({ field: fc.constantFrom('subject', 'next', 'due', 'site', 'owner'), value: fc.constantFrom('', 'LAX') }),
);

const plainCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ verb: fc.constantFrom('take' as const, 'steal', 'release', 'watch', 'unwatch') }),
  fc.record({ verb: fc.constant('give' as const), to: person }),
  fc.record({
    verb: fc.constantFrom('reply' as const, 'comment'),
    text: words.map(text),
    attachments: fc.constant([]),
  }),
  fc.record({ verb: fc.constantFrom(...statusVerbs), text: words, until: fc.option(moment, { freq: 3 }) }),
  fc.record({ verb: fc.constant('set' as const), settings: fc.array(setting, { maxLength: 3 }) }),
  fc.record({
    verb: fc.constant('watcher' as const),
    role: fc.constantFrom(...watcherRoles),
    person,
    add: fc.boolean(),
  }),
  fc.record({
    verb: fc.constant('link' as const),
    kind: fc.constantFrom(...linkKinds),
    ticket: number,
    add: fc.boolean(),
  }),
  fc.record({ verb: fc.constant('merge' as const), into: number }),
  fc.record({ verb: fc.constant('time' as const), minutes: fc.constantFrom(-1, 0, 15, 0.5, Number.NaN), text: words }),
  fc.record({
    verb: fc.constant('remind' as const),
    target: fc.oneof(
      fc.record({ to: fc.constant('person' as const), person }),
      fc.record({ to: fc.constant('group' as const), group: fc.constant('operators') }),
      fc.record({ to: fc.constant('place' as const), place: fc.constant(7) }),
    ),
    at: moment,
    text: words,
  }),
  fc.record({ verb: fc.constant('snooze' as const), reminder: fc.option(fc.constantFrom(1, 2)), at: moment }),
  fc.record({ verb: fc.constant('done' as const), reminder: fc.option(fc.constantFrom(1, 2)) }),
  fc.record({ verb: fc.constant('ring' as const), reminder: fc.constantFrom(1, 2, 3) }),
);

const says: fc.Arbitrary<Step['says']> = fc.oneof(
  { weight: 10, arbitrary: plainCommand },
  { weight: 1, arbitrary: fc.constant('undo' as const) },
  { weight: 1, arbitrary: fc.record({ amends: fc.nat(20), text: fc.option(fc.constant(text('what I meant'))) }) },
);

export const step: fc.Arbitrary<Step> = fc.record({
  // Staff act more often than others, for they can do more.
  by: fc.oneof(person, fc.constantFrom(people.sue, people.ada)),
  ticket: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(1, 2, 3) }, fc.constant(secret.id)),
  says,
});

export const steps = fc.array(step, { minLength: 1, maxLength: 25 });

/** Any lifecycle at all: four statuses, some moves, some verbs. */
export const lifecycle: fc.Arbitrary<Lifecycle> = fc
  .record({
    kinds: fc.tuple(...Array.from({ length: 3 }, () => fc.constantFrom('initial' as const, 'active', 'inactive'))),
    moves: fc.array(
      fc.record({
        from: fc.constantFrom('*', 's0', 's1', 's2', 's3'),
        to: fc.constantFrom('*', 's0', 's1', 's2', 's3'),
        right: fc.constantFrom('ModifyTicket' as const, 'DeleteTicket', 'ReplyToTicket'),
      }),
      { maxLength: 6 },
    ),
    verbs: fc.dictionary(fc.constantFrom(...statusVerbs), fc.constantFrom('s0', 's1', 's2', 's3')),
  })
  .map(({ kinds, moves, verbs }) => ({
    name: 'any',
    statuses: (['initial', ...kinds] as const).map((kind, index) => ({ name: `s${index}`, kind })),
    initial: 's0',
    moves,
    verbs,
  }));

/** The rules of the small world, with another lifecycle for the queue `changes`. */
export function withLifecycle(other: Lifecycle): Policy {
  return { ...policy, lifecycles: new Map([...policy.lifecycles, ['approval', other]]) };
}
