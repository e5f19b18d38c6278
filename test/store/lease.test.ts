import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { alone } from '../../src/store/lease.ts';
import { openPool } from '../../src/store/pool.ts';
import { Gate } from '../support/gate.ts';
import { freshDatabase } from '../support/postgres.ts';
import { silent } from './samples.ts';

let url: string;
let closings: (() => Promise<unknown>)[];

beforeEach(async () => {
  const database = await freshDatabase();
  url = database.url;
  closings = [database.drop];
});
afterEach(async () => {
  for (const close of closings.toReversed()) await close();
});

/** Processes that do the same alone: who does it now, and whether two ever did at once. */
class Turns {
  readonly now = new Set<string>();
  readonly had: string[] = [];
  together = false;

  /** What a process does in its turn; it takes a moment to end. */
  readonly turnOf = (process: string) => async (signal: AbortSignal) => {
    this.now.add(process);
    this.had.push(process);
    this.together ||= this.now.size > 1;
    while (!signal.aborted) await setTimeout(5);
    // Longer than the other asks for its turn, and shorter than it waits then.
    await setTimeout(1_200);
    this.now.delete(process);
  };

  has(...processes: string[]) {
    return vi.waitFor(() => expect(this.now).toEqual(new Set(processes)), { timeout: 15_000, interval: 20 });
  }
}

function process(at = url): { pool: Pool; alone: ReturnType<typeof alone> } {
  const pool = openPool(at, silent);
  closings.push(() => pool.end());
  return { pool, alone: alone(pool, silent) };
}

function begin(turns: Turns, name: string, at?: string) {
  const end = process(at).alone('gateway', turns.turnOf(name));
  closings.push(end);
  return end;
}

async function kill(): Promise<number> {
  const { rows } = await process().pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
     and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows.length;
}

test('of two processes one has its turn; when its connection is killed the other takes over, and never both at once', async () => {
  const turns = new Turns();
  begin(turns, 'one');
  await turns.has('one');
  begin(turns, 'two');
  await setTimeout(1_500);
  await turns.has('one');
  expect(await kill()).toBe(1);
  await turns.has('two');
  expect(await kill()).toBe(1);
  await turns.has('one');
  expect(turns).toMatchObject({ had: ['one', 'two', 'one'], together: false });
});

test('one that ends hands over when it has ended, and one that is alone begins at once', async () => {
  const turns = new Turns();
  const end = begin(turns, 'one');
  await turns.has('one');
  begin(turns, 'two');
  await end();
  expect([...turns.now]).toEqual([]);
  await turns.has('two');
  expect(turns.together).toBe(false);
});

test('one that the database is away from ends by itself, and goes on when it is back', async () => {
  const gate = await Gate.before(url);
  const turns = new Turns();
  begin(turns, 'one', gate.url);
  await turns.has('one');
  await gate.close();
  await turns.has();
  await gate.open();
  await turns.has('one');
  await gate.close();
});

test('what fails is tried again, and another process may be quicker', async () => {
  let failures = 0;
  const end = process().alone('gateway', async () => {
    failures++;
    throw new Error('no');
  });
  closings.push(end);
  await vi.waitFor(() => expect(failures).toBeGreaterThan(1), { timeout: 5_000 });
  const turns = new Turns();
  begin(turns, 'two');
  await turns.has('two');
});

test('what is called otherwise is done side by side', async () => {
  const turns = new Turns();
  begin(turns, 'one');
  closings.push(process().alone('sync', turns.turnOf('sync')));
  await turns.has('one', 'sync');
});
