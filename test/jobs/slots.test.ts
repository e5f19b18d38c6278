import { afterEach, beforeEach, expect, test } from 'vitest';
import { type House, openHouse } from './house.ts';

/** More than one process tells at the same time. */
const places = 8;

const configuration = `
people:
  ada: { name: Ada Okafor, administrator: true }
groups: { staff: [ada] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  noc:
    rights: { staff: [work] }
    feeds: [${Array.from({ length: places }, (_, nth) => `{ place: 'slack:T1/wall${nth}', audience: staff }`).join(', ')}]
`;

let house: House;
let answer = () => {};
beforeEach(async () => {
  house = await openHouse(configuration);
});
afterEach(() => {
  answer();
  return house.close();
});

test('places that do not answer hold up neither announcements nor reminders', async () => {
  house.paper.answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await house.say('ada', 'new in noc Fan is loud');
  // All slots for telling are taken by places that answer to nothing.
  await expect.poll(() => house.paper.notes.length).toBe(6);
  await house.say('ada', 'p90 1');
  await expect.poll(announced).toBe(true);
  await house.store.pool.query(`select wake('remind', '{"ticket": 1, "reminder": 1}', null, 'remind:1:1', 0)`);
  await expect.poll(reminds).toBe(false);
  expect(house.paper.notes).toHaveLength(6);
});

/** Whether all that was done has been announced. */
async function announced(): Promise<boolean> {
  return (await house.store.pool.query('select from unannounced')).rowCount === 0;
}

async function reminds(): Promise<boolean> {
  return (await house.store.pool.query(`select from docket_worker.jobs where key = 'remind:1:1'`)).rowCount !== 0;
}
