import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Living } from '../../src/jobs/living.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPool } from '../../src/store/pool.ts';
import { freshDatabase } from '../support/postgres.ts';
import { silent } from './samples.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;
beforeEach(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, silent);
  // As Docket left its databases before, and as other applications make them.
  await runMigrations({ pgPool: pool });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

async function add(task: string, payload: object, queue: string | null, key: string | null, runAt = '2030-01-01') {
  await pool.query('select graphile_worker.add_job($1, $2, $3, $4, null, $5, 20)', [
    ...[task, JSON.stringify(payload), queue, runAt, key],
  ]);
}

/** Marks a job as being worked. */
async function work(key: string, worker: string) {
  await pool.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = $2 where key = $1`, [
    key,
    worker,
  ]);
  await pool.query(
    `update graphile_worker._private_job_queues set locked_at = now(), locked_by = $2
     where id = (select job_queue_id from graphile_worker._private_jobs where key = $1)`,
    [key, worker],
  );
}

async function jobs(schema: string) {
  const { rows } = await pool.query(
    `select task_identifier as task, p.payload, queue_name as queue, j.key, j.priority, j.run_at = '2030-01-01' as later,
       j.locked_by as worker
     from ${schema}.jobs j join ${schema}._private_jobs p using (id) order by j.key`,
  );
  return rows;
}

test('jobs that wait in the schema of before are moved, with what they say and when they are due', async () => {
  await add('deliver', { place: 3 }, 'deliver:place:3', 'deliver:place:3:20');
  await add('remind', { ticket: 1, reminder: 2 }, null, 'remind:1:2');
  await add('announce', {}, 'announce', 'announce');
  await add('warn', { person: 1 }, null, 'warn:slack:T1:1');
  await work('announce', 'killed');

  await migrate(database.url, silent);
  expect(await jobs('graphile_worker')).toEqual([]);
  const waits = { priority: 20, later: true, worker: null };
  expect(await jobs('docket_worker')).toEqual([
    { task: 'announce', payload: {}, queue: 'announce', key: 'announce', ...waits },
    { task: 'deliver', payload: { place: 3 }, queue: 'deliver:place:3', key: 'deliver:place:3:20', ...waits },
    { task: 'remind', payload: { ticket: 1, reminder: 2 }, queue: null, key: 'remind:1:2', ...waits },
    { task: 'warn', payload: { person: 1 }, queue: null, key: 'warn:slack:T1:1', ...waits },
  ]);
  await migrate(database.url, silent);
  expect(await jobs('docket_worker')).toHaveLength(4);
});

test('the jobs of another application in the default schema are left alone, also where a task is called the same', async () => {
  await add('deliver', { parcel: 7 }, null, 'parcel 7');
  await add('mail', { to: 'eve' }, 'mail', 'mail 1');
  await add('announce', {}, null, null);
  await work('mail 1', 'stranger');
  const before = await jobs('graphile_worker');
  expect(before).toHaveLength(3);

  await migrate(database.url, silent);
  const living = await Living.begin(pool, silent);
  await living.releaseTheDead(async () => undefined);
  await living.end();
  expect(await jobs('graphile_worker')).toEqual(before);
  expect(await jobs('docket_worker')).toEqual([]);
});

test('a job that an older Docket works just now is left to it', async () => {
  await add('deliver', { place: 3 }, 'deliver:place:3', 'deliver:place:3:20');
  await work('deliver:place:3:20', 'alive');
  const older = await pool.connect();
  await older.query(`select pg_advisory_lock_shared(${0x776f726b}, hashtext('alive'))`);
  await migrate(database.url, silent);
  older.release(true);
  expect(await jobs('graphile_worker')).toHaveLength(1);
  expect(await jobs('docket_worker')).toEqual([]);
});
