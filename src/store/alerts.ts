import { type Database, rows } from './pool.ts';

/** Something that an administrator has to see to. */
export interface Alert {
  /** The same alert is given once under a key, whichever process gives it and however often. */
  readonly key: string;
  /** What is wrong, as a sentence. */
  readonly what: string;
  /** What to do about it, as a sentence; empty where nothing is known. */
  readonly mend: string;
}

/**
 * Notifies every administrator of something, once. The note that it was given and the jobs that deliver it are one statement.
 *
 * @returns whether it is news
 */
export async function alertAdministrators(db: Database, { key, what, mend }: Alert): Promise<boolean> {
  const [given] = await rows<{ name: string | null }>(db, alertStatement, [key, what, mend]);
  return given?.name != null;
}

const alertStatement = `
with noted as (
  insert into connector_memory (name, value) values ('alert ' || $1::text, to_jsonb($2::text))
  on conflict (name) do nothing returning name
), administrator as materialized (
  select p.id, noted.name from noted, people p where p.superuser and p.active and p.name <> 'docket' order by p.id
), woken as materialized (
  select wake('alert', json_build_object('person', id, 'key', $1::text, 'what', $2::text, 'mend', $3::text), null,
    format('alert:%s:%s', $1::text, id)) from administrator
)
select name, (select count(*) from woken) as woken from noted`;
