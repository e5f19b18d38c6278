import { afterEach, beforeEach, expect, test } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

test('a job that the queue handed out by an answer that never came is given back', async () => {
  const { pool } = house.store;
  const connect = pool.connect.bind(pool) as () => Promise<import('pg').PoolClient>;
  let lost = 0;
  pool.connect = (async (...asked: never[]) => {
    if (asked.length > 0) return (connect as (...asked: never[]) => unknown)(...asked);
    const client = await connect();
    const query = client.query.bind(client) as (...asked: unknown[]) => Promise<{ rowCount: number }>;
    return Object.create(client, {
      query: {
        value: async (...said: unknown[]) => {
          const answer = await query(...said);
          const handsOut = JSON.stringify(said[0]).includes('skip locked') && answer.rowCount > 0;
          if (!handsOut || lost > 0) return answer;
          lost++;
          throw new Error('Connection terminated unexpectedly');
        },
      },
      release: { value: () => client.release() },
    });
  }) as typeof pool.connect;
  await house.say('ada', 'new in noc Fan is loud');
  await expect.poll(() => lost).toBe(1);
  await pool.query(`update docket_worker._private_jobs set locked_at = locked_at - interval '1 minute'`);
  await house.jobs.recover();
  await expect.poll(() => house.paper.read('noc'), { timeout: 5_000 }).toEqual(['card 1 p0']);
});

test('a job that is being worked is not given back, however long it takes', async () => {
  let answer = () => {};
  house.paper.answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await house.say('ada', 'new in noc Fan is loud');
  await expect.poll(() => house.paper.read('noc')).toHaveLength(1);
  const locked = async () => {
    const { rows } = await house.store.pool.query(
      `select key from docket_worker._private_jobs where locked_at is not null and key like 'deliver%' order by key`,
    );
    return rows;
  };
  const before = await locked();
  await house.store.pool.query(`update docket_worker._private_jobs set locked_at = locked_at - interval '1 minute'`);
  await house.jobs.recover();
  expect(await locked()).toEqual(before);
  answer();
  await house.quiet();
});
