import type { TicketId } from '../ticket/ticket.ts';
import { gathered } from './gather.ts';
import { type Place, type PlaceRow, placeColumns, placeOf } from './places.ts';
import { type Database, rows } from './pool.ts';

/** The live message that shows a ticket in a place. */
export interface Card extends Place {
  readonly ticket: TicketId;
  /** The platform's id of the message. */
  readonly message: string;
  /** The last transaction that it shows. */
  readonly shown: number;
}

/** The cards of tickets, wherever they are. */
export const cardsOf: (db: Database, tickets: readonly TicketId[]) => Promise<readonly Card[]> = gathered(
  async (db, tickets: readonly TicketId[]) => {
    const found = await rows<PlaceRow & { ticket: TicketId; message: string; shown: number }>(db, cards, [tickets]);
    return found.map((row) => ({ ...placeOf(row), ticket: row.ticket, message: row.message, shown: row.shown }));
  },
  ({ ticket }) => ticket,
);

const cards = {
  name: 'cards',
  text: `
select c.ticket_id as ticket, c.message, c.shown, ${placeColumns}
from cards c join places p on p.id = c.place_id where c.ticket_id = any($1::int[])`,
};

/** Where tickets have a card, or are about to: what is being posted right now is not among `cardsOf` yet. */
export const showings: (
  db: Database,
  tickets: readonly TicketId[],
) => Promise<readonly { readonly ticket: TicketId; readonly place: number }[]> = gathered(
  (db, tickets: readonly TicketId[]) => rows<{ ticket: TicketId; place: number }>(db, showing, [tickets]),
  ({ ticket }) => ticket,
);

// One statement: between two, what was being posted may have come to its end, and be seen by neither.
const showing = {
  name: 'showing',
  text: `
select ticket_id as ticket, place_id as place from cards where ticket_id = any($1::int[])
union
select ticket_id, place_id from deliveries
where ticket_id = any($1::int[]) and state = 'waiting' and part = 'card' and place_id is not null`,
};

/** The ticket whose card a message is; null when it is none. */
export async function ticketOfCard(db: Database, place: number, message: string): Promise<TicketId | null> {
  const [found] = await rows<{ ticket: TicketId }>(
    db,
    'select ticket_id as ticket from cards where place_id = $1 and message = $2',
    [place, message],
  );
  return found?.ticket ?? null;
}

/** Remembers the message that is a ticket's card in a place, and the last transaction that it shows. */
export async function keepCard(
  db: Database,
  card: Pick<Card, 'ticket' | 'place' | 'message' | 'shown'>,
): Promise<void> {
  await rows(
    db,
    `insert into cards (ticket_id, place_id, message, shown) values ($1, $2, $3, $4)
     on conflict (ticket_id, place_id) do update set message = excluded.message, shown = excluded.shown`,
    [card.ticket, card.place, card.message, card.shown],
  );
}

/** The message is gone: the next change posts a new card. */
export async function forgetCard(db: Database, ticket: TicketId, place: number): Promise<void> {
  await rows(db, 'delete from cards where ticket_id = $1 and place_id = $2', [ticket, place]);
}
