import { amendments, opening } from '../store/history.ts';
import { actor, personOf } from '../store/people.ts';
import type { Audience } from '../store/unit.ts';
import type { Actor } from '../ticket/actor.ts';
import type { Attachment } from '../ticket/change.ts';
import { defaultLifecycle, lifecycleOf } from '../ticket/lifecycle.ts';
import type { Right } from '../ticket/policy.ts';
import { rights } from '../ticket/policy.ts';
import { noSuchTicket, type Refusal } from '../ticket/refusal.ts';
import { canSee, canSeeComments, may } from '../ticket/rights.ts';
import type { Text } from '../ticket/text.ts';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import { card } from './card.ts';
import type { Desk } from './desk.ts';
import { peopleOf } from './draft.ts';
import type { Who } from './inbound.ts';
import type { CardView } from './view.ts';

/** The ticket that stands for a number, if the reader may see it; null when they may not, or there is none. */
export async function seenTicket(desk: Desk, reader: Actor, id: TicketId): Promise<Ticket | null> {
  const ticket = (await desk.store.load([id])).get(id);
  return ticket !== undefined && sees(desk, reader, ticket) ? ticket : null;
}

/** Whether a reader may see a ticket; nobody sees one that there is not. */
export function sees(desk: Desk, reader: Actor, ticket: Ticket | undefined): boolean {
  const queue = ticket && desk.policy.queues.get(ticket.queue);
  return ticket !== undefined && queue !== undefined && canSee(reader, ticket, queue);
}

/** Whether a reader sees what only staff see of a ticket. */
export function seesComments(desk: Desk, reader: Actor, ticket: Ticket): boolean {
  const queue = desk.policy.queues.get(ticket.queue);
  return queue !== undefined && canSeeComments(reader, ticket, queue);
}

/** Everything that somebody may do to a ticket; nothing when they may not see it. */
export function rightsOn(desk: Desk, reader: Actor, ticket: Ticket): ReadonlySet<Right> {
  const queue = desk.policy.queues.get(ticket.queue);
  if (queue === undefined || !canSee(reader, ticket, queue)) return new Set();
  const all = Object.keys(rights) as Right[];
  return new Set(all.filter((right) => may(reader, right, queue, ticket)));
}

/** The card of a ticket as one reader sees it. */
export async function ticketCard(desk: Desk, reader: Actor, id: TicketId): Promise<CardView | Refusal> {
  const ticket = await seenTicket(desk, reader, id);
  if (ticket === null) return noSuchTicket(id);
  return cardForReader(desk, reader, ticket);
}

/** The card of a ticket that a reader may see. */
export function cardForReader(desk: Desk, reader: Actor, ticket: Ticket): Promise<CardView> {
  const audience = seesComments(desk, reader, ticket) ? 'staff' : 'requestor';
  return drawCard(desk, ticket, audience, (other) => sees(desk, reader, other));
}

/**
 * The card of a ticket for those who read along in a place.
 *
 * @param maySee which linked tickets may be named; in a place those of the same queue: who is told of one is told of both
 */
export async function drawCard(
  desk: Desk,
  ticket: Ticket,
  audience: Audience,
  maySee: (other: Ticket) => boolean = ({ queue }) => queue === ticket.queue,
): Promise<CardView> {
  const opened = await openingOf(desk, ticket.id);
  const others = await linkedTickets(desk, ticket, audience);
  await desk.directory.learn(peopleOf(ticket));
  return card(ticket, {
    lifecycle: lifecycleOf(desk.policy, ticket.queue) ?? defaultLifecycle,
    audience,
    names: desk.directory.names,
    links: ticket.links.filter((link) => {
      const other = others.get(link.ticket);
      return other !== undefined && maySee(other);
    }),
    ...opened,
    url: desk.ticketUrl,
  });
}

/** The tickets that a card may link to; none where requestors read along, who are not told of links. */
async function linkedTickets(
  desk: Desk,
  { links }: Ticket,
  audience: Audience,
): Promise<ReadonlyMap<TicketId, Ticket>> {
  if (audience !== 'staff' || links.length === 0) return new Map();
  return desk.store.load(links.map(({ ticket }) => ticket));
}

/** What a ticket was opened with, as it reads by now. The files of a message that was deleted are gone with it. */
export async function openingOf(
  desk: Desk,
  ticket: TicketId,
): Promise<{ readonly body: Text; readonly attachments: readonly Attachment[] }> {
  const opened = await opening(desk.store, ticket);
  if (opened === null) return { body: [], attachments: [] };
  const { body, attachments } = opened.change;
  const amended = (await amendments(desk.store, [opened.id])).get(opened.id);
  if (amended === undefined) return { body, attachments };
  return amended.text === null ? { body: [], attachments: [] } : { body: amended.text, attachments };
}

/** Everything that someone on a platform may do to a ticket. */
export async function rightsOfSender(desk: Desk, who: Who, id: TicketId): Promise<ReadonlySet<Right>> {
  const reader = await actor(desk.store, await personOf(desk.store, who, who.sender));
  const ticket = await seenTicket(desk, reader, id);
  return ticket === null ? new Set() : rightsOn(desk, reader, ticket);
}
