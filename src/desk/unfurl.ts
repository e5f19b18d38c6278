import { feeds } from '../store/feeds.ts';
import { actor, personOf } from '../store/people.ts';
import type { Audience } from '../store/unit.ts';
import { canSee, canSeeComments } from '../ticket/rights.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import type { Address, Who } from './inbound.ts';
import { isKnown, sameChannel } from './look.ts';
import { drawCard } from './see.ts';
import type { CardView } from './view.ts';

/** The largest number that a ticket can have: an `int` in the store. */
const largest = 2 ** 31 - 1;

/** The ticket that an address of a ticket's page leads to; null for every other address. */
export function ticketAt(ticketUrl: Desk['ticketUrl'], url: string): TicketId | null {
  const bare = url.replace(/[?#].*$/s, '');
  const ticket = Number(/[1-9]\d{0,9}$/.exec(bare)?.[0] ?? 0);
  return ticket > 0 && ticket <= largest && ticketUrl?.(ticket) === bare ? ticket : null;
}

/**
 * The card of a ticket whose link somebody posted, as all who read there may see it; null when there is nothing to show,
 * be it that there is no such ticket.
 */
export async function cardFor(desk: Desk, who: Who, where: Address, id: TicketId): Promise<CardView | null> {
  const ticket = (await desk.store.load([id])).get(id);
  const queue = ticket && desk.policy.queues.get(ticket.queue);
  if (ticket === undefined || queue === undefined) return null;
  const reader = await actor(desk.store, await personOf(desk.store, who, who.sender));
  const told = (await feeds(desk.store)).filter((feed) => feed.queue === queue.name && sameChannel(feed.key, where));
  const audience = shownTo({
    direct: where.direct,
    feed: told[0] ?? null,
    poster: { sees: canSee(reader, ticket, queue), seesComments: canSeeComments(reader, ticket, queue) },
    known: isKnown(desk.policy, queue.name, where),
  });
  return audience === null ? null : drawCard(desk, ticket, audience);
}

/** Where a link was posted, and by whom. */
export interface Posted {
  /** In the poster's own conversation with Docket. */
  readonly direct: boolean;
  /** What the channel is told of the ticket's queue, when it is: with a search, only of some of its tickets. */
  readonly feed: { readonly audience: Audience; readonly search: string } | null;
  readonly poster: { readonly sees: boolean; readonly seesComments: boolean };
  /** Whether everybody there may know of the queue. */
  readonly known: boolean;
}

/**
 * How much of a ticket is shown where its link was posted; null: nothing. A channel that is told of the queue may read
 * what it is told anyhow. Who reads along elsewhere is not known: there, a poster who may see the ticket can show what a
 * requestor would see of it, but never that there is a ticket in a queue of which not everybody there may know.
 */
export function shownTo({ direct, feed, poster, known }: Posted): Audience | null {
  if (feed !== null && (feed.audience === 'staff' || feed.search === '')) return feed.audience;
  if (!poster.sees) return null;
  if (direct) return poster.seesComments ? 'staff' : 'requestor';
  return known ? 'requestor' : null;
}
