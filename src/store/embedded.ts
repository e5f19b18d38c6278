import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createCluster, makeFolder, passwordOf, removeDrafts } from './cluster.ts';
import { EmbeddedRefusal, type Runner, run, runner } from './postgres-programs.ts';

/** The PostgreSQL that Docket runs for itself where it was given none. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Stops the server, with everything on disk. */
  stop(): Promise<void>;
}

/** How long a server may take to come up: after a crash it first works off its log. */
const patienceMs = 60_000;

/** "dock" in ASCII: sets Docket's advisory locks apart from those of others. */
const lockClass = 0x646f636b;

const settings = [
  'listen_addresses=127.0.0.1',
  // No socket file: its path may have 107 bytes at most, and a data folder can lie deeper than that.
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=256MB',
  'max_wal_size=2GB',
  'jit=off',
  'log_timezone=UTC',
  'timezone=UTC',
  'logging_collector=on',
  'log_filename=server-%a.log',
  'log_truncate_on_rotation=on',
  'log_rotation_age=1d',
];

/**
 * Starts PostgreSQL on the data in `folder`, makes it on a first start, or takes over the one that a killed Docket left
 * running. It listens on a free port of 127.0.0.1, with a password that is kept in the folder.
 *
 * @param folder Docket's data folder
 * @throws EmbeddedRefusal where another living Docket holds the data, or the user postgres cannot reach the folder
 */
export async function startEmbedded(folder: string): Promise<EmbeddedPostgres> {
  const data = path.resolve(folder);
  const cluster = path.join(data, 'postgres');
  await makeFolder(data);
  const as = await runner(data, cluster);
  const password = await passwordOf(data, existsSync(cluster), as);
  if (!existsSync(cluster)) await createCluster(data, cluster, as);

  const { port, hold } = await bringUp(cluster, password, as);
  await removeDrafts(data);
  return {
    url: addressOf(port, password),
    async stop() {
      await hold.end();
      await run('pg_ctl', ['stop', '--mode=fast', '--wait', '--timeout=30'], cluster, as);
    },
  };
}

/**
 * The address of the database that a Docket is running on `folder`, for a command beside it; null when none runs there.
 */
export async function runningEmbedded(folder: string): Promise<string | null> {
  const data = path.resolve(folder);
  const server = await running(path.join(data, 'postgres'));
  if (server === null) return null;
  const password = await readFile(path.join(data, 'postgres.password'), 'utf8');
  return addressOf(server.port, password.trim());
}

function addressOf(port: number, password: string): string {
  return `postgresql://docket:${password}@127.0.0.1:${port}/docket`;
}

/** Starts the server or finds it running, and takes the lock that shows that a living Docket uses it. */
async function bringUp(cluster: string, password: string, as: Runner): Promise<{ port: number; hold: pg.Client }> {
  const deadline = Date.now() + patienceMs;
  let unreachableSince: number | null = null;
  for (;;) {
    const server = await running(cluster);
    if (!server) {
      await start(cluster, as, deadline);
      continue;
    }
    const state = await connect(server.port, password);
    if (state instanceof pg.Client) return { port: server.port, hold: await takeHold(state, cluster) };
    if (Date.now() > deadline) {
      throw new EmbeddedRefusal(`PostgreSQL does not come up. Its log is in ${path.join(cluster, 'log')}.`);
    }
    if (state === 'not there') {
      // The process that the file names does not listen: a stranger who was given the number of a server that died.
      unreachableSince ??= Date.now();
      if (Date.now() - unreachableSince > 2_000) await rm(path.join(cluster, 'postmaster.pid'), { force: true });
    }
    await sleep(50);
  }
}

/** The server that `postmaster.pid` names, if that process lives. Its first line is the process, its fourth the port. */
async function running(cluster: string): Promise<{ port: number } | null> {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = (await readFile(file, 'utf8')).split('\n');
  const port = Number(lines[3]);
  return isAlive(Number(lines[0])) && port > 0 ? { port } : null;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function start(cluster: string, as: Runner, deadline: number): Promise<void> {
  const options = [`-p ${await freePort()}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
  const seconds = Math.ceil(patienceMs / 1000);
  const log = path.join(cluster, 'start.log');
  try {
    await run('pg_ctl', ['start', '--wait', `--timeout=${seconds}`, `--log=${log}`, '-o', options], cluster, as);
  } catch (error) {
    // Another start was quicker, the port was taken meanwhile, or processes of a killed server are still going away.
    if (Date.now() < deadline - patienceMs + 10_000) return sleep(200);
    const reason = existsSync(log) ? (await readFile(log, 'utf8')).trim().split('\n').slice(-5).join('\n') : '';
    throw new EmbeddedRefusal(`PostgreSQL does not start on ${cluster}:\n${reason}`, { cause: error });
  }
}

async function connect(port: number, password: string): Promise<pg.Client | 'not there' | 'not ready'> {
  const login = { host: '127.0.0.1', port, user: 'docket', password, application_name: `docket ${process.pid}` };
  const client = new pg.Client({ ...login, database: 'postgres' });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ECONNREFUSED') return 'not there';
    // cannot_connect_now: it is starting up or shutting down. ECONNRESET: it is just gone.
    if (code === '57P03' || code === 'ECONNRESET') return 'not ready';
    throw error;
  }
}

/** A lock that lives as long as this connection, so that no crash can leave it behind. */
async function takeHold(client: pg.Client, cluster: string): Promise<pg.Client> {
  // Losing the server ends the connection; whoever uses the pool is told then.
  client.on('error', () => undefined);
  for (const deadline = Date.now() + 2_000; ; await sleep(100)) {
    const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${lockClass}, 1) as held`);
    if (rows[0]?.held) break;
    if (Date.now() > deadline) {
      const holder = await client.query<{ application_name: string }>(
        `select application_name from pg_stat_activity join pg_locks using (pid)
         where locktype = 'advisory' and granted and classid = ${lockClass} and objid = 1`,
      );
      await client.end();
      const who = holder.rows[0]?.application_name.replace('docket', 'process') ?? 'another process';
      throw new EmbeddedRefusal(
        `Another Docket (${who}) is using the data in ${path.dirname(cluster)}. Stop it first, or set DOCKET_DATA to another folder.`,
      );
    }
  }
  const { rowCount } = await client.query(`select from pg_database where datname = 'docket'`);
  if (rowCount === 0) await client.query('create database docket');
  return client;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
