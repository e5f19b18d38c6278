import { vi } from 'vitest';
import type { Docket } from '../../src/docket.ts';

/** What has work in hand: a Docket, or as much of one as a test needs. */
export type Running = Pick<Docket, 'store' | 'workshop'>;

/** A clock that goes on like any other, and can be set forward. Ahead of the database's, so that nothing is due by itself. */
export class Clock {
  #ahead = Date.parse('2030-01-07T08:00:00Z') - Date.now();

  readonly now = (): Date => new Date(Date.now() + this.#ahead);

  /** Sets the clock forward, while nothing runs. */
  skip(ms: number): void {
    this.#ahead += ms;
  }

  /** Sets the clock forward and has the jobs that are due by then worked. */
  async advance(docket: Running, ms: number): Promise<void> {
    await settled(docket);
    this.skip(ms);
    // The queue goes by the database's clock, which no test can move: what is due by ours is made due by that.
    await docket.store.pool.query(
      'update docket_worker._private_jobs set run_at = now() where run_at > now() and run_at <= $1',
      [this.now()],
    );
    await docket.store.pool.query(`select pg_notify('jobs:insert', '{"r":0,"count":1}')`);
    await settled(docket);
  }
}

/** Resolves when nothing is left to do: all that came in is worked, announced and delivered. */
export async function settled(docket: Running): Promise<void> {
  await vi.waitFor(
    async () => {
      await docket.workshop.idle();
      const { rows } = await docket.store.pool.query<{ left: number }>(
        `select (select count(*) from docket_worker._private_jobs where run_at <= now() and attempts < max_attempts)
              + (select count(*) from inbox where done_at is null) as left`,
      );
      if (Number(rows[0]?.left) > 0) throw new Error('there is still work to be done');
    },
    { timeout: 30_000, interval: 10 },
  );
}
