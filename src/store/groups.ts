import type { PersonId } from '../ticket/ticket.ts';
import { forgetPeople } from './people.ts';
import { type Database, rows } from './pool.ts';

/** A person as the configuration describes them. */
export interface ConfiguredPerson {
  /** What `@name` names. */
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  /** IANA zone; null: leave it as it is. */
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
 * people who were once heard of, with no more rights than these; accounts and groups that are no longer in it go.
 */
export async function syncConfigured(
  db: Database,
  people: readonly ConfiguredPerson[],
  groups: readonly ConfiguredGroup[],
): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('docket configuration'))`);
    for (const statement of syncPeople) await client.query(statement, [JSON.stringify(people)]);
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
const syncPeople = [
  `insert into people (name, display_name, email, zone, superuser)
   select name, "displayName", email, coalesce(zone, 'UTC'), superuser from ${described}
   on conflict (name) do update set display_name = excluded.display_name, email = excluded.email, active = true,
     superuser = excluded.superuser, zone = excluded.zone`,
  `update people set superuser = false
   where superuser and name <> 'docket' and name not in (select name from ${described})`,
  `delete from identities where source = 'config' and (platform, workspace, platform_id) not in (
     select i.platform, i.workspace, i.id from ${accounts}
   )`,
  `insert into identities (platform, workspace, platform_id, name, person_id, source)
   select i.platform, i.workspace, i.id, c."displayName", p.id, 'config' from ${accounts}
   on conflict (platform, workspace, platform_id) do update
   set person_id = excluded.person_id, source = excluded.source`,
];

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
