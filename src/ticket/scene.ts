import type { Actor } from './actor.ts';
import type { Change } from './change.ts';
import { evolve } from './evolve.ts';
import type { Names } from './inline.ts';
import { lifecycleOf } from './lifecycle.ts';
import type { Lifecycle, Policy, Queue } from './policy.ts';
import { noSuchTicket, type Refusal, refuse } from './refusal.ts';
import { canSee, may } from './rights.ts';
import type { Instant, PersonId, Ticket, TicketId } from './ticket.ts';

/** What a decision is made from, besides the ticket and the command. */
export interface Context {
  readonly actor: Actor;
  readonly policy: Policy;
  readonly now: Instant;
  /** Other tickets by the number that they are asked for by; for a merged one, the one that it was merged into. */
  readonly others: ReadonlyMap<TicketId, Ticket>;
  /** The people that `peopleNeeded` names, with their groups. */
  readonly actors: ReadonlyMap<PersonId, Actor>;
  readonly names: Names;
}

/** What a command comes to: changes of its ticket, and of the other tickets that it touches (links, merges). */
export interface Decision {
  readonly changes: readonly Change[];
  readonly others: readonly { readonly ticket: TicketId; readonly changes: readonly Change[] }[];
}

/** A ticket with the rules that hold for it and everything around it: what each verb decides on. */
export interface Scene {
  readonly ticket: Ticket;
  readonly queue: Queue;
  readonly lifecycle: Lifecycle;
  readonly context: Context;
}

/**
 * The scene of a ticket, if the actor may see it. Otherwise the refusal is the one for a ticket that does not exist,
 * by the number that was asked for.
 */
export function sceneOf(ticket: Ticket, context: Context, asked: TicketId = ticket.id): Scene | Refusal {
  const queue = context.policy.queues.get(ticket.queue);
  const lifecycle = lifecycleOf(context.policy, ticket.queue);
  if (queue !== undefined && lifecycle !== undefined) {
    return canSee(context.actor, ticket, queue) ? { ticket, queue, lifecycle, context } : noSuchTicket(asked);
  }
  if (!context.actor.superuser) return noSuchTicket(asked);
  return refuse('conflict', `The queue ${ticket.queue} is not in the configuration (any more). Add it there again.`);
}

/** The ticket that stands for a number among the others, if the actor may see it; else "no such ticket". */
export function otherScene(asked: TicketId, context: Context): Scene | Refusal {
  const ticket = standsFor(asked, context.others);
  return ticket === undefined ? noSuchTicket(asked) : sceneOf(ticket, context, asked);
}

/** The ticket that stands for a number: itself, or at the end of its merges; undefined when it is not among these. */
export function standsFor(asked: TicketId, tickets: ReadonlyMap<TicketId, Ticket>): Ticket | undefined {
  const passed = new Set<TicketId>();
  let ticket = tickets.get(asked);
  while (ticket !== undefined && ticket.mergedInto !== null && !passed.has(ticket.id)) {
    passed.add(ticket.id);
    ticket = tickets.get(ticket.mergedInto);
  }
  return ticket;
}

/** The scene after changes that were just decided, so that the next ones can be decided on top of them. */
export function after(scene: Scene, changes: readonly Change[]): Scene {
  let { ticket } = scene;
  for (const change of changes) ticket = evolve(ticket, change, { id: ticket.id, at: scene.context.now });
  const { policy } = scene.context;
  return {
    ...scene,
    ticket,
    queue: policy.queues.get(ticket.queue) ?? scene.queue,
    lifecycle: lifecycleOf(policy, ticket.queue) ?? scene.lifecycle,
  };
}

/** A decision that touches no other ticket. */
export function only(changes: readonly Change[]): Decision {
  return { changes, others: [] };
}

/** Whether someone may own tickets in the scene's queue, and would see this one; a person not given may not. */
export function mayOwn({ ticket, queue, context }: Scene, person: PersonId): boolean {
  const actor = person === context.actor.person ? context.actor : context.actors.get(person);
  if (actor === undefined) return false;
  return may(actor, 'OwnTicket', queue, ticket) && canSee(actor, { ...ticket, owner: person }, queue);
}
