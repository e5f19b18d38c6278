import { afterEach, beforeEach, expect, test } from 'vitest';
import { Living } from '../../src/jobs/living.ts';
import { interrupted } from '../../src/store/deliveries.ts';
import { silent } from '../store/samples.ts';
import { type House, openHouse } from './house.ts';

let house: House;
/** The keys of what was posted, each with whether it may have been posted before. */
let posts: { key: string; again: boolean }[];
beforeEach(async () => {
  house = await openHouse();
  posts = [];
  const post = house.paper.post.bind(house.paper);
  house.paper.post = async (to, view, key, again = false) => {
    const id = await post(to, view, key);
    posts.push({ key, again });
    return id;
  };
});
afterEach(() => house.close());

test('what a process had in hand that was killed is looked for by whichever process tells it next', async () => {
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  // A worker that was killed with a job of one of the two places in hand.
  await house.store.pool.query(`
    select docket_worker.add_job('deliver', json_build_object('place', min(place_id)), 'deliver:place:' || min(place_id),
      job_key => 'deliver:place:' || min(place_id) || ':0') from cards;
    update docket_worker._private_jobs set locked_at = now(), locked_by = 'killed' where key like 'deliver:place:%:0';
    update docket_worker._private_job_queues set locked_at = now(), locked_by = 'killed'
    where id in (select job_queue_id from docket_worker._private_jobs where locked_by = 'killed')`);
  posts.length = 0;
  await house.say('ada', 'comment 1 Bearing is worn');
  await expect.poll(() => posts).toHaveLength(1);
  const other = await Living.begin(house.store.pool, silent);
  await other.releaseTheDead((workers) => interrupted(house.store, workers));
  await other.end();
  await house.quiet();
  expect(posts.map(({ again }) => again)).toEqual([false, true]);
});

test('what was told while the database was away is not told blindly again when it is back', async () => {
  const { pool } = house.store;
  const query = pool.query.bind(pool);
  let breaks = true;
  let away = false;
  pool.query = ((...asked: Parameters<typeof query>) =>
    away ? Promise.reject(new Error('Connection terminated unexpectedly')) : query(...asked)) as typeof query;
  const post = house.paper.post;
  house.paper.post = async (...what) => {
    const id = await post(...what);
    if (breaks) {
      breaks = false;
      away = true;
      setTimeout(() => {
        away = false;
      }, 1_000);
    }
    return id;
  };
  await house.say('ada', 'new in noc Fan is loud');
  await expect.poll(() => breaks || away, { timeout: 5_000 }).toBe(false);
  await house.quiet();
  await house.advance(60_000);
  const known = new Set<string>();
  const blind = posts.filter(({ key, again }) => (known.has(key) ? !again : !known.add(key)));
  expect(blind).toEqual([]);
});
