import type { PersonId } from '../ticket/ticket.ts';
import { forgetPeople } from './people.ts';
import { type Database, rows } from './pool.ts';

/** A person as the configuration describes them. */
export interface ConfiguredPerson {
  /** What `@name` names. */
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  /** IANA zone; null: the one that their platform tells, else the usual one. */
  readonly zone: string | null;
  readonly superuser: boolean;
  readonly identities: readonly { readonly platform: string; readonly workspace: string; readonly id: string }[];
}

/**
 * A group as the configuration describes it: people and groups by their names. A group of a platform is called
 * `slack:T1/S1`, and has in it whom the platform says.
 */
export interface ConfiguredGroup {
  readonly name: string;
  readonly people: readonly string[];
  readonly groups: readonly string[];
}

/**
 * Makes the tables say what the configuration says about people and groups. People who are no longer in it stay, as
 * people who were once heard of, with no more rights than these; accounts and groups that are no longer in it go, and so do
 * the sessions and unused sign-in links of people who are no longer in it, or are no longer administrators.
 *
 * @param zone IANA zone of everybody who has none of their own, Docket itself among them
 */
export async function syncConfigured(
  db: Database,
  people: readonly ConfiguredPerson[],
  groups: readonly ConfiguredGroup[],
  zone = 'UTC',
): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('docket configuration'))`);
    for (const statement of syncPeople) await client.query(statement, [JSON.stringify(people)]);
    await client.query(syncZones, [JSON.stringify(people), zone]);
    for (const statement of syncGroups) await client.query(statement, [JSON.stringify(groups)]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  forgetPeople(db);
}

const described = `jsonb_to_recordset($1::jsonb) as c (
  name text, "displayName" text, email text, zone text, superuser boolean, identities jsonb
)`;
const accounts = `${described} join people p using (name)
  cross join jsonb_to_recordset(c.identities) as i (platform text, workspace text, id text)`;
/** Who is about to be removed from the configuration, or to lose the rights of an administrator. */
const demoted = `select p.id from people p left join ${described} using (name)
  where (p.configured or p.superuser) and p.name <> 'docket' and (c.name is null or p.superuser and not c.superuser)`;
const syncPeople = [
  // They sign in anew, if they may: whoever has their browser, or a link of theirs, keeps nothing.
  `delete from sessions where person_id in (${demoted})`,
  `delete from sign_in_links where used is null and person_id in (${demoted})`,
  // Whoever calls themselves like somebody whose accounts are written down, and has none of these, is somebody else.
  `update people p set name = p.name || '.' || p.id from ${described}
   where p.name = c.name and not p.configured and jsonb_array_length(c.identities) > 0 and exists (
     select from identities i where i.person_id = p.id
   ) and not exists (
     select from identities i join jsonb_to_recordset(c.identities) as a (platform text, workspace text, id text)
     on (a.platform, a.workspace, a.id) = (i.platform, i.workspace, i.platform_id) where i.person_id = p.id
   )`,
  `insert into people (name, display_name, email, superuser, configured)
   select name, "displayName", email, superuser, true from ${described}
   on conflict (name) do update set display_name = excluded.display_name, email = excluded.email, active = true,
     superuser = excluded.superuser, configured = true`,
  `update people set superuser = false, configured = false
   where (superuser or configured) and name <> 'docket' and name not in (select name from ${described})`,
  `delete from identities where source = 'config' and (platform, workspace, platform_id) not in (
     select i.platform, i.workspace, i.id from ${accounts}
   )`,
  `insert into identities (platform, workspace, platform_id, name, person_id, source)
   select i.platform, i.workspace, i.id, c."displayName", p.id, 'config' from ${accounts}
   on conflict (platform, workspace, platform_id) do update
   set person_id = excluded.person_id, source = excluded.source`,
];

const syncZones = `
update people p set
  zone = coalesce(c.zone, case when p.zone_source = 'platform' then p.zone end, $2),
  zone_source = case when c.zone is not null then 'config' when p.zone_source = 'platform' then 'platform' else 'default' end
