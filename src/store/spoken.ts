import type { PersonId, TicketId } from '../ticket/ticket.ts';
import { gathered } from './gather.ts';
import { type Recorded, transactionColumns } from './history.ts';
import { type Database, rows } from './pool.ts';
import type { MessageKey } from './unit.ts';

/** A platform's message that a transaction came by, with the thread that it stands in. */
export interface Spoken extends MessageKey {
  /** Empty outside of threads. */
  readonly thread: string;
}

/** The messages that these transactions came by; none for those that came by a button or a command. */
export const spokenIn: (db: Database, transactions: readonly number[]) => Promise<readonly Spoken[]> = gathered(
  (db, transactions: readonly number[]) =>
    rows<Spoken & { transaction: number }>(
      db,
      {
        name: 'spoken',
        text: `
select platform, workspace, channel, message, thread, transaction_id as transaction
from messages m where transaction_id = any($1::bigint[]) and not exists (
  select from deliveries d where d.message = m.message and d.transaction_id = m.transaction_id
) and not exists (
  select from deliveries d
  where d.ticket_id = m.ticket_id and d.transaction_id = m.transaction_id and m.message = any(d.parts)
)`,
      },
      [transactions],
    ),
  ({ transaction }) => transaction,
);

/** A message in which Docket told somebody of a transaction: replies to it are about its ticket. */
export async function rememberMessage(
  db: Database,
  message: MessageKey,
  ticket: TicketId,
  transaction: number,
): Promise<void> {
  const { platform, workspace, channel } = message;
  await rows(
    db,
    `insert into messages (platform, workspace, channel, message, ticket_id, transaction_id)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [platform, workspace, channel, message.message, ticket, transaction],
  );
}

/** Whose message was taken up, and where it stands. */
export interface Author {
  readonly workspace: string;
  /** Null outside of threads. */
  readonly thread: string | null;
  /** As their platform knows them. */
  readonly id: string;
  readonly name: string;
}

/** Who wrote a message that was taken up; null when none was, and when it is Docket's own. */
export async function authorOf(
  db: Database,
  { platform, channel, message }: Pick<MessageKey, 'platform' | 'channel' | 'message'>,
): Promise<Author | null> {
  const [found] = await rows<Author>(
    db,
    {
      name: 'author',
      text: `
select m.workspace, nullif(m.thread, '') as thread, i.platform_id as id, i.name
from messages m
join identities i on (i.person_id, i.platform, i.workspace) = (m.author_id, m.platform, m.workspace)
where (m.platform, m.channel, m.message) = ($1, $2, $3)
limit 1`,
    },
    [platform, channel, message],
  );
  return found ?? null;
}

/** Everything that the command of a transaction did to that transaction's ticket, oldest first. */
export async function ofSameCommand(db: Database, transaction: number): Promise<readonly Recorded[]> {
  return rows(
    db,
    {
      name: 'command',
      text: `
select ${transactionColumns} from transactions one join transactions x using (ticket_id, command)
where one.id = $1 order by x.id`,
    },
    [transaction],
  );
}

/** The tickets that were merged into these. */
export async function mergedInto(db: Database, tickets: readonly TicketId[]): Promise<readonly TicketId[]> {
  return (await mergers(db, tickets)).map(({ id }) => id);
}

const mergers = gathered(
  (db, tickets: readonly TicketId[]) =>
    rows<{ id: TicketId; into: TicketId }>(
      db,
      {
        name: 'merged',
        text: 'select id, merged_into as into from tickets where merged_into = any($1::int[]) order by id',
      },
      [tickets],
    ),
  ({ into }) => into,
);

/**
 * The message by which a target was told of a transaction's text, and all of them where it takes several, also before the last
 * of them is posted; null when it was not told (yet).
 */
export async function messageTelling(
  db: Database,
  transaction: number,
  to: { readonly place: number } | { readonly person: number },
): Promise<{ readonly message: string | null; readonly parts: readonly string[] } | null> {
  const column = 'place' in to ? 'place_id' : 'person_id';
  const [found] = await rows<{ message: string | null; parts: readonly string[] }>(
    db,
    `select d.message, d.parts from deliveries d
     where d.transaction_id in (
       select x.id from transactions one join transactions x using (ticket_id, command) where one.id = $1
     ) and d.part = 'line' and (d.state = 'sent' and d.message is not null or d.parts <> '{}') and d.${column} = $2 limit 1`,
    [transaction, 'place' in to ? to.place : to.person],
  );
  return found ?? null;
}

/** Whether a message of Docket's about a ticket stands in a conversation. */
export async function stands(db: Database, { platform, workspace, channel, message }: MessageKey): Promise<boolean> {
  const found = await rows(
    db,
    'select from messages where (platform, workspace, channel, message) = ($1, $2, $3, $4)',
    [platform, workspace, channel, message],
  );
  return found.length > 0;
}

/** Who wrote in these threads, and whose message each of them hangs on: they are told by their platform what comes next. */
export async function participants(
  db: Database,
  threads: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<PersonId>>> {
  return new Map((await writers(db, threads)).map(({ place, people }) => [place, new Set(people)]));
}

const writers = gathered(
  (db, threads: readonly number[]) =>
    rows<{ place: number; people: readonly PersonId[] }>(
      db,
      {
        name: 'participants',
        text: `
with threads as materialized (
  select id, platform, workspace, channel, thread from places where id = any($1::int[]) and thread <> ''
), told as (
  select p.id as place, m.transaction_id from threads p
  join messages m using (platform, workspace, channel, thread) where m.thread <> ''
  union all
  select p.id, m.transaction_id from threads p
  join messages m on (m.platform, m.workspace, m.channel, m.message) = (p.platform, p.workspace, p.channel, p.thread)
), said as (
  select place, x.actor_id as person, x.change from told join transactions x on x.id = told.transaction_id
)
select place, json_agg(person) as people from (
  select place, person from said
  union
  select place, requestor::int from said, jsonb_array_elements_text(change->'requestors') as requestor
  where change->>'type' = 'create'
) of_all group by place`,
      },
      [threads],
    ),
  ({ place }) => place,
);
