import { setTimeout } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';

/**
 * Does what only one process on the database may do at a time, such as keeping a gateway session or a sync: while another
 * does it, this one waits for its turn. `signal` says when to end; the next one waits for the end for a moment, and no
 * longer. When `run` ends or fails by itself, it gets another turn a little later.
 *
 * @param name of what is done, the same in every process
 * @returns what ends it; resolves when `run` has ended and another process has its turn
 */
export type Alone = (name: string, run: (signal: AbortSignal) => Promise<void>) => () => Promise<void>;

/** "only" in ASCII: sets these advisory locks apart from Docket's others. */
const lockClass = 0x6f6e6c79;

/** How often the lock is asked for while another has it, and the connection that holds it is looked after. */
const askMs = 1_000;
/** How long the database may take to answer before the lock counts as lost. */
const answerMs = 3_000;
/** What a process that has lost the lock is given to end, before the next one begins. */
const graceMs = 2_000;

/**
 * A process that is killed loses its connection, and the lock with it, at once. Where its whole machine is gone, the
 * database has to find out: after ten seconds of silence it drops the connection. The one that holds the lock looks after
 * its connection more often than that, so that it has ended before another begins.
 */
const findOut = `set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;
set tcp_user_timeout = 10000`;

/** Turns by an advisory lock of the database, each on a connection of its own: the lock is gone when that is. */
export function alone(pool: Pool, log: Logger): Alone {
  return (name, run) => {
    const ending = new AbortController();
    const ended = takeTurns(pool, log.child({ lease: name }), name, run, ending.signal);
    return () => {
      ending.abort();
      return ended;
    };
  };
}

async function takeTurns(
  pool: Pool,
  log: Logger,
  name: string,
  run: (signal: AbortSignal) => Promise<void>,
  ending: AbortSignal,
): Promise<void> {
  while (!ending.aborted) {
    try {
      await onConnection(pool, ending, async (client, signal) => {
        await ourTurn(client, name, signal);
        if (signal.aborted) return;
        log.info('it is the turn of this process');
        await run(signal);
      });
    } catch (error) {
      log.warn({ err: error }, 'what this process did alone has failed; it is tried again');
    }
    await pause(askMs, ending);
  }
}

/** Gives `use` a connection with a signal that is raised when it is lost, and when all is to end. */
async function onConnection(
  pool: Pool,
  ending: AbortSignal,
  use: (client: PoolClient, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  const lost = new AbortController();
  const lose = () => lost.abort();
  client.on('error', lose).on('end', lose);
  const over = new AbortController();
  try {
    await client.query(findOut);
    const watched = watch(client, lost, AbortSignal.any([over.signal, lost.signal]));
    await use(client, AbortSignal.any([ending, lost.signal])).finally(() => over.abort());
    await watched;
    if (!lost.signal.aborted) await client.query('select pg_advisory_unlock_all()');
  } finally {
    client.release(true);
  }
}

/** Raises `lost` when the database does not answer on this connection any more. */
async function watch(client: PoolClient, lost: AbortController, over: AbortSignal): Promise<void> {
  for (;;) {
    await pause(askMs, over);
    if (over.aborted) return;
    const silence = setTimeout(answerMs, 'silent', { ref: false });
    const heard = await Promise.race([client.query('select 1').catch(() => 'broken'), silence]);
    if (heard === 'silent' || heard === 'broken') lost.abort();
  }
}

/** Resolves when this connection holds the lock, or the signal is raised. */
async function ourTurn(client: PoolClient, name: string, signal: AbortSignal): Promise<void> {
  for (let others = false; !signal.aborted; others = true) {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as held', [
      lockClass,
      name,
    ]);
    if (rows[0]?.held === true) return others ? pause(graceMs, signal) : undefined;
    await pause(askMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
