import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Living } from '../../src/jobs/living.ts';
import { PatientPool } from '../../src/jobs/patient-pool.ts';
import { openPool } from '../../src/store/pool.ts';
import { silent } from '../store/samples.ts';
import { Gate } from '../support/gate.ts';
import { freshDatabase } from '../support/postgres.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let gate: Gate;
let pool: Pool;
let patient: PatientPool;
beforeEach(async () => {
  database = await freshDatabase();
  gate = await Gate.before(database.url);
  pool = openPool(gate.url, silent);
  patient = new PatientPool(pool);
});
afterEach(async () => {
  patient.end();
  await pool.end();
  await gate.close();
  await database.drop();
});

async function ask(statement: string): Promise<unknown[]> {
  const client = await patient.pool.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    client.release();
  }
}

test('what the job queue asks of a database that is away is answered when it is back', async () => {
  await gate.close();
  const asked = ask('select 1 as one');
  await gate.open();
  expect(await asked).toEqual([{ one: 1 }]);
});

test('a statement whose connection broke is said again on another', async () => {
  const client = await patient.pool.connect();
  gate.cut();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  client.release();
});

test('a later statement of a connection is not said again, for it may stand in a transaction', async () => {
  const client = await patient.pool.connect();
  await client.query('begin');
  gate.cut();
  await expect(client.query('select 1')).rejects.toThrow(/connection/i);
  client.release();
});

test('a mistake in a statement is told at once', async () => {
  await expect(ask('select nonsense')).rejects.toThrow('nonsense');
});

test('once it is to end, a database that is away is waited for no longer', async () => {
  await gate.close();
  const asked = ask('select 1');
  patient.end();
  await expect(asked).rejects.toThrow('ECONNREFUSED');
  await gate.open();
});

/** The connections that show that workers are alive. */
async function holders(): Promise<readonly number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and granted
     and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows.map(({ pid }) => pid);
}

test('workers whose connection breaks just as they begin end nothing, and count as alive soon', async () => {
  const living = await Living.begin(pool, silent);
  gate.breakAt('pg_advisory_lock_shared');
  living.events.emit('pool:create', { workerPool: { id: 'pool-1' } } as never);
  await expect.poll(() => holders().catch(() => [])).toHaveLength(1);
  await living.end();
});

test('workers whose connection broke soon count as alive again, and end in order', async () => {
  const living = await Living.begin(pool, silent);
  living.events.emit('pool:create', { workerPool: { id: 'pool-1' } } as never);
  await expect.poll(holders).toHaveLength(1);
  const [before] = await holders();
  gate.cut();
  await expect.poll(async () => (await holders().catch(() => [])).filter((pid) => pid !== before)).toHaveLength(1);
  await living.end();
  await expect.poll(holders).toEqual([]);
});
