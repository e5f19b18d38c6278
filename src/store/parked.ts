import type { Instant, PersonId } from '../ticket/ticket.ts';
import type { Target } from './deliveries.ts';
import { placeName } from './places.ts';
import { type Database, rows } from './pool.ts';
import type { PlaceKey } from './unit.ts';

/** What is parked: a channel with its threads, all of a workspace, or a person. */
export type Parking =
  | Pick<PlaceKey, 'platform' | 'workspace' | 'channel'>
  | (Pick<PlaceKey, 'platform' | 'workspace'> & { readonly channel: null })
  | { readonly person: PersonId };

/** Why, and what an administrator can do about it (empty: nothing is known). */
export interface Reason {
  readonly reason: string;
  readonly mend: string;
}

/** The name of what is parked, for the table and for administrators. */
export function parkingName(what: Parking): string {
  if ('person' in what) return `person:${what.person}`;
  const { platform, workspace, channel } = what;
  return channel === null ? `${platform}:${workspace}` : placeName({ platform, workspace, channel });
}

/**
 * Notes that something cannot be told anything as things are. The first time, a `warn` job for each administrator
 * follows, in the same statement.
 *
 * @param warned false: the administrators are told of it by something else that is parked
 * @returns whether it is news
 */
export async function park(db: Database, what: Parking, why: Reason, warned = true): Promise<boolean> {
  const [noted] = await rows<{ since: Instant | null }>(db, parkStatement, [
    parkingName(what),
    why.reason,
    why.mend,
    warned,
    'person' in what ? what.person : null,
  ]);
  return noted?.since != null;
}

const parkStatement = `
with noted as (
  insert into parked (key, reason, mend) values ($1, $2, $3) on conflict (key) do nothing returning since
), administrator as materialized (
  select p.id, since from noted, people p
  where $4 and p.superuser and p.active and p.name <> 'docket' and p.id is distinct from $5::int order by p.id
), warned as materialized (
  select wake('warn', json_build_object('person', id, 'parked', $1::text, 'about', $5::int, 'since', since,
    'reason', $2::text, 'mend', $3::text), null, format('warn:%s:%s', $1::text, id)) from administrator
)
select since, (select count(*) from warned) as warned from noted`;

/** Which of these are parked. */
export async function parked<P extends Parking>(db: Database, what: readonly P[]): Promise<readonly P[]> {
  const found = await rows<{ key: string }>(db, 'select key from parked where key = any($1)', [what.map(parkingName)]);
  const keys = new Set(found.map(({ key }) => key));
  return what.filter((each) => keys.has(parkingName(each)));
}

/**
 * Something can be told again: it is parked no more, and all that waits for it is tried at once. A workspace takes its
 * channels with it, and the people who are known there.
 */
export async function resume(db: Database, what: Parking): Promise<void> {
  const { platform, workspace, channel } = 'person' in what ? none : what;
  await rows(db, resumeStatement, [
    parkingName(what),
    platform,
    workspace,
    channel,
    'person' in what ? what.person : null,
  ]);
}

const none = { platform: '', workspace: '', channel: null };

/** Adds a job for each target that is listed: place_id, person_id (one of the two is null), urgency. */
const addJobs = `
select wake('deliver', payload, 'deliver:' || name, format('deliver:%s:%s', name, urgency), urgency) from (
  select coalesce('place:' || place_id, 'person:' || person_id) as name, min(urgency) as urgency,
    case when place_id is null then json_build_object('person', person_id)
      else json_build_object('place', place_id) end as payload
  from target group by place_id, person_id order by 1
) t`;

const resumeStatement = `
with people_there as materialized (
  select $5::int as person_id where $5::int is not null
  union
  select person_id from identities where (platform, workspace) = ($2, $3) and $4::text is null
), ended as (
  delete from parked where key = $1
    or ($4::text is null and $5::int is null and starts_with(key, $1 || '/'))
    or key in (select 'person:' || person_id from people_there)
), target as materialized (
  update deliveries d set again = null
  where state = 'waiting' and again is not null and (
    place_id in (select id from places where (platform, workspace) = ($2, $3) and channel = coalesce($4, channel))
    or person_id in (select person_id from people_there)
  )
  returning place_id, person_id, urgency
)${addJobs}`;

/** Targets of which something waits and no job takes care, as after jobs were lost or used up their attempts. */
export async function resumeLost(db: Database): Promise<void> {
  await rows(
    db,
    `with waiting as (
       select place_id, null::int as person_id, urgency from deliveries where state = 'waiting' and place_id is not null
       union
       select null, person_id, urgency from deliveries where state = 'waiting' and person_id is not null
     ), target as materialized (
       select * from waiting w where not exists (
         select from docket_worker.jobs j
         where j.queue_name = 'deliver:' || coalesce('place:' || w.place_id, 'person:' || w.person_id)
           and (j.attempts < j.max_attempts or j.locked_at is not null)
       )
     )${addJobs}`,
    [],
  );
}

/**
 * The job that comes back to a target, in the place of the one that runs under the same key: so many milliseconds later as
 * the database counts them, whatever its clock shows, or at once where nothing there is put off any more.
 */
export async function comeBack(
  db: Database,
  to: Target,
  job: { readonly key: string | null; readonly priority: number; readonly afterMs: number },
): Promise<void> {
  const queue = `deliver:${'place' in to ? `place:${to.place}` : `person:${to.person}`}`;
  const [place, person] = 'place' in to ? [to.place, null] : [null, to.person];
  const key = job.key ?? `${queue}:${job.priority}`;
  await rows(db, comeBackStatement, [JSON.stringify(to), queue, key, job.priority, job.afterMs, place, person]);
}

// Locked: a `resume` at the same moment is seen here, or comes after this and sets the job's time itself.
const comeBackStatement = `
with put_off as materialized (
  select id from deliveries where (place_id = $6::int or person_id = $7::int) and state = 'waiting' and again is not null
  order by id for no key update
)
select wake('deliver', $1::json, $2, $3, $4,
  case when exists (select from put_off) then now() + make_interval(secs => $5::float8 / 1000) end)`;
