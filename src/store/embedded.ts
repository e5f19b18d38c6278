import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AuthenticationRefused, type Client } from './client.ts';
import { createCluster, makeFolder, passwordOf, removeDrafts } from './cluster.ts';
import { moveDatabase } from './move-database.ts';
import { applicationUrl, bootstrapUrl, connectAsBootstrap, type Login } from './own-database.ts';
import { EmbeddedRefusal, type Runner, run, runner } from './postgres-programs.ts';
import { type Address, chooseAddress, patienceMs, runningServer, startServer } from './postmaster.ts';

/** The PostgreSQL that Docket runs for itself where it was given none. */
export interface EmbeddedPostgres {
  /** Docket's database, as the plain role that owns it. */
  readonly url: string;
  /** The same as a superuser, for what Docket itself never does: see the tests and the bench. */
  readonly superuserUrl: string;
  /** Stops the server, with everything on disk. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly log: Logger;
  /** Tells whoever waits for the start what takes long. */
  readonly say?: (line: string) => void;
}

/** "dock" in ASCII: sets Docket's advisory locks apart from those of others. */
const lockClass = 0x646f636b;

/** How soon a server that could not be started again is tried again. Milliseconds. */
const againMs = 5_000;

/**
 * Starts PostgreSQL on the data in `folder`, makes it on a first start, or takes over the one that a killed Docket left
 * running. A server that ends while Docket runs is started again at the same address.
 *
 * @param folder Docket's data folder
 * @throws EmbeddedRefusal where another living Docket holds the data, or the user that PostgreSQL runs as cannot reach the folder
 */
export async function startEmbedded(
  folder: string,
  { log, say = () => {} }: EmbeddedOptions,
): Promise<EmbeddedPostgres> {
  const data = path.resolve(folder);
  const cluster = path.join(data, 'postgres');
  await makeFolder(data);
  const as = await runner(data, cluster);
  const isFirst = !existsSync(cluster);
  say(isFirst ? 'Starting PostgreSQL (the first start takes about 20 seconds) …' : 'Starting PostgreSQL …');
  const password = await passwordOf(data, !isFirst, as);
  if (isFirst) await createCluster(data, cluster, as);

  const { login, hold } = await bringUp(cluster, password, as);
  try {
    await moveDatabase(hold, login, say);
  } catch (error) {
    await hold.end();
    throw error;
  }
  await removeDrafts(data);
  const end = supervise(hold, () => bringUp(cluster, password, as, login.address), log);
  return {
    url: applicationUrl(login),
    superuserUrl: bootstrapUrl(login),
    async stop() {
      await end();
      try {
        await run('pg_ctl', ['stop', '-D', cluster, '--mode=fast', '--wait', '--timeout=30'], cluster, as);
      } catch (error) {
        // One that was killed just now has nothing left to stop.
        if ((await runningServer(cluster)) !== null) throw error;
      }
    },
  };
}

/**
 * The address of the database that a Docket is running on `folder`, for a command beside it; null when none runs there.
 */
export async function runningEmbedded(folder: string): Promise<string | null> {
  const data = path.resolve(folder);
  const address = await runningServer(path.join(data, 'postgres'));
  if (address === null) return null;
  const password = await readFile(path.join(data, 'postgres.password'), 'utf8');
  return applicationUrl({ address, password: password.trim() });
}

interface Held {
  readonly login: Login;
  readonly hold: Client;
}

/**
 * Starts the server or finds it running, and takes the lock that shows that a living Docket uses it.
 *
 * @param at where it has to listen; without it, wherever it does
 */
async function bringUp(cluster: string, password: string, as: Runner, at?: Address): Promise<Held> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const address = await runningServer(cluster);
    if (address === null) {
      await startServer(cluster, at ?? (await chooseAddress(cluster)), as, deadline);
      continue;
    }
    const login = { address: at ?? address, password };
    const hold = await connect(login);
    if (hold !== null) return { login, hold: await takeHold(hold, cluster) };
    if (Date.now() > deadline) {
      throw new EmbeddedRefusal(`PostgreSQL does not come up. Its log is in ${path.join(cluster, 'log')}.`);
    }
    await sleep(50);
  }
}

/** Null: it is starting up, shutting down, or just gone. */
async function connect(login: Login): Promise<Client | null> {
  try {
    return await connectAsBootstrap(login, 'postgres');
  } catch (error) {
    if (error instanceof AuthenticationRefused) throw error;
    const { code, message } = error as { code?: string; message: string };
    // 57P03: cannot connect now.
    const passes = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', '57P03'];
    if (passes.includes(code ?? '') || /terminated unexpectedly/.test(message)) return null;
    throw error;
  }
}

/** A lock that lives as long as this connection, so that no crash can leave it behind. */
async function takeHold(client: Client, cluster: string): Promise<Client> {
  for (const deadline = Date.now() + 2_000; ; await sleep(100)) {
    const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${lockClass}, 1) as held`);
    if (rows[0]?.held) return client;
    if (Date.now() > deadline) break;
  }
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

/**
 * Watches a server by the connection that holds its lock, and brings it up again when it has gone, as when the system ran
 * out of memory and killed it.
 *
 * @returns what ends that, and the connection with it
 */
function supervise(first: Client, bringUpAgain: () => Promise<Held>, log: Logger): () => Promise<void> {
  let hold: Client | null = null;
  let ending = false;
  let restarting: Promise<void> = Promise.resolve();

  const watch = (client: Client) => {
    hold = client;
    client.once('end', () => {
      hold = null;
      if (!ending) restarting = restart();
    });
  };
  const restart = async () => {
    log.error('Lost PostgreSQL. Starting it again if it has ended');
    while (!ending) {
      try {
        watch((await bringUpAgain()).hold);
        return log.info('PostgreSQL is running again');
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL could not be started again; trying once more');
        await sleep(againMs);
      }
    }
  };
  watch(first);
  return async () => {
    ending = true;
    await restarting;
    await hold?.end();
  };
}
