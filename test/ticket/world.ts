import type { Actor } from '../../src/ticket/actor.ts';
import type { Change, Transaction } from '../../src/ticket/change.ts';
import type { Command, NewTicket } from '../../src/ticket/command.ts';
import { type Context, type Decision, decide, open } from '../../src/ticket/decide.ts';
import { apply } from '../../src/ticket/evolve.ts';
import type { FieldDefinition } from '../../src/ticket/field.ts';
import { defaultLifecycle } from '../../src/ticket/lifecycle.ts';
import { type Lifecycle, type Policy, type Queue, type Right, rights } from '../../src/ticket/policy.ts';
import { isRefusal, type Refusal } from '../../src/ticket/refusal.ts';
import { plainInlines, text } from '../../src/ticket/text.ts';
import type { Instant, PersonId, Ticket, TicketId } from '../../src/ticket/ticket.ts';

/** Ada and Bo are operators, Sue is their supervisor and sees the private queue, Rae and Cy are customers. */
export const people = { docket: 1, ada: 2, bo: 3, sue: 4, rae: 5, cy: 6 } as const;
export type Name = keyof typeof people;
export const { docket, ada, bo, sue, rae, cy } = people;

const groups: Readonly<Record<Name, readonly string[]>> = {
  docket: [],
  ada: ['operators'],
  bo: ['operators'],
  sue: ['operators', 'supervisors'],
  rae: [],
  cy: [],
};

export const actors: ReadonlyMap<PersonId, Actor> = new Map(
  (Object.keys(people) as Name[]).map((name) => [
    people[name],
    { person: people[name], name, groups: new Set(groups[name]), superuser: name === 'docket', zone: 'UTC' },
  ]),
);

export function actor(person: PersonId): Actor {
  const found = actors.get(person);
  if (found === undefined) throw new Error(`Nobody has the number ${person}`);
  return found;
}

export function field(name: string, difference: Partial<FieldDefinition> = {}): FieldDefinition {
  return {
    name,
    type: 'text',
    values: [],
    pattern: null,
    min: null,
    max: null,
    requiredToResolve: false,
    ...difference,
  };
}

const everything = Object.keys(rights) as Right[];
const operators = everything.filter((right) => right !== 'DeleteTicket' && right !== 'ReassignTicket');

function queue(name: string, difference: Partial<Queue> = {}): Queue {
  return {
    name,
    description: '',
    lifecycle: 'default',
    priority: 50,
    dueIn: null,
    texts: {},
    fields: [],
    rights: {
      everyone: ['SeeQueue', 'CreateTicket'],
      requestor: ['ShowTicket', 'ReplyToTicket'],
      cc: ['ShowTicket', 'ReplyToTicket'],
      operators,
      supervisors: everything,
    },
    ...difference,
  };
}

/** A lifecycle that goes one way: nothing leaves `closed`, and nobody approves what was not reviewed. */
export const approval: Lifecycle = {
  name: 'approval',
  statuses: [
    { name: 'draft', kind: 'initial' },
    { name: 'review', kind: 'active' },
    { name: 'approved', kind: 'active' },
    { name: 'closed', kind: 'inactive' },
  ],
  initial: 'draft',
  moves: [
    { from: 'draft', to: 'review', right: 'ModifyTicket' },
    { from: 'review', to: 'draft', right: 'ModifyTicket' },
    { from: 'review', to: 'approved', right: 'ReassignTicket' },
    { from: 'approved', to: 'closed', right: 'ModifyTicket' },
  ],
  verbs: { open: 'review', resolve: 'closed' },
};

export const policy: Policy = {
  queues: new Map(
    [
      queue('helpdesk', { dueIn: 60 }),
      queue('noc', {
        fields: [
          field('site', { type: 'choice', values: ['LAX', 'AMS'] }),
          field('circuit'),
          field('cause', { requiredToResolve: true }),
        ],
      }),
      queue('security', { rights: { supervisors: everything } }),
      queue('changes', { lifecycle: 'approval' }),
      queue('facilities', {
        rights: { everyone: ['SeeQueue'], operators: ['ShowTicket', 'OwnTicket'], supervisors: everything },
      }),
    ].map((each) => [each.name, each]),
  ),
  lifecycles: new Map([
    ['default', defaultLifecycle],
    ['approval', approval],
  ]),
  defaultQueue: 'helpdesk',
};

