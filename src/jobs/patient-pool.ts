import type { Pool, PoolClient } from 'pg';
import { isConnectionLoss } from '../store/pool.ts';
import { patiently } from './patiently.ts';

/**
 * The pool as the job queue is given it. The queue (graphile-worker 0.17) tells the database that a job is done without
 * waiting for the answer, so that a database which is away just then would end the process, and leave the job's place locked.
 * Here the first statement on a connection is asked again until the database answers; the later ones are not, for they may
 * stand in a transaction.
 */
export class PatientPool {
  #ended = false;
  /** For the queue. Its listener, which connects again by itself, gets a connection of the pool's own. */
  readonly pool: Pool;

  constructor(pool: Pool) {
    const connect = (callback?: Parameters<Pool['connect']>[0]) =>
      callback === undefined ? this.#connect(pool) : pool.connect(callback);
    this.pool = Object.create(pool, { connect: { value: connect } });
  }

  /** From now on what fails has failed. */
  end(): void {
    this.#ended = true;
  }

  async #connect(pool: Pool): Promise<Pick<PoolClient, 'query' | 'release'>> {
    let client: PoolClient | null = await this.#borrow(pool);
    let first = true;
    const say = async (...statement: Parameters<PoolClient['query']>): Promise<unknown> => {
      client ??= await this.#borrow(pool);
      try {
        return await client.query(...statement);
      } catch (error) {
        if (isConnectionLoss(error)) {
          client.release(true);
          client = null;
        }
        throw error;
      }
    };
    const query = (...statement: Parameters<PoolClient['query']>): Promise<unknown> => {
      const again = first;
      first = false;
      return again ? this.#patiently(() => say(...statement)) : say(...statement);
    };
    return { query, release: () => client?.release() } as Pick<PoolClient, 'query' | 'release'>;
  }

  /**
   * A pool that ends serves nobody who still waits, and refuses them after its time limit. The queue does not await that a
   * job is done, so such a refusal would be an unhandled rejection: it never settles instead. The job is worked again at the
   * next start.
   */
  async #borrow(pool: Pool): Promise<PoolClient> {
    try {
      return await this.#patiently(() => pool.connect());
    } catch (error) {
      if (pool.ending) return new Promise<never>(() => {});
      throw error;
    }
  }

  #patiently<T>(attempt: () => Promise<T>): Promise<T> {
    return patiently(attempt, () => this.#ended);
  }
}
