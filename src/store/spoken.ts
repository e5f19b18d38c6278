import type { PersonId, TicketId } from '../ticket/ticket.ts';
import { type Recorded, transactionColumns } from './history.ts';
import { type Database, rows } from './pool.ts';
import type { MessageKey } from './unit.ts';

/** A platform's message that a transaction came by, with the thread that it stands in. */
export interface Spoken extends MessageKey {
  /** Empty outside of threads. */
  readonly thread: string;
}

/** The messages that these transactions came by; none for those that came by a button or a command. */
export async function spokenIn(db: Database, transactions: readonly number[]): Promise<readonly Spoken[]> {
  return rows(
    db,
    {
      name: 'spoken',
      text: `select platform, workspace, channel, message, thread from messages where transaction_id = any($1::bigint[])`,
    },
    [transactions],
  );
}

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
  const found = await rows<{ id: TicketId }>(
    db,
    { name: 'merged', text: 'select id from tickets where merged_into = any($1::int[]) order by id' },
    [tickets],
  );
  return found.map(({ id }) => id);
}

/** The message by which a target was told of a transaction's text; null when it was not (yet). */
export async function messageTelling(
  db: Database,
  transaction: number,
  to: { readonly place: number } | { readonly person: number },
): Promise<string | null> {
  const column = 'place' in to ? 'place_id' : 'person_id';
  const [found] = await rows<{ message: string }>(
    db,
    `select d.message from deliveries d
     where d.transaction_id in (
       select x.id from transactions one join transactions x using (ticket_id, command) where one.id = $1
     ) and d.part = 'line' and d.state = 'sent' and d.message is not null and d.${column} = $2 limit 1`,
    [transaction, 'place' in to ? to.place : to.person],
  );
  return found?.message ?? null;
}

/** Who wrote in these threads, and whose message each of them hangs on: they are told by their platform what comes next. */
export async function participants(
  db: Database,
  threads: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<PersonId>>> {
  const found = await rows<{ place: number; people: readonly PersonId[] }>(
    db,
    {
      name: 'participants',
      text: `
with said as (
  select p.id as place, x.actor_id as person, x.change
  from places p
  join messages m on (m.platform, m.workspace, m.channel) = (p.platform, p.workspace, p.channel)
    and p.thread in (m.thread, m.message)
  join transactions x on x.id = m.transaction_id
  where p.id = any($1::int[]) and p.thread <> ''
)
select place, json_agg(person) as people from (
  select place, person from said
  union
  select place, requestor::int from said, jsonb_array_elements_text(change->'requestors') as requestor
  where change->>'type' = 'create'
) of_all group by place`,
    },
    [threads],
  );
  return new Map(found.map(({ place, people }) => [place, new Set(people)]));
}
