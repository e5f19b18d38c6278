import { afterEach, beforeEach, expect, test } from 'vitest';
import { home } from '../../src/desk/home.ts';
import { remindersView } from '../../src/desk/reminders.ts';
import { actor } from '../../src/store/people.ts';
import { type House, openHouse } from '../jobs/house.ts';

/** More than are listed at once. */
const many = 21;

let house: House;
let ada: number;
beforeEach(async () => {
  house = await openHouse();
  const { rows } = await house.store.pool.query(`select id from people where name = 'ada'`);
  ada = rows[0].id;
});
afterEach(() => house.close());

test('reminders on tickets that somebody may not see any more neither hide theirs nor count', async () => {
  await house.say('ada', 'new in noc Hidden by now');
  await house.say('ada', 'new in noc Still to be seen');
  for (let n = 0; n < many; n++) await house.say('ada', `remind me 1 ${n + 1}h hidden`);
  await house.say('ada', 'remind me 2 3d visible');
  await house.store.pool.query(`update tickets set queue = 'gone' where id = 1`);

  const reader = await actor(house.store, ada);
  const listed = JSON.stringify(await remindersView(house.desk, reader));
  expect(listed).toContain('Still to be seen');
  expect(listed).not.toMatch(/Hidden by now|are shown/);
  const who = { platform: 'slack', workspace: 'T1', sender: { id: 'ada', name: 'ada' } };
  expect(JSON.stringify((await home(house.desk, who)).reminders)).toMatch(/Still to be seen/);
});
