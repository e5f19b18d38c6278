import type { Actor } from '../ticket/actor.ts';
import type { PersonId } from '../ticket/ticket.ts';
import { isZone } from '../ticket/zone.ts';
import { gathered } from './gather.ts';
import { type Database, rows } from './pool.ts';
import { oneEach, Recent } from './recent.ts';

/** A person as one platform knows them. */
export interface Identity {
  readonly platform: string;
  readonly workspace: string;
  readonly id: string;
}

/** Identities stay with their person, unless the configuration joins accounts; groups are read again within seconds. */
const recent = oneEach(() => ({
  people: new Recent<string, PersonId>(30_000),
  actors: new Recent<PersonId, Actor>(2_000),
}));

/** Drops what is remembered of people and groups: after these were changed. */
export function forgetPeople(db: Database): void {
  recent(db).people.forget();
  recent(db).actors.forget();
}

/**
 * The person behind a platform's identity; one who was never seen before is made, and gets a name of their own that
 * `@` can name. In the console, the identity is that name.
 */
export function personOf(
  db: Database,
  where: { readonly platform: string; readonly workspace: string },
  sender: { readonly id: string; readonly name: string; readonly workspace?: string; readonly zone?: string },
): Promise<PersonId> {
  const { platform } = where;
  const workspace = sender.workspace ?? where.workspace;
  const zone = sender.zone !== undefined && isZone(sender.zone) ? sender.zone : null;
  // Whoever was only mentioned a moment ago, by their id, gets their name when they speak.
  const key = JSON.stringify([platform, workspace, sender.id, sender.name, zone]);
  return recent(db).people.get(key, async () => {
    const handle = handleOf(sender.name) || handleOf(sender.id) || 'somebody';
    for (let nth = 1; ; nth++) {
      const name = nth === 1 ? handle : `${handle}${nth}`;
      const found = await rows<{ person: PersonId }>(db, meet, [
        platform,
        workspace,
        sender.id,
        sender.name,
        name,
        zone,
      ]);
      if (found[0]) return found[0].person;
    }
  });
}

/**
 * Gives nothing when the name is taken, also by the same identity in another process: then it is asked again. Somebody
 * who was only mentioned so far is called by their platform's id, until they say something themselves. The zone that a
 * platform tells holds where the configuration gives them none; without either it is that of the house, which is Docket's.
 */
const meet = {
  name: 'meet',
  text: `
with known as (
  select person_id from identities where platform = $1 and workspace = $2 and platform_id = $3
), introduced as (
  update people p set
    display_name = case when p.display_name = $3 then $4 else p.display_name end,
    zone = case when told then $6 else p.zone end,
    zone_source = case when told then 'platform' else p.zone_source end
  from known, lateral (select $6::text is not null and zone_source <> 'config' as told from people where id = person_id) t
  where p.id = known.person_id
    and (p.display_name = $3 and $4 <> $3 or told and (p.zone, p.zone_source) <> ($6, 'platform'))
), namesake as (
  select id from people where $1 = 'console' and name = $3 and not exists (select from known)
), made as (
  insert into people (name, display_name, zone, zone_source)
  select $5, $4, coalesce($6, house.zone, 'UTC'), case when $6::text is null then 'default' else 'platform' end
  from (select zone from people where name = 'docket') house where not exists (select from known) and not exists (select from namesake)
  on conflict (name) do nothing returning id
), met as (
  insert into identities (platform, workspace, platform_id, name, person_id)
  select $1, $2, $3, $4, id from (select id from namesake union all select id from made) p
  on conflict do nothing returning person_id
)
select person_id as person from known union all select person_id from met`,
};

/** What `@` can name: small letters, digits, `.`, `_` and `-`. */
function handleOf(name: string): string {
  const bare = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return bare
    .replace(/[^\p{L}\p{N}._-]+/gu, '.')
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, 40);
}

/** The person of this name (`@name`, else a display name that only one has) or mail address; null when there is none. */
export async function findPerson(
  db: Database,
  ref: { readonly person: 'name'; readonly name: string } | { readonly person: 'mail'; readonly address: string },
): Promise<PersonId | null> {
  const found =
    ref.person === 'name'
      ? await rows<{ id: PersonId }>(
          db,
          `select id from people where active and name = lower($1)
           union all
           (select min(id) from people where active and lower(display_name) = lower($1) having count(*) = 1)
           limit 1`,
          [ref.name],
        )
      : await rows<{ id: PersonId }>(
          db,
          'select id from people where active and lower(email) = lower($1) order by id limit 1',
          [ref.address],
        );
  return found[0]?.id ?? null;
}

