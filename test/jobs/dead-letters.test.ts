import { afterEach, beforeEach, expect, test } from 'vitest';
import { Rejected, type View } from '../../connectors/connector.ts';
import { dropFailures, failures, retryFailures } from '../../src/store/failures.ts';
import { plain } from '../../src/ticket/text.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const isPoison = (view: View) => view.view === 'line' && plain(view.body).includes('poison');

async function lettersAndLines() {
  const letters = await failures(house.store, 'deliveries', 10);
  return { letters: letters.map(({ what, error }) => `${what}: ${error}`), noc: house.paper.read('noc') };
}

test('what a platform rejects for good holds up nothing, and the administrators are told once', async () => {
  house.paper.refuses = (view) => (isPoison(view) ? new Rejected('Slack says msg_too_long') : null);
  await house.say('ada', 'new in noc Fan is loud');
  for (const words of ['before', 'poison one', 'between', 'poison two', 'after']) {
    await house.say('ada', `comment 1 ${words}`);
  }
  await house.quiet();
  expect((await lettersAndLines()).noc).toEqual([
    'card 1 p0',
    ...['before', 'between', 'after'].map((words) => `line Ada Okafor commented: ${words}`),
  ]);
  expect((await lettersAndLines()).letters).toEqual([
    'line of #1 for slack:T1/wall: Slack says msg_too_long',
    'line of #1 for slack:T1/noc: Slack says msg_too_long',
    'line of #1 for slack:T1/wall: Slack says msg_too_long',
    'line of #1 for slack:T1/noc: Slack says msg_too_long',
  ]);
  expect(house.paper.read('alex')).toEqual([expect.stringContaining('could not be delivered')]);
  expect(house.paper.read('alex')[0]).toContain('docket deliveries failed');
});

test('a dead letter that is tried again is told once; one that is dropped, never', async () => {
  house.paper.refuses = (view) => (isPoison(view) ? new Rejected('Slack says msg_too_long') : null);
  await house.say('ada', 'new in noc Fan is loud');
  for (const words of ['poison one', 'poison two']) await house.say('ada', `comment 1 ${words}`);
  await house.quiet();
  const [, two, , one] = (await failures(house.store, 'deliveries', 10)).map(({ id }) => id);
  house.paper.refuses = () => null;
  expect(await dropFailures(house.store, 'deliveries', [two ?? 0])).toBe(1);
  expect(await retryFailures(house.store, 'deliveries', [one ?? 0])).toBe(1);
  expect(await retryFailures(house.store, 'deliveries', [two ?? 0])).toBe(0);
  await house.jobs.recover();
  await house.quiet();
  expect((await lettersAndLines()).noc).toEqual(['card 1 p0', 'line Ada Okafor commented: poison one']);
  expect(await retryFailures(house.store, 'deliveries', null)).toBe(2);
});

test('what is refused for a reason that nobody foresaw is given up after some minutes, and the rest goes on', async () => {
  house.paper.refuses = (view) => (isPoison(view) ? new Error('brand_new_error') : null);
  await house.say('ada', 'new in noc Fan is loud');
  for (const words of ['poison', 'after']) await house.say('ada', `comment 1 ${words}`);
  await house.quiet();
  expect(house.paper.read('noc')).toEqual(['card 1 p0']);
  for (let nth = 0; nth < 31; nth++) await house.advance(10_000);
  expect(house.paper.read('noc')).toEqual(['card 1 p0', 'line Ada Okafor commented: after']);
  expect(await house.store.pool.query('select from parked')).toMatchObject({ rowCount: 0 });
});
