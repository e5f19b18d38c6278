import type pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { migrate, migrationNames } from '../../src/store/migrate.ts';
import { openPool } from '../../src/store/pool.ts';
import { freshDatabase } from '../support/postgres.ts';
import { silent } from './samples.ts';

const dropped: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const drop of dropped.splice(0)) await drop();
});

/** A database that nothing was done to yet. */
async function emptyDatabase(): Promise<{ pool: pg.Pool; up: () => Promise<readonly string[]> }> {
  const { url, drop } = await freshDatabase();
  const pool = openPool(url, silent);
  dropped.push(async () => {
    await pool.end();
    await drop();
  });
  await pool.query('drop schema public cascade');
  await pool.query('drop schema if exists docket_worker cascade');
  await pool.query('create schema public');
  return { pool, up: () => migrate(url, silent) };
}

const history = async (pool: pg.Pool) =>
  (
    await pool.query<{ migration_name: string; done: boolean }>(
      `select migration_name, finished_at is not null as done from _prisma_migrations
       where rolled_back_at is null order by migration_name`,
    )
  ).rows;

test('an empty database is brought up to date once, and the second time nothing is done', async () => {
  const { pool, up } = await emptyDatabase();
  expect(await up()).toEqual(await migrationNames());
  expect(await up()).toEqual([]);
  expect(await history(pool)).toEqual((await migrationNames()).map((name) => ({ migration_name: name, done: true })));
});

test('of several that start at once, one migrates and the others find it done', async () => {
  const { up } = await emptyDatabase();
  const applied = await Promise.all([up(), up(), up()]);
  expect(applied.map((names) => names.length).sort()).toEqual([0, 0, (await migrationNames()).length]);
});

test('a migration that was killed half way is applied whole at the next start', async () => {
  const { pool, up } = await emptyDatabase();
  await up();
  const [first] = await migrationNames();
  // What a kill leaves: the row that says it began, and, since a migration is one transaction, nothing of it.
  await pool.query('drop schema public cascade');
  await pool.query('create schema public');
  await pool.query(`create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
    finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
    started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`);
  await pool.query(`insert into _prisma_migrations (id, checksum, migration_name) values ('1', '1', $1)`, [first]);
  expect(await up()).toEqual(await migrationNames());
  expect((await history(pool)).every(({ done }) => done)).toBe(true);
});
