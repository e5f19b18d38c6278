import type { Actor } from './actor.ts';
import type { Policy, Queue, Right } from './policy.ts';
import { type PersonId, type Ticket, watchers } from './ticket.ts';

/** What somebody can be on a ticket: RT's four roles. Rights can be granted to each. */
export const roles = ['requestor', 'owner', 'cc', 'admincc'] as const;
export type Role = (typeof roles)[number];

/**
 * Whether someone has a right: the one place where this is decided.
 *
 * A right comes from the queue's grants alone: to everyone, to a group that the person is in, or to a role that the
 * person has on this very ticket. A superuser has every right. A group cannot be called like a role.
 *
 * @param ticket the ticket it is about, which must be in `queue`; null for what concerns only the queue, where roles
 * count for nothing. For a merged ticket, ask of the ticket that it was merged into.
 */
export function may(actor: Actor, right: Right, queue: Queue, ticket: Ticket | null): boolean {
  if (actor.superuser) return true;
  return Object.entries(queue.rights).some(
    ([holder, granted]) => granted.includes(right) && holds(actor, holder, ticket),
  );
}

/** Whether someone may see a ticket: its subject, status, people and replies. */
export function canSee(actor: Actor, ticket: Ticket, queue: Queue): boolean {
  return may(actor, 'ShowTicket', queue, ticket);
}

/** Whether someone may see what only staff see of a ticket: comments and the like. */
export function canSeeComments(actor: Actor, ticket: Ticket, queue: Queue): boolean {
  return canSee(actor, ticket, queue) && may(actor, 'ShowTicketComments', queue, ticket);
}

/** Which tickets of a queue somebody sees: all, or those on which they have one of these roles. */
export interface Sight {
  readonly tickets: 'all' | readonly Role[];
  /** Of those tickets, the ones whose comments they see; empty for none. */
  readonly comments: 'all' | readonly Role[];
}

/**
 * What somebody sees of each queue, for searches. A queue of which they see no ticket is missing. It says the same as
 * `canSee` and `canSeeComments` for each ticket, and a test holds the two together.
 */
export function visibility(actor: Actor, policy: Policy): ReadonlyMap<string, Sight> {
  const seen = new Map<string, Sight>();
  for (const queue of policy.queues.values()) {
    const tickets = reach(actor, 'ShowTicket', queue);
    if (tickets.length > 0) seen.set(queue.name, { tickets, comments: reach(actor, 'ShowTicketComments', queue) });
  }
  return seen;
}

function reach(actor: Actor, right: Right, queue: Queue): 'all' | readonly Role[] {
  if (may(actor, right, queue, null)) return 'all';
  return roles.filter((role) => queue.rights[role]?.includes(right));
}

function holds(actor: Actor, holder: string, ticket: Ticket | null): boolean {
  if (holder === 'everyone') return true;
  if (isRole(holder)) return ticket !== null && hasRole(ticket, holder, actor.person);
  return actor.groups.has(holder);
}

function isRole(holder: string): holder is Role {
  return roles.some((role) => role === holder);
}

/** Whether a person has a role on a ticket. */
export function hasRole(ticket: Ticket, role: Role, person: PersonId): boolean {
  return role === 'owner' ? ticket.owner === person : watchers(ticket, role).includes(person);
}
