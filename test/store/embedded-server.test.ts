import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, runningEmbedded, startEmbedded } from '../../src/store/embedded.ts';
import { openPool } from '../../src/store/pool.ts';
import { silent } from './samples.ts';

const linux = process.platform === 'linux';
let folder: string;
let postgres: EmbeddedPostgres | null;
let pool: pg.Pool | null;
let impostor: Server | null;
let nth = 0;
beforeEach(() => {
  folder = path.join(tmpdir(), `docket-server-${process.pid}-${nth++}`);
  postgres = null;
  pool = null;
  impostor = null;
});
afterEach(async () => {
  impostor?.close();
  await pool?.end();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

async function start(at = folder): Promise<pg.Pool> {
  postgres = await startEmbedded(at, { log: silent });
  pool = openPool(postgres.url, silent);
  return pool;
}

/** The lines of postmaster.pid: its process, data folder, start, port, folder of the socket, address. */
async function server(at = folder): Promise<readonly string[]> {
  return (await readFile(path.join(at, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
}

test.runIf(linux)('nothing of our own environment can be read from the server', async () => {
  process.env['DOCKET_TEST_SECRET'] = 'xoxb-hidden';
  try {
    await start();
    const [pid] = await server();
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    expect(environment).not.toContain('xoxb-hidden');
    expect(environment).not.toMatch(/(^|\0)(HOME|USER|DOCKET_\w+|npm_\w+)=/);
  } finally {
    delete process.env['DOCKET_TEST_SECRET'];
  }
});

test('the desk works as a plain role, which can neither read files nor run programs', async () => {
  const db = await start();
  const { rows } = await db.query(
    'select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
  );
  expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
  await expect(db.query(`select pg_read_file('/etc/hostname')`)).rejects.toThrow('permission denied');
  await expect(db.query(`copy (select 1) to program 'cat'`)).rejects.toThrow('permission denied');
  await expect(db.query(`alter role docket password 'mine'`)).rejects.toThrow('permission denied');
});

test('trigrams are made of the letters of every script', async () => {
  const db = await start();
  await db.query('create extension pg_trgm');
  const { rows } = await db.query(`select word from unnest(array['привет', 'Ärger', '路由器故障', 'دفتر']) word
    where show_trgm(word) = '{}' or show_trgm(word)::text not like '%0x%'`);
  expect(rows).toEqual([]);
});

test.runIf(linux)('the server listens on a socket in a closed folder, and on no port', async () => {
  const db = await start();
  const [, , , , socket, address] = await server();
  expect([socket, address?.trim()]).toEqual([path.join(folder, 'postgres'), '']);
  expect((await db.query('show listen_addresses')).rows).toEqual([{ listen_addresses: '' }]);
  expect(await runningEmbedded(folder)).toBe(postgres?.url);
});

test('where the path is too long for a socket, it listens on 127.0.0.1', async () => {
  const deep = path.join(folder, 'd'.repeat(100));
  const db = await start(deep);
  expect((await db.query('show listen_addresses')).rows).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(await runningEmbedded(deep)).toBe(postgres?.url);
});

test('a folder with a space, a comma and a quote in its name is as good as any', async () => {
  const db = await start(path.join(folder, `a b, c'd`));
  expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('whoever listens on the port of a server that died is told nothing', async () => {
  await start();
  await pool?.end();
  await postgres?.stop();
  [pool, postgres] = [null, null];
  let connections = 0;
  impostor = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  impostor.listen(0, '127.0.0.1');
  await once(impostor, 'listening');
  const { port } = impostor.address() as { port: number };
  // The process number was given to another since.
  const cluster = path.join(folder, 'postgres');
  await writeFile(path.join(cluster, 'postmaster.pid'), [1, cluster, 1, port, '', '127.0.0.1', '', 'ready'].join('\n'));
  expect(await runningEmbedded(folder)).toBeNull();
  await start();
  expect(connections).toBe(0);
});

test('a server that is killed is started again at the same address, and nothing is lost', async () => {
  const db = await start();
  const [before] = await server();
  await db.query('create table kept as select 42 as answer');
  process.kill(Number(before), 'SIGKILL');
  const running = () => server().then(([pid]) => pid);
  await expect.poll(() => running().catch(() => before), { timeout: 60_000 }).not.toBe(before);
  const answer = async () => (await db.query('select answer from kept')).rows;
  await expect.poll(() => answer().catch(() => null), { timeout: 60_000 }).toEqual([{ answer: 42 }]);
});

test('a stop while the server is being started again leaves nothing running', async () => {
  await start();
  const [before] = await server();
  process.kill(Number(before), 'SIGKILL');
  await pool?.end();
  pool = null;
  await postgres?.stop();
  postgres = null;
  expect(await runningEmbedded(folder)).toBeNull();
});