/**
 * A person as an actor, with every group they are in, also by way of other groups. Whoever has an account in a workspace
 * is in the group of all its people, which is called like it: `discord:1234`.
 */
export function actor(db: Database, person: PersonId): Promise<Actor> {
  return recent(db).actors.get(person, async () => {
    const [row] = await whois(db, [person]);
    if (row === undefined) throw new Error(`There is no person ${person}.`);
    return { ...row, groups: new Set(row.groups) };
  });
}

const whois = gathered(
  (db, people: readonly PersonId[]) =>
    rows<Omit<Actor, 'groups'> & { readonly groups: readonly string[] }>(
      db,
      {
        name: 'actor',
        text: `
with recursive within (person_id, group_id) as (
  select person_id, group_id from group_members where person_id = any($1::int[])
  union
  select w.person_id, m.group_id from within w join group_members m on m.subgroup_id = w.group_id
)
select id as person, display_name as name, zone, superuser, (
    select coalesce(json_agg(name), '[]') from (
      select g.name from within w join groups g on g.id = w.group_id and g.source = 'config' where w.person_id = p.id
      union
      select i.platform || ':' || i.workspace from identities i where i.person_id = p.id
    ) of_person
  ) as groups
from people p where id = any($1::int[])`,
      },
      [people],
    ),
  ({ person }) => person,
);

/** Docket itself: the actor of alarms and rules. The first migration makes it. */
export async function docket(db: Database): Promise<Actor> {
  const person = await findPerson(db, { person: 'name', name: 'docket' });
  if (person === null) throw new Error('The person that is Docket itself is missing in the database.');
  return actor(db, person);
}

/** How people are called, by their numbers. */
export async function names(db: Database, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>> {
  const found = await rows<{ id: PersonId; name: string }>(
    db,
    'select id, display_name as name from people where id = any($1::int[])',
    [people],
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** A way to somebody; `closed`: they took no direct messages there, and have been told so where others read along. */
export interface KnownWay extends Identity {
  readonly closed: boolean;
}

/** By which identities a person can be reached; in the console last, for who has a platform of their own lives there. */
export async function identitiesOf(db: Database, person: PersonId): Promise<readonly KnownWay[]> {
  return rows(
    db,
    `select platform, workspace, platform_id as id, closed is not null as closed from identities where person_id = $1
     order by platform = 'console', id`,
    [person],
  );
}

/** Notes that somebody takes no direct messages somewhere, and has been told so; or that they take them again. */
export async function noteClosed(db: Database, { platform, workspace, id }: Identity, closed: boolean): Promise<void> {
  await rows(
    db,
    `update identities set closed = case when $4 then coalesce(closed, now()) end
     where (platform, workspace, platform_id) = ($1, $2, $3)`,
    [platform, workspace, id, closed],
  );
}

/** The ids that people have in a workspace of a platform; those who have none are left out. */
export async function accountsIn(
  db: Database,
  { platform, workspace }: { readonly platform: string; readonly workspace: string },
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string>> {
  const found = await rows<{ person: PersonId; id: string }>(
    db,
    `select distinct on (person_id) person_id as person, platform_id as id from identities
     where platform = $1 and workspace = $2 and person_id = any($3::int[]) order by person_id, id`,
    [platform, workspace, people],
  );
  return new Map(found.map(({ person, id }) => [person, id]));
}

/** The people behind ids of a workspace of a platform; those who were never met there are left out. */
export async function holdersOf(
  db: Database,
  { platform, workspace }: { readonly platform: string; readonly workspace: string },
  ids: readonly string[],
): Promise<ReadonlyMap<string, PersonId>> {
  const found = await rows<{ person: PersonId; id: string }>(
    db,
    `select person_id as person, platform_id as id from identities
     where platform = $1 and workspace = $2 and platform_id = any($3::text[])`,
    [platform, workspace, ids],
  );
  return new Map(found.map(({ person, id }) => [id, person]));
}
