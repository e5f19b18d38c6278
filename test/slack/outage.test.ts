import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardShows, command, linesUnder, open } from '../conformance/acts.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const tickets = 10;
const changes = 300;

/** How Slack is away: for so many milliseconds each, a minute in all. */
const outage = [
  ['refuse', 20_000],
  [500, 20_000],
  [429, 20_000],
] as const;

test('after a minute without Slack every line of 300 changes is there once, in order, and each card is right', async () => {
  const { slack, docket, ada, rita } = world;
  const numbers: number[] = [];
  for (let nth = 0; nth < tickets; nth++) numbers.push(await open(rita, `in noc Ticket ${nth}`));
  const [first = 0] = numbers;
  for (const [nth, number] of numbers.entries()) await cardShows(ada, 'noc', number, { subject: `Ticket ${nth}` });

  const away = (async () => {
    for (const [how, ms] of outage) {
      await slack.down(how);
      await setTimeout(ms);
    }
    await slack.up();
  })();
  for (let nth = 0; nth < changes; nth++) {
    await rita.slash('lobby', `reply ${numbers[nth % tickets]} change-${nth}`);
  }
  await away;
  await expect
    .poll(
      async () =>
        (await docket.store.pool.query(`select count(*)::int as left from deliveries where state = 'waiting'`)).rows,
      { timeout: 300_000, interval: 250 },
    )
    .toEqual([{ left: 0 }]);

  for (const [nth, number] of numbers.entries()) {
    const lines = (await linesUnder(ada, 'noc', number)).flatMap((text) => /change-\d+/.exec(text)?.[0] ?? []);
    const expected = Array.from({ length: changes / tickets }, (_, round) => `change-${round * tickets + nth}`);
    expect(lines).toEqual(expected);
  }
  const cards = (await ada.cards('noc')).map(({ card }) => card?.ticket);
  expect(cards.toSorted()).toEqual(numbers.toSorted());
  // The socket is back, too, within ten seconds.
  await slack.connected();
  await command(ada, `resolve ${first}`);
  await cardShows(ada, 'noc', first, { status: 'resolved' });
  expect(slack.violations).toEqual([]);
}, 480_000);
