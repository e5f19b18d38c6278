import type { Store } from '../src/store/store.ts';

/** So many channels are told of what happens, so that nobody waits for a lock on the row of the only one. */
export const channels = 50;

/** Fills an empty database with tickets as a year of use leaves them: people, some history, few open, some words. */
export async function seed(store: Store, tickets: number): Promise<void> {
  await store.pool.query(`
    insert into people (name, display_name) select 'bench' || n, 'Bench ' || n from generate_series(1, 50) n
    on conflict do nothing`);
  await store.pool.query(
    `insert into places (platform, workspace, channel, thread, direct)
     select 'bench', 'bench', 'channel ' || n, '', false from generate_series(1, $1::int) n on conflict do nothing`,
    [channels],
  );
  const from =
    (await store.pool.query<{ last: number }>('select coalesce(max(id), 0) as last from tickets')).rows[0]?.last ?? 0;
  await store.pool.query(
    `insert into tickets (id, version, queue, subject, status, priority, owner_id, next, resolution, time_worked,
       created, started, updated)
     select n, 1, (array['noc', 'helpdesk', 'abuse'])[1 + n % 3], 'Link ' || md5(n::text) || ' is down',
       (array['new', 'open', 'stalled'])[1 + n % 3], n % 100, 2 + n % 50, '', '', 0,
       now() - n * interval '1 minute', now(), now()
     from generate_series($1::int, $2::int) n`,
    [from + 1, tickets],
  );
  await store.pool.query(
    `insert into watchers (ticket_id, role, person_id)
     select n, role, 2 + (n + length(role)) % 50
     from generate_series($1::int, $2::int) n cross join unnest(array['requestor', 'cc']) role`,
    [from + 1, tickets],
  );
  await store.pool.query(
    `insert into transactions (ticket_id, at, actor_id, command, via, type, change, body, staff_only)
     select n, now(), 2 + n % 50, gen_random_uuid(), 'bench', 'comment',
       jsonb_build_object('type', 'comment', 'attachments', '[]'::jsonb, 'text', jsonb_build_array(jsonb_build_object(
         'block', 'paragraph', 'inlines', jsonb_build_array('Seen at ' || md5(n::text))))),
       'Seen at ' || md5(n::text), true
     from generate_series($1::int, $2::int) n`,
    [from + 1, tickets],
  );
  await store.pool.query(`select setval('ticket_number', $1::int)`, [tickets]);
  await store.pool.query('vacuum analyze');
  await store.pool.query('checkpoint');
}
