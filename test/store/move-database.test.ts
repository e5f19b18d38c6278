import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from '../../src/store/embedded.ts';
import { openStore } from '../../src/store/store.ts';
import { makeFormerCluster, written } from '../support/former-cluster.ts';
import { silent } from './samples.ts';

let folder: string;
let running: EmbeddedPostgres[];
let said: string[];
let nth = 0;
const former = path.join(tmpdir(), `docket-former-${process.pid}`);
beforeAll(() => makeFormerCluster(former));
afterAll(() => rm(former, { recursive: true, force: true, maxRetries: 10 }));
beforeEach(async () => {
  folder = path.join(tmpdir(), `docket-move-${process.pid}-${nth++}`);
  running = [];
  said = [];
  // With its owner, whom only `cp` keeps.
  await promisify(execFile)('cp', ['-a', former, folder]);
});
afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded(folder, { log: silent, say: (line) => said.push(line) });
  running.push(postgres);
  return postgres;
}

async function stop(): Promise<void> {
  for (const postgres of running.splice(0)) await postgres.stop();
}

async function rows(url: string, text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function row(url: string, text: string, ...values: unknown[]): Promise<Record<string, unknown> | undefined> {
  return (await rows(url, text, ...values))[0];
}

const databases = async (postgres: EmbeddedPostgres) =>
  (
    await rows(postgres.superuserUrl, `select datname as name from pg_database where datname like 'docket%' order by 1`)
  ).map(({ name }) => name);

/** All that was written before is there, and is found. */
async function expectEverything(postgres: EmbeddedPostgres): Promise<void> {
  const { url } = postgres;
  const store = await openStore({ databaseUrl: url, log: silent });
  await store.close();
  expect(await row(url, 'select count(*)::int as tickets from tickets')).toEqual({ tickets: written.tickets });
  expect(await row(url, 'select count(*)::int as all, count(distinct id)::int as ids from transactions')).toEqual({
    all: written.tickets,
    ids: written.tickets,
  });
  for (const words of [...written.subjects, ...written.bodies]) {
    const found = `select count(*)::int as found from tickets t join transactions x on x.ticket_id = t.id
      where subject ilike '%' || $1 || '%' or body ilike '%' || $1 || '%'`;
    expect(await row(url, found, words.slice(1, -1))).toEqual({ found: written.tickets / 3 });
  }
  expect(await row(url, 'select bytes, name from attachments')).toEqual({
    bytes: Buffer.from([0, 0xff, 0x0a, 0x5c]),
    name: 'Ⅷ\t\\.bin',
  });
  expect(await row(url, 'select changed from console_messages')).toEqual({ changed: new Date('2026-01-02T03:04:05Z') });
  // What comes next gets a number of its own.
  expect(await row(url, `select nextval('ticket_number')::int > $1 as next`, written.tickets)).toEqual({ next: true });
  expect(await row(url, `select nextval('transactions_id_seq') > max(id) as next from transactions`)).toEqual({
    next: true,
  });
  await expect(rows(url, 'delete from transactions')).rejects.toThrow('only ever added to');
  expect(
    await rows(
      url,
      `select key, queue_name, locked_by, run_at > '2034-01-01' as later from docket_worker.jobs order by key`,
    ),
  ).toEqual([
    { key: 'announce', queue_name: 'announce', locked_by: null, later: false },
    { key: 'remind:1:1', queue_name: null, locked_by: null, later: true },
  ]);
  // Trigrams know the letters of every script now.
  for (const word of ['привет', 'Öl', '路由器故障']) {
    expect(await row(url, 'select show_trgm($1) as trigrams', word)).not.toEqual({ trigrams: [] });
  }
  expect(await row(url, `select bool_or(rolsuper) as superuser from pg_roles where rolname = current_user`)).toEqual({
    superuser: false,
  });
  expect(
    await row(
      url,
      `select count(*)::int as others from pg_class where relnamespace = 'public'::regnamespace
      and relowner <> current_user::regrole`,
    ),
  ).toEqual({ others: 0 });
}

test('a database of before is moved to one that knows every script, once, with everything in it', async () => {
  const first = await start();
  expect(said.join('\n')).toMatch(/Moving the database.*tickets: 300 rows.*has been moved/s);
  await expectEverything(first);
  expect(await databases(first)).toEqual(['docket', 'docket_before']);
  await rows(first.url, `update tickets set subject = 'Changed since' where id = 1`);
  await stop();

  said = [];
  const second = await start();
  expect(said.join('\n')).not.toContain('Moving');
  expect(await databases(second)).toEqual(['docket']);
  expect(await row(second.url, 'select subject from tickets where id = 1')).toEqual({ subject: 'Changed since' });
});

test.each([
  ['as it begins', 'Moving the database', false],
  ['half way, with its server', '  tickets:', true],
  ['as it ends', 'has been moved', true],
])('a start that is killed %s is made good by the next', async (_, at, withServer) => {
  const child = await startApart(at);
  const file = path.join(folder, 'postgres', 'postmaster.pid');
  if (withServer) process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGKILL');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await expectEverything(await start());
});

/** Starts it in a process of its own; resolves when that says something. */
async function startApart(words: string): Promise<ChildProcess> {
  const program = path.join(import.meta.dirname, 'embedded-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(words)) return child;
  throw new Error(`it ended without saying: ${words}`);
}
