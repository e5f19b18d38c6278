import { type Database, rows } from './pool.ts';

/** What can end as failed, and waits then for an administrator to retry or drop it. */
export type Failing = 'inbox' | 'deliveries';

/**
 * Adds a `failures` job for each administrator, which notifies them that something has failed; one that waits is enough.
 * Those of one administrator run one after the other: two at once would both post the same notice.
 */
export async function tellAdministrators(db: Database, what: Failing): Promise<void> {
  await rows(
    db,
    `with administrator as materialized (
       select id from people where superuser and active and name <> 'docket' order by id
     )
     select wake('failures', json_build_object('person', id, 'what', $1::text), format('failures:%s', id),
       format('failures:%s:%s', $1::text, id)) from administrator`,
    [what],
  );
}
