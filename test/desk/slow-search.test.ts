import type { PoolClient } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type House, openHouse } from '../jobs/house.ts';

let house: House;
let holder: PoolClient;
beforeEach(async () => {
  house = await openHouse();
  await house.store.reading.query(`set statement_timeout = '200ms'`);
  holder = await house.store.pool.connect();
});
afterEach(async () => {
  holder.release(true);
  await house.close();
});

/** From now on whatever reads tickets takes for ever. */
async function hold(): Promise<void> {
  await holder.query('begin; lock table tickets in access exclusive mode');
}

test('a search that takes too long is stopped, and says so; what does not search goes on', async () => {
  await hold();
  await house.say('ada', 'list rebooted');
  expect(JSON.stringify(house.paper.answers)).toContain('took more than 5 seconds and was stopped');
  expect(house.paper.answers).toHaveLength(1);
  await house.say('ada', 'help');
  expect(house.paper.answers).toHaveLength(2);
});
