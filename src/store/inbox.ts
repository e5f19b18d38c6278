import { type Database, rows } from './pool.ts';
import type { CommitResult } from './unit.ts';

/** How often the work on a row may begin: one that did not end by then stops the process, or hangs, each time. */
const mostAttempts = 3;

/** After so long without a word from the process that has a row in hand, that process is gone. Milliseconds. */
export const leaseMs = 20_000;

/** What a platform told, on its way into the inbox. `event` is the platform's own id of it. */
export interface InboxRow {
  readonly platform: string;
  readonly workspace: string;
  readonly event: string;
  readonly payload: object;
}

/** A row that is in the inbox. */
export interface KeptRow {
  readonly id: number;
  /** The row of the same sender before it, where that is not worked to its end yet, by whichever process. */
  readonly after: number | null;
}

/** A row that another process, or an earlier one, has left behind. `attempts`: how often the work on it began. */
export interface LeftRow extends KeptRow {
  readonly payload: unknown;
  readonly attempts: number;
}

/** How the work on an inbound ended, for those who look into the table. */
export interface Ending {
  readonly id: number;
  readonly outcome: string;
  /** Why it failed, where it did. */
  readonly error?: string;
}

/**
 * The row of the same sender before `r`, where it is not worked to its end yet. Where it is, so are those before it: each
 * row waits for the one before.
 */
const unfinishedBefore = `(
  select case when done_at is null then id end from inbox i
  where i.platform = r.platform and i.workspace = r.workspace
    and i.payload->'sender'->>'id' = r.payload->'sender'->>'id' and i.id < r.id
  order by i.platform, i.workspace, i.payload->'sender'->>'id', i.id desc limit 1
)`;

/** Keeps what came in, in one statement; null for an event that is there already, or twice among these. */
export async function keepInbox(db: Database, inbounds: readonly InboxRow[]): Promise<readonly (KeptRow | null)[]> {
  const kept = await rows<KeptRow & { n: number }>(db, keep, [
    JSON.stringify(inbounds.map((row, n) => ({ ...row, n }))),
  ]);
  const byNumber = new Map(kept.map(({ n, id, after }) => [n, { id, after }]));
  return inbounds.map((_, n) => byNumber.get(n) ?? null);
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
  returning id, platform, workspace, event, payload
)
select n, r.id, ${unfinishedBefore} as after from kept r join told using (platform, workspace, event)`,
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
update inbox set done_at = now(), outcome = e.outcome, error = e.error
from jsonb_to_recordset($1::jsonb) as e (id bigint, outcome text, error text)
where inbox.id = e.id and done_at is null
returning inbox.id`,
};

/**
 * Takes rows in hand that nobody has in hand, oldest first: what a crash left behind.
 *
 * @param olderMs leaves out what some process took in hand, or said that it has, within so many milliseconds
 * @param except rows that are in hand here
 */
export async function claimInbox(
  db: Database,
  { olderMs, except, most }: { readonly olderMs: number; readonly except: readonly number[]; readonly most: number },
): Promise<readonly LeftRow[]> {
  const claimed = await rows<LeftRow>(
    db,
    // All of their ids first: with the limit at once, the whole table might be read in the order of its ids.
    `with unfinished as materialized (
       select id from inbox
       where done_at is null and attempts < ${mostAttempts} and id <> all($2::bigint[])
         and claimed_at <= now() - make_interval(secs => $1::float8 / 1000)
     ), left_behind as materialized (
       select inbox.id from inbox join (select id from unfinished order by id limit $3) u on u.id = inbox.id
       where done_at is null for update of inbox skip locked
     ), r as (
       update inbox set claimed_at = now() from left_behind where inbox.id = left_behind.id
       returning inbox.id, platform, workspace, payload, attempts
     )
     select id, payload, attempts, ${unfinishedBefore} as after from r order by id`,
    [olderMs, except, most],
  );
  return claimed;
}

/** The work on a row that was left behind begins; false where that row has ended meanwhile. */
export async function beginInbox(db: Database, id: number): Promise<boolean> {
  const begun = await rows(
    db,
    `update inbox set attempts = attempts + 1, claimed_at = now() where id = $1 and done_at is null returning id`,
    [id],
  );
  return begun.length > 0;
}

/** Says that this process still has rows in hand, so that no other takes them. */
export async function renewInbox(db: Database, ids: readonly number[]): Promise<void> {
  await rows(db, 'update inbox set claimed_at = now() where id = any($1::bigint[]) and done_at is null', [ids]);
}

/** Ends rows as failed that stopped their process, or hung, as often as they may. Gives what they hold. */
export async function endInboxInVain(db: Database): Promise<readonly { id: number; payload: unknown }[]> {
  return rows(
    db,
    `update inbox set done_at = now(), outcome = 'failed', error = 'the work on it never ended'
     where done_at is null and attempts >= ${mostAttempts}
       and claimed_at <= now() - make_interval(secs => ${leaseMs}::float8 / 1000)
     returning id, payload`,
    [],
  );
}

/** Whether a row is not worked to its end yet. */
export async function isUnfinished(db: Database, id: number): Promise<boolean> {
  const statement = { name: 'unfinished', text: 'select from inbox where id = $1 and done_at is null' };
  return (await rows(db, statement, [id])).length > 0;
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