/** Tickets with their histories, changed as the desk changes them: decided, then applied, one minute after another. */
export class World {
  readonly tickets = new Map<TicketId, Ticket>();
  readonly histories = new Map<TicketId, Transaction[]>();
  now: Instant = '2026-11-02T09:00:00.000Z';
  readonly #policy: Policy;
  #transactions = 0;
  #commands = 0;

  constructor(rules: Policy = policy) {
    this.#policy = rules;
  }

  context(by: PersonId): Context {
    return {
      actor: actor(by),
      policy: this.#policy,
      now: this.now,
      others: this.tickets,
      actors,
      names: (person) => actors.get(person)?.name ?? 'somebody',
    };
  }

  /** Opens a ticket, by default with the next number; it has to be possible. */
  open(by: PersonId, wish: Partial<NewTicket> = {}, id: TicketId = this.tickets.size + 1): TicketId {
    const changes = open(newTicket(wish), this.context(by));
    if (isRefusal(changes)) throw new Error(plainInlines(changes.text));
    this.#commit(by, [{ ticket: id, changes }]);
    return id;
  }

  /** Decides a command and, unless it is refused, makes its changes. */
  try(by: PersonId, id: TicketId, command: Command): Decision | Refusal {
    const decision = decide(this.ticket(id), command, this.context(by));
    if (isRefusal(decision)) return decision;
    this.#commit(by, [{ ticket: id, changes: decision.changes }, ...decision.others]);
    return decision;
  }

  /** The same, for what has to be possible. */
  do(by: PersonId, id: TicketId, command: Command): Ticket {
    const decision = this.try(by, id, command);
    if (isRefusal(decision)) throw new Error(plainInlines(decision.text));
    return this.ticket(id);
  }

  /** The words of a refusal; for what must not be possible. */
  refused(by: PersonId, id: TicketId, command: Command): string {
    const decision = this.try(by, id, command);
    if (!isRefusal(decision)) throw new Error(`Not refused: ${JSON.stringify(decision.changes)}`);
    return plainInlines(decision.text);
  }

  /** The command that takes back the last one on a ticket. */
  undo(id: TicketId): Command {
    return { verb: 'undo', last: this.history(id) };
  }

  ticket(id: TicketId): Ticket {
    const ticket = this.tickets.get(id);
    if (ticket === undefined) throw new Error(`There is no ticket ${id}`);
    return ticket;
  }

  history(id: TicketId): readonly Transaction[] {
    return this.histories.get(id) ?? [];
  }

  #commit(by: PersonId, parts: readonly { ticket: TicketId; changes: readonly Change[] }[]): void {
    const command = `command ${++this.#commands}`;
    for (const { ticket, changes } of parts) {
      this.tickets.set(ticket, apply(this.tickets.get(ticket) ?? null, ticket, changes, this.now));
      const made = changes.map((change) => ({
        id: ++this.#transactions,
        ticket,
        at: this.now,
        actor: by,
        command,
        via: 'console',
        change,
      }));
      this.histories.set(ticket, [...this.history(ticket), ...made]);
    }
    this.pass(1);
  }

  /** Lets minutes pass. */
  pass(minutes: number): void {
    this.now = new Date(Date.parse(this.now) + minutes * 60_000).toISOString();
  }

  /** The moment so many minutes from now. */
  in(minutes: number): Instant {
    return new Date(Date.parse(this.now) + minutes * 60_000).toISOString();
  }
}

export function newTicket(wish: Partial<NewTicket> = {}): NewTicket {
  return {
    queue: null,
    subject: 'Printer on fire',
    body: text('It burns.'),
    attachments: [],
    priority: null,
    requestor: null,
    ...wish,
  };
}

type StatusCommand = Extract<Command, { text: string; until: unknown }>;

/** A status verb. */
export function to(verb: StatusCommand['verb'], words = '', until: Instant | null = null): Command {
  return { verb, text: words, until };
}

export function set(settings: Readonly<Record<string, string>>): Command {
  return { verb: 'set', settings: Object.entries(settings).map(([name, value]) => ({ field: name, value })) };
}

export function reply(words: string): Command {
  return { verb: 'reply', text: text(words), attachments: [] };
}

export function comment(words: string): Command {
  return { verb: 'comment', text: text(words), attachments: [] };
}
