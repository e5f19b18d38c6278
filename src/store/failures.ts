import type { Instant } from '../ticket/ticket.ts';
import type { Failing } from './administrators.ts';
import { type Database, rows } from './pool.ts';

/** Something that failed for good, as an administrator sees it: where and why, and nothing of what it said. */
export interface Failure {
  readonly id: number;
  readonly at: Instant;
  /** `command from ada in slack:T1/lobby`, `card of #12 for slack:T1/noc` */
  readonly what: string;
  readonly error: string;
}

const lists: Readonly<Record<Failing, string>> = {
  inbox: `
    select id, done_at as at, coalesce(error, '') as error, format('%s from %s in %s:%s/%s', payload->>'kind',
      coalesce(payload->'sender'->>'name', '?'), platform, workspace, payload->'where'->>'channel') as what
    from inbox where outcome = 'failed' order by id desc limit $1`,
  deliveries: `
    select d.id, d.created as at, coalesce(d.error, '') as error,
      format('%s of #%s for %s', part, ticket_id, coalesce(
        format('%s:%s/%s', p.platform, p.workspace, p.channel), '@' || person.name)) as what
    from deliveries d left join places p on p.id = d.place_id left join people person on person.id = d.person_id
    where state = 'failed' order by d.id desc limit $1`,
};

/** What failed, the newest first. */
export async function failures(db: Database, what: Failing, most: number): Promise<readonly Failure[]> {
  return rows(db, lists[what], [most]);
}

const counts: Readonly<Record<Failing, string>> = {
  inbox: `select count(*)::int as count from inbox where outcome = 'failed'`,
  deliveries: `select count(*)::int as count from deliveries where state = 'failed'`,
};

/** How much has failed, and waits to be retried or dropped. */
export async function countFailures(db: Database, what: Failing): Promise<number> {
  const [found] = await rows<{ count: number }>(db, counts[what], []);
  return found?.count ?? 0;
}

/**
 * Has what failed tried again by the Docket that runs, within seconds.
 *
 * @param ids null: all that failed
 * @returns how many there were
 */
export async function retryFailures(db: Database, what: Failing, ids: readonly number[] | null): Promise<number> {
  return (await rows(db, retries[what], [ids])).length;
}

const retries: Readonly<Record<Failing, string>> = {
  inbox: `
    update inbox set done_at = null, outcome = null, error = null, attempts = 0, claimed_at = '-infinity'
    where outcome = 'failed' and id = any(coalesce($1::bigint[], array[id])) returning id`,
  deliveries: `
    -- An attempt of before may have reached the platform: the next one looks for it first.
    update deliveries set state = 'waiting', attempts = 1, error = null, again = null
    where state = 'failed' and id = any(coalesce($1::bigint[], array[id])) returning id`,
};

/** Gives up what failed: it is not listed any more. `ids` and the result as for `retryFailures`. */
export async function dropFailures(db: Database, what: Failing, ids: readonly number[] | null): Promise<number> {
  return (await rows(db, drops[what], [ids])).length;
}

const drops: Readonly<Record<Failing, string>> = {
  inbox: `
    update inbox set outcome = 'dropped'
    where outcome = 'failed' and id = any(coalesce($1::bigint[], array[id])) returning id`,
  deliveries: `
    update deliveries set state = 'dropped'
    where state = 'failed' and id = any(coalesce($1::bigint[], array[id])) returning id`,
};
