import type { Desk } from '../desk/desk.ts';
import { mayTalkOf } from '../desk/look.ts';
import { type Card, cardsOf } from '../store/cards.ts';
import type { Delivery } from '../store/deliveries.ts';
import { feeds } from '../store/feeds.ts';
import { actor } from '../store/people.ts';
import { places } from '../store/places.ts';
import { mergedInto, ofSameCommand } from '../store/spoken.ts';
import { type Audience, claimsTo } from '../ticket/audience.ts';
import { canSee, canSeeComments } from '../ticket/rights.ts';
import type { PersonId, Ticket } from '../ticket/ticket.ts';
import { conversationsStill, matches, readersOf } from './surroundings.ts';

/**
 * How much of a ticket the target of a delivery may be shown now, which may be less than when the delivery was planned:
 * the ticket may have moved, and people may have lost a role or a group since. Null: nothing any more.
 *
 * @param ticket as it is now
 */
export async function audienceNow(desk: Desk, delivery: Delivery, ticket: Ticket): Promise<Audience | null> {
  const { to, part, audience } = delivery;
  // A withdrawal shows nothing of the ticket.
  if (part === 'withdrawal') return audience;
  const now =
    'person' in to
      ? await personAudience(desk, to.person, ticket)
      : part === 'reminder'
        ? await remindedAudience(desk, delivery, to.place, ticket)
        : await placeAudience(desk, to.place, ticket);
  if (now === null) return null;
  // A card shows what its readers may see by now; what happened is told as it was planned, or less.
  return part === 'card' || audience === 'staff' ? now : 'requestor';
}

/** How much of a ticket somebody may see. */
async function personAudience(desk: Desk, person: PersonId, ticket: Ticket): Promise<Audience | null> {
  const queue = desk.policy.queues.get(ticket.queue);
  if (queue === undefined) return null;
  const reader = await actor(desk.store, person);
  if (!canSee(reader, ticket, queue)) return null;
  return canSeeComments(reader, ticket, queue) ? 'staff' : 'requestor';
}

/** How much of a ticket is shown in a place with a claim to it: a feed, or a conversation about it. */
async function placeAudience(desk: Desk, place: number, ticket: Ticket): Promise<Audience | null> {
  const queue = desk.policy.queues.get(ticket.queue);
  if (queue === undefined) return null;
  const tickets = [ticket.id, ...(await mergedInto(desk.store, [ticket.id]))];
  const [cards, conversations, told] = await Promise.all([
    cardsOf(desk.store, tickets),
    conversationsStill(desk, ticket, tickets),
    feeds(desk.store),
  ]);
  const shownIn = cards.filter((card: Card) => card.place === place).map((card) => card.place);
  const here = told.filter((feed) => feed.place === place && feed.queue === ticket.queue);
  const claims = claimsTo(ticket, {
    queue,
    cards: shownIn,
    conversations: conversations.filter((conversation) => conversation.place === place),
    readers: await readersOf(desk, ticket, []),
    // A feed goes on following a ticket whose card stands there.
    feeds: await Promise.all(
      here.map(async (feed) => ({ ...feed, matches: shownIn.length > 0 || (await matches(desk, ticket, feed)) })),
    ),
  });
  return claims[0]?.audience ?? null;
}

/** A reminder for a place speaks for the person who set it. */
async function remindedAudience(
  desk: Desk,
  { transaction }: Delivery,
  place: number,
  ticket: Ticket,
): Promise<Audience | null> {
  const [rung] = await ofSameCommand(desk.store, transaction);
  const address = (await places(desk.store, [place])).get(place);
  if (rung?.change.type !== 'reminder' || address === undefined) return null;
  const told = await feeds(desk.store);
  if (!mayTalkOf(desk, told, ticket.queue, address)) return null;
  if ((await personAudience(desk, rung.change.after.by, ticket)) === null) return null;
  return (await placeAudience(desk, place, ticket)) ?? 'requestor';
}