from people q left join ${described} using (name) where q.id = p.id`;

const configured = `jsonb_to_recordset($1::jsonb) as c (name text, people jsonb, groups jsonb)`;
const syncGroups = [
  `delete from groups where name not in (
     select name from ${configured} union select jsonb_array_elements_text(c.groups) from ${configured}
   )`,
  `insert into groups (name, source)
   select distinct name, split_part(name, ':', 1)
   from (select jsonb_array_elements_text(c.groups) as name from ${configured}) part where name like '%:%'
   on conflict (name) do nothing`,
  `insert into groups (name, source) select name, 'config' from ${configured}
   on conflict (name) do update set source = 'config'`,
  `delete from group_members where group_id in (select g.id from groups g join ${configured} using (name))`,
  `insert into group_members (group_id, person_id)
   select distinct g.id, p.id from ${configured} join groups g using (name)
   join people p on p.name in (select jsonb_array_elements_text(c.people))`,
  `insert into group_members (group_id, subgroup_id)
   select distinct g.id, s.id from ${configured} join groups g using (name)
   join groups s on s.name in (select jsonb_array_elements_text(c.groups))`,
];

/** Everyone in a group, also by way of other groups; nobody, when there is no such group. */
export async function membersOf(db: Database, group: string): Promise<readonly PersonId[]> {
  const members = await rows<{ person: PersonId }>(
    db,
    `with recursive parts (id) as (
       select id from groups where name = $1
       union
       select m.subgroup_id from parts p join group_members m on m.group_id = p.id where m.subgroup_id is not null
     )
     select distinct person_id as person from group_members
     where group_id in (select id from parts) and person_id is not null order by person`,
    [group],
  );
  return members.map(({ person }) => person);
}

/** The groups of a workspace that the configuration names, by the platform's ids. */
export async function mirrored(
  db: Database,
  { platform, workspace }: { readonly platform: string; readonly workspace: string },
): Promise<readonly string[]> {
  const found = await rows<{ id: string }>(
    db,
    `select substr(name, length($2) + 1) as id from groups where source = $1 and starts_with(name, $2) order by id`,
    [platform, `${platform}:${workspace}/`],
  );
  return found.map(({ id }) => id);
}

/** Makes a group of a platform have these people in it, and nobody else. One that is not mirrored is passed over. */
export async function mirror(
  db: Database,
  { platform, workspace, id }: { readonly platform: string; readonly workspace: string; readonly id: string },
  people: readonly PersonId[],
): Promise<void> {
  await rows(
    db,
    `with mirrored as (
       select id from groups where source = $1 and name = $2
     ), gone as (
       delete from group_members where group_id in (select id from mirrored) and person_id <> all($3::int[])
     )
     insert into group_members (group_id, person_id)
     select id, person from mirrored, unnest($3::int[]) as person on conflict do nothing`,
    [platform, `${platform}:${workspace}/${id}`, people],
  );
  forgetPeople(db);
}

/**
 * Makes somebody be in these groups of a platform, and in no other of that workspace, as far as the configuration names
 * them. One statement, which writes only where something changed.
 *
 * @returns false when they are not known yet, and would have to be
 */
export async function mirrorMember(
  db: Database,
  { platform, workspace, id }: { readonly platform: string; readonly workspace: string; readonly id: string },
  groups: readonly string[],
): Promise<boolean> {
  const prefix = `${platform}:${workspace}/`;
  const [result] = await rows<{ unknown: boolean; changes: number }>(db, memberStatement, [
    platform,
    workspace,
    id,
    prefix,
    groups.map((group) => prefix + group),
  ]);
  if (result !== undefined && result.changes > 0) forgetPeople(db);
  return result?.unknown !== true;
}

const memberStatement = {
  name: 'member',
  text: `
with person as (
  select person_id as id from identities where (platform, workspace, platform_id) = ($1, $2, $3)
), mirrored as (
  select id, name = any($5::text[]) as within from groups where source = $1 and starts_with(name, $4)
), gone as (
  delete from group_members m using person p, mirrored g
  where m.person_id = p.id and m.group_id = g.id and not g.within returning m.id
), come as (
  insert into group_members (group_id, person_id) select g.id, p.id from mirrored g, person p
  where g.within and not exists (select from group_members m where (m.group_id, m.person_id) = (g.id, p.id))
  on conflict do nothing returning id
)
select not exists (select from person) and exists (select from mirrored where within) as unknown,
  (select count(*) from gone) + (select count(*) from come) as changes`,
};
