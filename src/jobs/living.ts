import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { WorkerEvents } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import { workerLockClass, workerSchema } from '../store/worker-schema.ts';

/** How soon a connection that broke is asked for again. */
const reconnectMs = 500;

/** After so long a job that was handed out is being worked, or was lost on its way. Seconds. */
const handedOutS = 30;

/**
 * Which workers are alive. A process that is killed leaves its jobs locked, and the queue would leave them so for four
 * hours; so each pool of workers holds an advisory lock under its name for as long as its process lives, and the jobs of workers
 * that hold none are released to the others. Where the connection breaks that holds the lock, it is taken again on another.
 */
export class Living {
  readonly events = new EventEmitter() as WorkerEvents;
  readonly #pool: Pool;
  readonly #log: Logger;
  #workers: string[] = [];
  /** The jobs that are being worked here. */
  readonly #inHand = new Set<string>();
  /** The workers that were dead at the last look. */
  #gone: ReadonlySet<string> = new Set();
  #client: PoolClient | null = null;
  #held: Promise<unknown> = Promise.resolve();
  #ended = false;

  private constructor(pool: Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
    // The queue knows the workers of a process by the name of their pool.
    this.events.on('pool:create', ({ workerPool }) => {
      this.#workers.push(workerPool.id);
      this.#held = this.#held.then(() => this.#holdToo(workerPool.id));
    });
    this.events.on('job:start', ({ job }) => this.#inHand.add(job.id));
    this.events.on('job:complete', ({ job }) => this.#inHand.delete(job.id));
  }

  static async begin(pool: Pool, log: Logger): Promise<Living> {
    const living = new Living(pool, log);
    await living.#connect();
    return living;
  }

  /**
   * Gives the jobs that dead workers hold back to the queue; `before` is done first, with their names, where there are any.
   *
   * @param twice leaves those that were alive at the look before: where only its connection broke, a process holds its lock
   *   again in a moment
   */
  async releaseTheDead(before: (workers: readonly string[]) => Promise<void>, twice = false): Promise<void> {
    await this.#held;
    const { rows } = await this.#pool.query<{ worker: string }>(
      `select distinct locked_by as worker from ${workerSchema}.jobs where locked_by is not null`,
    );
    const gone: string[] = [];
    for (const { worker } of rows) if (await this.#isDead(worker)) gone.push(worker);
    const dead = gone.filter((worker) => !twice || this.#gone.has(worker));
    this.#gone = new Set(gone);
    if (dead.length === 0) return;
    await before(dead);
    await this.#unlock(dead);
    // A job whose key was taken over by a newer one is not tried again: the newer one does what it was to do.
    await this.#pool.query(`select ${workerSchema}.complete_jobs(array(
      select id from ${workerSchema}.jobs where key is null and locked_at is null and attempts >= max_attempts
    ))`);
    this.#log.info({ workers: dead }, 'jobs of workers that are gone were given back');
  }

  /**
   * How many jobs the queue handed to the workers of this process by an answer that never came, because the connection
   * broke. Nobody works them, and as long as they are locked, neither does anybody work what waits behind them.
   */
  async lost(): Promise<number> {
    const { rows } = await this.#pool.query<{ lost: number }>(
      `select count(*)::int as lost from ${workerSchema}.jobs
       where locked_by = any($1::text[]) and id <> all($2::bigint[]) and locked_at < now() - make_interval(secs => $3)`,
      [this.#workers, [...this.#inHand], handedOutS],
    );
    return rows[0]?.lost ?? 0;
  }

  /** The workers of this process so far, which are to be replaced by others: see `retire`. */
  get workers(): readonly string[] {
    return [...this.#workers];
  }

  /** Gives back whatever is still locked by workers of this process that have stopped. */
  async retire(workers: readonly string[]): Promise<void> {
    this.#workers = this.#workers.filter((worker) => !workers.includes(worker));
    await this.#unlock(workers);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#held;
    // The locks go with their connection.
    this.#client?.release(true);
    this.#client = null;
  }

  async #unlock(workers: readonly string[]): Promise<void> {
    await this.#pool.query(`select ${workerSchema}.force_unlock_workers($1::text[])`, [workers]);
  }

  async #connect(): Promise<void> {
    const client = await this.#pool.connect();
    client.on('error', (error) => this.#lose(client, error));
    try {
      await this.#hold(client, this.#workers);
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#client = client;
  }

  async #hold(client: PoolClient, workers: readonly string[]): Promise<void> {
    for (const worker of workers) {
      await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [workerLockClass, worker]);
    }
  }

  /** Where it fails, the connection that holds all the others is given up, and all are held on a new one. */
  async #holdToo(worker: string): Promise<void> {
    const client = this.#client;
    if (client === null) return; // Whoever connects just now holds it as well.
    try {
      await this.#hold(client, [worker]);
    } catch (error) {
      this.#lose(client, error instanceof Error ? error : new Error(String(error)));
    }
  }

  #lose(client: PoolClient, error: Error): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.release(error);
    this.#held = this.#connectAgain();
  }

  async #connectAgain(): Promise<void> {
    while (!this.#ended) {
      try {
        return await this.#connect();
      } catch (error) {
        this.#log.warn({ err: error }, 'the database does not answer yet; the workers cannot show that they are alive');
        await setTimeout(reconnectMs);
      }
    }
  }

  /** Asked on another connection than the one that holds the locks, for a session's own locks never stand in its way. */
  async #isDead(worker: string): Promise<boolean> {
    const { rows } = await this.#pool.query<{ dead: boolean }>(
      'select pg_try_advisory_xact_lock($1, hashtext($2)) as dead',
      [workerLockClass, worker],
    );
    return rows[0]?.dead === true;
  }
}
