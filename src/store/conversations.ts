import type { TicketId } from '../ticket/ticket.ts';
import { type Recorded, transactionColumns } from './history.ts';
import { type Place, type PlaceRow, placeColumns, placeOf } from './places.ts';
import { type Database, rows } from './pool.ts';
import type { Audience, MessageKey, PlaceKey } from './unit.ts';

/**
 * What is talked about where a message hangs on others (its thread's first, the one it replies to): the ticket of that
 * thread, card, line or message. `audience` is null where only the message is known and not who reads along.
 *
 * @param hangsOn the platform's ids of these messages
 */
export async function conversationAt(
  db: Database,
  where: Pick<PlaceKey, 'platform' | 'workspace' | 'channel'>,
  hangsOn: readonly string[],
): Promise<{ readonly ticket: TicketId; readonly audience: Audience | null } | null> {
  if (hangsOn.length === 0) return null;
  const values = [where.platform, where.workspace, where.channel, hangsOn];
  const [found] = await rows<{ ticket: TicketId; audience: Audience | null }>(db, about, values);
  return found ?? null;
}

const about = {
  name: 'conversation',
  text: `
with here as materialized (
  select id, thread from places where platform = $1 and workspace = $2 and channel = $3
), heard as (
  select 1 as choice, c.ticket_id, c.audience from here join conversations c on c.place_id = here.id
  where here.thread = any($4::text[])
  union all
  select 2, c.ticket_id, null from here join cards c on c.place_id = here.id where c.message = any($4::text[])
  union all
  select 3, d.ticket_id, d.audience from here join deliveries d on d.place_id = here.id
  where d.message = any($4::text[])
  union all
  select 4, ticket_id, null from messages
  where platform = $1 and workspace = $2 and channel = $3 and message = any($4::text[])
)
select coalesce(t.merged_into, t.id) as ticket, heard.audience
from heard join tickets t on t.id = heard.ticket_id order by choice limit 1`,
};

/** The places in which tickets are talked about. */
export async function conversationsOf(
  db: Database,
  tickets: readonly TicketId[],
): Promise<readonly (Place & { readonly ticket: TicketId; readonly audience: Audience })[]> {
  const found = await rows<PlaceRow & { ticket: TicketId; audience: Audience }>(
    db,
    {
      name: 'conversations',
      text: `
select c.ticket_id as ticket, c.audience, ${placeColumns}
from conversations c join places p on p.id = c.place_id where c.ticket_id = any($1::int[])`,
    },
    [tickets],
  );
  return found.map((row) => ({ ...placeOf(row), ticket: row.ticket, audience: row.audience }));
}

/** From now on the ticket is talked about in this place. */
export async function converse(db: Database, ticket: TicketId, place: number, audience: Audience): Promise<void> {
  await rows(
    db,
    `insert into conversations (ticket_id, place_id, audience) values ($1, $2, $3)
     on conflict (ticket_id, place_id) do update set audience = excluded.audience`,
    [ticket, place, audience],
  );
}

/** The transactions that a platform's message was taken up as: one for each ticket that it named. */
export async function transactionsOf(db: Database, message: MessageKey): Promise<readonly Recorded[]> {
  return rows(
    db,
    {
      name: 'taken',
      text: `
select ${transactionColumns} from messages m join transactions x on x.id = m.transaction_id
where m.platform = $1 and m.workspace = $2 and m.channel = $3 and m.message = $4 order by x.id`,
    },
    [message.platform, message.workspace, message.channel, message.message],
  );
}
