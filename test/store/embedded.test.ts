import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from '../../src/store/embedded.ts';
import { silent } from './samples.ts';

const root = process.getuid?.() === 0;
let folder: string;
let running: EmbeddedPostgres[];
let children: ChildProcess[];
let nth = 0;

beforeEach(() => {
  folder = path.join(tmpdir(), `docket-embedded-${process.pid}-${nth++}`);
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const postgres of running) await postgres.stop();
  // A server whose Docket was killed goes on without it.
  if (existsSync(path.join(folder, 'postgres', 'postmaster.pid'))) process.kill(await postmaster(), 'SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded(folder, { log: silent });
  running.push(postgres);
  return postgres;
}

async function stop(postgres: EmbeddedPostgres): Promise<void> {
  running = running.filter((each) => each !== postgres);
  await postgres.stop();
}

/** Starts it in a process of its own, which can be killed; gives the address once it is up. */
async function startApart(): Promise<{ child: ChildProcess; url: string }> {
  const program = path.join(import.meta.dirname, 'embedded-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('postgresql://')) return { child, url: line };
  }
  throw new Error('it ended before its server was up');
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function postmaster(): Promise<number> {
  return Number((await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

test('a second start finds everything still there, and a stop leaves nothing running', async () => {
  const first = await start();
  await query(first.url, 'create table kept as select 42 as answer');
  await stop(first);
  expect(existsSync(path.join(folder, 'postgres', 'postmaster.pid'))).toBe(false);

  const second = await start();
  expect(await query(second.url, 'select answer from kept')).toEqual([42]);
});

test('what a killed Docket had written is there, and its server is taken over', async () => {
  const { child, url } = await startApart();
  await query(url, 'create table kept as select 42 as answer');
  const server = await postmaster();
  await kill(child);

  const next = await start();
  expect(await postmaster()).toBe(server);
  expect(await query(next.url, 'select answer from kept')).toEqual([42]);
  await stop(next);
  expect(existsSync(path.join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('Docket and its server killed at once, as by a power cut, lose nothing that was committed', async () => {
  const { child, url } = await startApart();
  await query(url, 'create table kept as select n from generate_series(1, 1000) n');
  process.kill(await postmaster(), 'SIGKILL');
  await kill(child);
  expect(existsSync(path.join(folder, 'postgres', 'postmaster.pid'))).toBe(true);

  const next = await start();
  expect(await query(next.url, 'select count(*)::int from kept')).toEqual([1000]);
});

test('a lock file whose process number was given to a stranger does not keep it from starting', async () => {
  await stop(await start());
  const cluster = path.join(folder, 'postgres');
  const stale = [process.pid, cluster, 1, 1, '', '127.0.0.1', '', 'ready'].join('\n');
  await writeFile(path.join(cluster, 'postmaster.pid'), stale);
  const next = await start();
  expect(await query(next.url, 'select 1')).toEqual([1]);
});

test('data that another living Docket uses is refused, and the refusal names its process', async () => {
  const { child } = await startApart();
  await expect(startEmbedded(folder, { log: silent })).rejects.toThrow(
    `Another Docket (process ${child.pid}) is using the data in ${folder}. Stop it first`,
  );
});

test('of two that start at the same moment on no data, one gets it and the other is refused', async () => {
  const results = await Promise.allSettled([start(), start()]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.password']);
});

test('the password is for its owner alone, and without its file the data is refused', async () => {
  await stop(await start());
  const file = path.join(folder, 'postgres.password');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await rm(file);
  await expect(startEmbedded(folder, { log: silent })).rejects.toThrow(`${file} is missing`);
});

test.runIf(root)('a folder that the user postgres cannot reach is refused, and the closed one is named', async () => {
  await mkdir(folder, { mode: 0o700 });
  await chmod(folder, 0o700);
  const data = path.join(folder, 'deep', 'data');
  await expect(startEmbedded(data, { log: silent })).rejects.toThrow(`because ${folder} is closed to it`);
});

test.runIf(!root)('a data folder that cannot be written to is refused', async () => {
  await mkdir(folder, { mode: 0o500 });
  await expect(startEmbedded(folder, { log: silent })).rejects.toThrow(`cannot write to its data folder ${folder}`);
});
