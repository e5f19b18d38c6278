import type { PersonId, TicketId } from '../ticket/ticket.ts';
import { batched } from './batch.ts';
import { gathered } from './gather.ts';
import { type Recorded, transactionColumns } from './history.ts';
import { type Place, type PlaceRow, placeColumns, placeOf } from './places.ts';
import { type Database, rows } from './pool.ts';
import { oneEach } from './recent.ts';
import type { Audience, MessageKey, PlaceKey } from './unit.ts';

/** What is talked about somewhere. `audience` is null where only the message is known and not who reads along. */
export interface Talk {
  readonly ticket: TicketId;
  readonly audience: Audience | null;
}

/**
 * What is talked about where a message hangs on others (its thread's first, the one it replies to): the ticket of that
 * thread, card, line or message.
 *
 * @param hangsOn the platform's ids of these messages
 */
export async function conversationAt(
  db: Database,
  { platform, workspace, channel }: Pick<PlaceKey, 'platform' | 'workspace' | 'channel'>,
  hangsOn: readonly string[],
): Promise<Talk | null> {
  return hangsOn.length === 0 ? null : talkAt(db)({ platform, workspace, channel, hangs: hangsOn });
}

const talkAt = oneEach((db) =>
  batched(
    async (asked: readonly (Omit<PlaceKey, 'thread' | 'direct'> & { readonly hangs: readonly string[] })[]) => {
      const found = await rows<Talk & { n: number }>(db, about, [
        JSON.stringify(asked.map((one, n) => ({ ...one, n }))),
      ]);
      const talks = new Map(found.map(({ n, ticket, audience }) => [n, { ticket, audience }]));
      return asked.map((_, n) => talks.get(n) ?? null);
    },
    { most: 200, lanes: 1 },
  ),
);

const about = {
  name: 'talk',
  text: `
with asked as materialized (
  select n, platform, workspace, channel, hang from jsonb_to_recordset($1::jsonb) as q (
    n int, platform text, workspace text, channel text, hangs text[]
  ), unnest(hangs) as hang
), heard as (
  select n, 1 as choice, c.ticket_id, c.audience from asked
  join places p on (p.platform, p.workspace, p.channel, p.thread) = (asked.platform, asked.workspace, asked.channel, hang)
  join conversations c on c.place_id = p.id
  union all
  select n, 2, c.ticket_id, null from asked
  join cards c on c.message = hang join places p on p.id = c.place_id
  where (p.platform, p.workspace, p.channel) = (asked.platform, asked.workspace, asked.channel)
  union all
  select n, 3, d.ticket_id, d.audience from asked
  join deliveries d on d.message = hang join places p on p.id = d.place_id
  where (p.platform, p.workspace, p.channel) = (asked.platform, asked.workspace, asked.channel)
  union all
  select n, 4, m.ticket_id, null from asked
  join messages m on (m.platform, m.workspace, m.channel, m.message) = (asked.platform, asked.workspace, asked.channel, hang)
)
select distinct on (n) n, coalesce(t.merged_into, t.id) as ticket, heard.audience
from heard join tickets t on t.id = heard.ticket_id order by n, choice`,
};

/** A place in which a ticket is talked about. */
export interface Conversation extends Place {
  readonly ticket: TicketId;
  readonly audience: Audience;
}

/** The places in which tickets are talked about. */
export const conversationsOf: (db: Database, tickets: readonly TicketId[]) => Promise<readonly Conversation[]> =
  gathered(
    async (db, tickets: readonly TicketId[]) => {
      const found = await rows<PlaceRow & { ticket: TicketId; audience: Audience }>(db, talk, [tickets]);
      return found.map((row) => ({ ...placeOf(row), ticket: row.ticket, audience: row.audience }));
    },
    ({ ticket }) => ticket,
  );

const talk = {
  name: 'conversations',
  text: `
select c.ticket_id as ticket, c.audience, ${placeColumns}
from conversations c join places p on p.id = c.place_id where c.ticket_id = any($1::int[])`,
};

/** From now on the ticket is talked about in this place. */
export async function converse(db: Database, ticket: TicketId, place: number, audience: Audience): Promise<void> {
  await rows(
    db,
    `insert into conversations (ticket_id, place_id, audience) values ($1, $2, $3)
     on conflict (ticket_id, place_id) do update set audience = excluded.audience`,
    [ticket, place, audience],
  );
}

/** A transaction that a message was taken up as. */
export interface TakenUp extends Recorded {
  /** Who wrote the message; null for Docket's own. */
  readonly author: PersonId | null;
}

/** The transactions that a platform's message was taken up as: one for each ticket that it named. */
export async function transactionsOf(db: Database, message: MessageKey): Promise<readonly TakenUp[]> {
  return rows(
    db,
    {
      name: 'taken',
      text: `
select ${transactionColumns}, m.author_id as author from messages m join transactions x on x.id = m.transaction_id
where m.platform = $1 and m.workspace = $2 and m.channel = $3 and m.message = $4 order by x.id`,
    },
    [message.platform, message.workspace, message.channel, message.message],
  );
}
