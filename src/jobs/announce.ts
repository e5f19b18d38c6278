import { setTimeout } from 'node:timers/promises';
import type { Desk } from '../desk/desk.ts';
import {
  type Announcement,
  announcements,
  type Hearer,
  announce as keepDeliveries,
  type NewDelivery,
  toldOf,
} from '../store/deliveries.ts';
import type { Recorded } from '../store/history.ts';
import { audience, claimsTo, type Target } from '../ticket/audience.ts';
import { surroundings } from './surroundings.ts';

/** The next job waits for this one to end; so what is committed meanwhile is announced together. Milliseconds. */
const gatherMs = 60;

/** Smaller goes first: a reminder before a line, so that it is not late; a card before the lines that go under it. */
const urgency: Readonly<Record<NewDelivery['part'], number>> = { reminder: 0, withdrawal: 10, card: 20, line: 20 };

/** Commands that are announced together. */
const most = 500;

/**
 * The `announce` job: works out who is to hear of what was committed, and where, and keeps a delivery for each. Doing it
 * again makes none twice. What cannot be worked out holds up nothing else, and is tried again.
 */
export async function announce(desk: Desk): Promise<void> {
  for (;;) {
    const told = await announcements(desk.store, most);
    // Side by side: what they look up at the same moment, the store looks up at once.
    const worked = await Promise.allSettled(told.map((each) => deliveriesOf(desk, each)));
    const done = told.filter((_, n) => worked[n]?.status === 'fulfilled');
    await keepDeliveries(
      desk.store,
      done,
      worked.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
    );
    const [failure] = worked.filter((each) => each.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    if (told.length < most) break;
  }
  await setTimeout(gatherMs);
}

async function deliveriesOf(desk: Desk, announcement: Announcement): Promise<readonly NewDelivery[]> {
  const [first] = announcement.transactions;
  if (first === undefined) return [];
  if (first.change.type === 'amend') return amended(desk, announcement, first.change.of);
  const world = await surroundings(desk, announcement);
  if (world === null) return [];
  return audience(announcement.ticket, announcement.transactions, world).map((target) => ({
    ticket: announcement.ticket.id,
    transaction: first.id,
    to: addressee(target),
    part: target.part,
    urgency: urgency[target.part],
    audience: target.audience,
  }));
}

/**
 * An edit or deletion is told to those who were told of the text, and shows on the cards, which quote a ticket's first
 * message: as far as they may see the ticket now. A place that shows no card is given none.
 */
async function amended(desk: Desk, announcement: Announcement, of: number): Promise<readonly NewDelivery[]> {
  const { ticket, transactions } = announcement;
  const [amend] = transactions;
  const world = await surroundings(desk, announcement);
  if (amend === undefined || world === null) return [];
  const claims = claimsTo(ticket, world);
  const lines = (await toldOf(desk.store, of, 'line')).filter(
    ({ to }) => !('place' in to) || claims.some(({ place }) => place === to.place),
  );
  const cards = claims.filter(({ place }) => world.cards.includes(place));
  return [
    ...cards.map(({ place, audience }) => deliver(ticket.id, amend, 'card', { to: { place }, audience })),
    ...lines.map((hearer) => deliver(ticket.id, amend, 'line', hearer)),
  ];
}

function deliver(
  ticket: number,
  transaction: Recorded,
  part: NewDelivery['part'],
  { to, audience }: Hearer,
): NewDelivery {
  return { ticket, transaction: transaction.id, to, part, urgency: urgency[part], audience };
}

function addressee(target: Target): NewDelivery['to'] {
  return target.to === 'place' ? { place: target.place } : { person: target.person };
}
