import { afterEach, beforeEach, expect, test } from 'vitest';
import { type House, openHouse } from './house.ts';

const hour = 3_600_000;

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

test('a reminder that the clock of the database calls up too early rings when its time has come', async () => {
  await house.say('ada', 'new in noc Fan is loud');
  await house.say('ada', 'remind me 1 1h call back');
  await house.quiet();
  await house.store.pool.query(`update docket_worker._private_jobs set run_at = now() where key = 'remind:1:1'`);
  await house.quiet();
  await house.advance(hour);
  expect(house.paper.read('ada')).toEqual([expect.stringContaining('Reminder')]);
});
