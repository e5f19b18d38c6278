import { type Database, rows } from './pool.ts';
import type { CommitResult } from './unit.ts';

/** What a platform told, on its way into the inbox. `event` is the platform's own id of it. */
export interface InboxRow {
  readonly platform: string;
  readonly workspace: string;
  readonly event: string;
  readonly payload: object;
}

/** How the work on an inbound ended, for those who look into the table. */
export interface Ending {
  readonly id: number;
  readonly outcome: string;
}

/** Keeps what came in, in one statement; null for an event that is there already, or twice among these. */
export async function keepInbox(db: Database, inbounds: readonly InboxRow[]): Promise<readonly (number | null)[]> {
  const kept = await rows<{ n: number; id: number }>(db, keep, [
    JSON.stringify(inbounds.map((row, n) => ({ ...row, n }))),
  ]);
  const ids = new Map(kept.map(({ n, id }) => [n, id]));
  return inbounds.map((_, n) => ids.get(n) ?? null);
}

const keep = {
  name: 'keep',
  text: `
with told as (
  select distinct on (platform, workspace, event) *
  from jsonb_to_recordset($1::jsonb) as t (n int, platform text, workspace text, event text, payload jsonb)
  order by platform, workspace, event, n
), kept as (
  insert into inbox (platform, workspace, event, payload)
  select platform, workspace, event, payload from told order by n
  on conflict do nothing
  returning id, platform, workspace, event
)
select n, id from kept join told using (platform, workspace, event)`,
};

/** Ends rows that lead to no change of a ticket, in one statement. */
export async function finishInbox(db: Database, endings: readonly Ending[]): Promise<readonly CommitResult[]> {
  const ended = await rows<{ id: number }>(db, finish, [JSON.stringify(endings)]);
  const ids = new Set(ended.map(({ id }) => id));
  return endings.map(({ id }) => (ids.has(id) ? 'committed' : 'done before'));
}

const finish = {
  name: 'finish',
  text: `
update inbox set done_at = now(), outcome = e.outcome
from jsonb_to_recordset($1::jsonb) as e (id bigint, outcome text)
where inbox.id = e.id and done_at is null
returning inbox.id`,
};

/**
 * What was kept and not worked to its end, oldest first: what a crash left behind, or what is being worked right now.
 *
 * @param olderMs leaves out what came in within so many milliseconds
 */
export async function unfinishedInbox(
  db: Database,
  olderMs: number,
): Promise<readonly { id: number; payload: unknown }[]> {
  return rows(
    db,
    `select id, payload from inbox
     where done_at is null and received_at <= now() - make_interval(secs => $1::float8 / 1000) order by id`,
    [olderMs],
  );
}

/** So far back it is looked for what is being worked: it is among the newest, but where the database was away. */
const newest = 1_000;

/**
 * Whether one of these messages is in the inbox, and not worked to its end yet, by whichever process.
 *
 * @param before only those that came in before this one count; null: all
 */
export async function isInHand(
  db: Database,
  { platform, workspace, channel }: { readonly platform: string; readonly workspace: string; readonly channel: string },
  messages: readonly string[],
  before: number | null,
): Promise<boolean> {
  const found = await rows(
    db,
    {
      name: 'in hand',
      text: `
select from inbox
where id > (select max(id) from inbox) - ${newest} and id < coalesce($5::bigint, id + 1) and done_at is null
  and (platform, workspace, payload->'where'->>'channel') = ($1, $2, $3)
  and payload->>'kind' in ('message', 'reaction') and payload->>'message' = any($4::text[])
limit 1`,
    },
    [platform, workspace, channel, messages, before],
  );
  return found.length > 0;
}

/** The message that an edit was of, by the platform's own ids; null where that event was none, or did not come in. */
export async function editedMessage(
  db: Database,
  { platform, workspace, event }: Pick<InboxRow, 'platform' | 'workspace' | 'event'>,
): Promise<string | null> {
  const [found] = await rows<{ message: string }>(
    db,
    `select payload->>'message' as message from inbox
     where (platform, workspace, event) = ($1, $2, $3) and payload->>'kind' = 'edit'`,
    [platform, workspace, event],
  );
  return found?.message ?? null;
}
