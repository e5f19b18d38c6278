import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, isTold, linesUnder, open } from '../conformance/acts.ts';
import { consolePlatform } from '../conformance/console.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { slackPlatform } from '../conformance/slack.ts';
import type { User } from '../conformance/user.ts';
import { openTogether, type World } from './world.ts';

let world: World;
let ada: User;
/** At the console, in Slack and in Discord: the last two take less in one message. */
let readers: readonly User[];
beforeAll(async () => {
  world = await openTogether([discordPlatform, slackPlatform('socket'), consolePlatform]);
  ada = await world.user(2, 'ada');
  readers = await Promise.all([0, 1, 2].map((platform) => world.user(platform, 'bo')));
});
afterAll(() => world?.close());

const entries = Array.from({ length: 300 }, (_, nth) => nth + 1);
const log = entries.map((nth) => `entry ${nth} of the log, and all is well`).join('\n');

test('a text that takes several messages is told whole on each platform, and all of them follow it', async () => {
  const ticket = await open(ada, 'in noc The log is long');
  const said = await ada.say('lobby', `#${ticket} ${log}`);
  for (const bo of readers) {
    await isTold(bo, 'noc', ticket, 'entry 300 of the log');
    const told = (await linesUnder(bo, 'noc', ticket)).join('\n');
    expect([...told.matchAll(/entry (\d+) of/g)].map(([, nth]) => Number(nth))).toEqual(entries);
    expect(told).not.toContain('the whole');
  }

  await ada.edit(said, `#${ticket} it is short now`);
  for (const bo of readers) {
    await isTold(bo, 'noc', ticket, 'it is short now');
    await isGone(bo, ticket);
  }

  await ada.edit(said, `#${ticket} ${log}`);
  for (const bo of readers) await isTold(bo, 'noc', ticket, 'entry 300 of the log');
  await ada.delete(said);
  for (const bo of readers) await isGone(bo, ticket);
});

async function isGone(user: User, ticket: number): Promise<void> {
  await eventually(user, async () => {
    expect((await linesUnder(user, 'noc', ticket)).join('\n')).not.toContain('of the log');
  });
}
