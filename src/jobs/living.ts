import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';

/** "work" in ASCII: sets these advisory locks apart from Docket's others. */
const lockClass = 0x776f726b;

/**
 * Which workers are alive. A process that is killed leaves its jobs locked, and the queue would leave them so for four
 * hours; so each pool of workers holds an advisory lock under its name for as long as its process lives, and the jobs of workers
 * that hold none are released to the others.
 */
export class Living {
  readonly events = new EventEmitter() as WorkerEvents;
  readonly #client: PoolClient;
  readonly #pool: Pool;
  readonly #log: Logger;
  #held: Promise<unknown> = Promise.resolve();

  private constructor(pool: Pool, client: PoolClient, log: Logger) {
    this.#pool = pool;
    this.#client = client;
    this.#log = log;
    // The queue knows the workers of a process by the name of their pool.
    this.events.on('pool:create', ({ workerPool }) => {
      this.#held = this.#held.then(() =>
        this.#client.query('select pg_advisory_lock_shared($1, hashtext($2))', [lockClass, workerPool.id]),
      );
    });
  }

  static async begin(pool: Pool, log: Logger): Promise<Living> {
    return new Living(pool, await pool.connect(), log);
  }

  /** Gives the jobs that dead workers hold back to the queue; `before` is done first, where there are any. */
  async releaseTheDead(before: () => Promise<void>): Promise<void> {
    await this.#held;
    const { rows } = await this.#pool.query<{ worker: string }>(`
      select locked_by as worker from graphile_worker._private_jobs where locked_by is not null
      union
      select locked_by from graphile_worker._private_job_queues where locked_by is not null`);
    const dead: string[] = [];
    for (const { worker } of rows) if (await this.#isDead(worker)) dead.push(worker);
    if (dead.length === 0) return;
    await before();
    await this.#pool.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
    // A job whose key was taken over by a newer one is not tried again: the newer one does what it was to do.
    await this.#pool.query(`select graphile_worker.complete_jobs(array(
      select id from graphile_worker._private_jobs where key is null and locked_at is null and attempts >= max_attempts
    ))`);
    this.#log.info({ workers: dead }, 'jobs of workers that are gone were given back');
  }

  async end(): Promise<void> {
    await this.#held;
    await this.#client.query('select pg_advisory_unlock_all()');
    this.#client.release();
  }

  /** Asked on another connection than the one that holds the locks, for a session's own locks never stand in its way. */
  async #isDead(worker: string): Promise<boolean> {
    const { rows } = await this.#pool.query<{ dead: boolean }>(
      'select pg_try_advisory_xact_lock($1, hashtext($2)) as dead',
      [lockClass, worker],
    );
    return rows[0]?.dead === true;
  }
}
