import type { Link, LinkKind, Ticket, TicketId } from './ticket.ts';

/** What the other end of a link is called. */
export const inverse: Readonly<Record<LinkKind, LinkKind>> = {
  'depends on': 'depended on by',
  'depended on by': 'depends on',
  'refers to': 'referred to by',
  'referred to by': 'refers to',
  'member of': 'has member',
  'has member': 'member of',
};

/** Kinds that lead one way only: a ticket that waits for itself, or contains itself, could never be done. */
const oneWay: ReadonlySet<LinkKind> = new Set(['depends on', 'depended on by', 'member of', 'has member']);

/** Whether a ticket has a link. */
export function hasLink(ticket: Ticket, link: Link): boolean {
  return ticket.links.some(({ kind, ticket: other }) => kind === link.kind && other === link.ticket);
}

/** Whether a link would close a circle, as far as the given tickets tell: `ticketsNeeded` names all that it takes. */
export function closesCircle(from: TicketId, link: Link, tickets: ReadonlyMap<TicketId, Ticket>): boolean {
  if (!oneWay.has(link.kind)) return false;
  const ahead = reachable(link.ticket, link.kind, tickets);
  const behind = reachable(from, inverse[link.kind], tickets);
  return [...behind].some((id) => ahead.has(id));
}

/**
 * The tickets that links of a kind lead to, and the start itself: over any number of steps where the kind leads one way
 * only, as far as the given tickets tell.
 */
export function reachable(
  start: TicketId,
  kind: LinkKind,
  tickets: ReadonlyMap<TicketId, Ticket>,
): ReadonlySet<TicketId> {
  const found = new Set([start]);
  if (!oneWay.has(kind)) return found;
  // A set that grows while it is walked: each ticket found is walked once.
  for (const id of found) {
    for (const link of tickets.get(id)?.links ?? []) if (link.kind === kind) found.add(link.ticket);
  }
  return found;
}
