import type { TicketWrite } from '../store/unit.ts';
import type { Actor } from '../ticket/actor.ts';
import type { Change } from '../ticket/change.ts';
import type { Command, NewTicket } from '../ticket/command.ts';
import { decide, open, peopleNeeded, ticketsNeeded } from '../ticket/decide.ts';
import { apply } from '../ticket/evolve.ts';
import type { Names } from '../ticket/inline.ts';
import type { Policy } from '../ticket/policy.ts';
import { isRefusal, noSuchTicket, type Refusal } from '../ticket/refusal.ts';
import type { Instant, PersonId, Ticket, TicketId } from '../ticket/ticket.ts';

/** Tickets along links that are looked up for one command; a circle that is longer goes unnoticed. */
const mostFollowed = 1_000;

/** What a draft reads: tickets as they are stored, numbers for new ones, and people by number. */
export interface Sources {
  readonly load: (tickets: readonly TicketId[]) => Promise<ReadonlyMap<TicketId, Ticket>>;
  readonly nextTicketId: () => Promise<TicketId>;
  readonly actor: (person: PersonId) => Promise<Actor>;
  readonly learn: (people: readonly PersonId[]) => Promise<void>;
  readonly names: Names;
}

/** A part of a draft that one command made: which ticket, and which of its changes. */
export interface Drafted {
  readonly ticket: Ticket;
  readonly changes: readonly Change[];
  /** Index of the first of them among the ticket's changes in this draft. */
  readonly first: number;
  /** Of an undo: the changes that it undid. */
  readonly undone?: readonly Change[];
}

/**
 * The work of one inbound before it is committed. Commands are decided one after the other on top of each other, so that
 * the second line of a message sees what the first one did; then everything is committed as one.
 */
export class Draft {
  readonly #tickets = new Map<TicketId, { before: Ticket | null; after: Ticket; changes: Change[] }>();
  readonly #sources: Sources;
  readonly #policy: Policy;
  readonly #actor: Actor;
  readonly #at: Instant;

  constructor(sources: Sources, policy: Policy, actor: Actor, at: Instant) {
    this.#sources = sources;
    this.#policy = policy;
    this.#actor = actor;
    this.#at = at;
  }

  /** What is to be written; empty when nothing was changed. */
  get writes(): readonly TicketWrite[] {
    return [...this.#tickets.values()].filter(({ changes }) => changes.length > 0);
  }

  /** The ticket that stands for a number, with what this draft did to it; undefined when there is none. */
  async ticket(id: TicketId): Promise<Ticket | undefined> {
    return (await this.#load([id])).get(id);
  }

  /** Opens a ticket. */
  async open(wish: NewTicket): Promise<Drafted | Refusal> {
    const changes = open(wish, await this.#context([], []));
    if (isRefusal(changes)) return changes;
    return this.#write(null, await this.#sources.nextTicketId(), changes);
  }

  /** Decides one command on one ticket. */
  async change(id: TicketId, command: Command): Promise<Drafted | Refusal> {
    const ticket = await this.ticket(id);
    if (ticket === undefined) return noSuchTicket(id);
    const context = await this.#context(await this.#needed(ticket, command), peopleNeeded(ticket, command));
    const decision = decide(ticket, command, context, id);
    if (isRefusal(decision)) return decision;
    for (const { ticket: other, changes } of decision.others) {
      this.#write(this.#tickets.get(other)?.after ?? null, other, changes);
    }
    return this.#write(ticket, ticket.id, decision.changes);
  }

  /** The other tickets that a command has to know, step by step along their links. */
  async #needed(ticket: Ticket, command: Command): Promise<readonly TicketId[]> {
    let known: ReadonlyMap<TicketId, Ticket> = new Map();
    for (;;) {
      const needed = ticketsNeeded(ticket, command, known);
      if (needed.length > mostFollowed || needed.every((id) => known.has(id))) return needed;
      const before = known.size;
      known = await this.#load(needed);
      if (known.size === before) return needed;
    }
  }

  async #context(others: readonly TicketId[], people: readonly PersonId[]) {
    const loaded = await this.#load(others);
    await this.#sources.learn(people);
    const actors = new Map<PersonId, Actor>();
    for (const person of people) actors.set(person, await this.#sources.actor(person));
    return {
      actor: this.#actor,
      policy: this.#policy,
      now: this.#at,
      others: loaded,
      actors,
      names: this.#sources.names,
    };
  }

  async #load(ids: readonly TicketId[]): Promise<ReadonlyMap<TicketId, Ticket>> {
    const found = new Map<TicketId, Ticket>();
    const missing = ids.filter((id) => !this.#tickets.has(id));
    const loaded = missing.length > 0 ? await this.#sources.load(missing) : new Map<TicketId, Ticket>();
    for (const ticket of loaded.values()) {
      if (!this.#tickets.has(ticket.id)) this.#tickets.set(ticket.id, { before: ticket, after: ticket, changes: [] });
    }
    for (const id of ids) {
      const own = this.#tickets.get(loaded.get(id)?.id ?? id)?.after;
      const effective = own?.mergedInto == null ? own : this.#tickets.get(own.mergedInto)?.after;
      if (effective !== undefined) found.set(id, effective);
    }
    await this.#sources.learn([...found.values()].flatMap(peopleOf));
    return found;
  }

  #write(before: Ticket | null, id: TicketId, changes: readonly Change[]): Drafted {
    const entry = this.#tickets.get(id);
    const earlier = entry?.changes ?? [];
    const all = [...earlier, ...changes];
    const stored = entry?.before ?? before;
    // All changes on what is stored: a commit counts one version, however many commands it holds.
    const after = apply(stored, id, all, this.#at);
    this.#tickets.set(id, { before: stored, after, changes: all });
    return { ticket: after, changes, first: earlier.length };
  }
}

/** Everyone who stands on a ticket. */
export function peopleOf(ticket: Ticket): readonly PersonId[] {
  const owner = ticket.owner === null ? [] : [ticket.owner];
  return [...owner, ...ticket.requestors, ...ticket.ccs, ...ticket.adminccs];
}
