import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardShows, command, linesUnder, open } from '../conformance/acts.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { discordUser } from '../conformance/discord-client.ts';
import { channelId, guild, guildId } from '../conformance/discord-guild.ts';
import type { User } from '../conformance/user.ts';
import { type Discord, startDiscord } from '../emulators/discord/discord.ts';
import { openTogether, type World } from '../together/world.ts';

let discord: Discord;
let world: World;
let ada: User;
let rita: User;

beforeAll(async () => {
  discord = await startDiscord(guild);
  world = await openTogether([
    {
      ...discordPlatform,
      start: async (startDocket) => {
        await startDocket({ discord: { token: discord.token, guild: guildId, apiUrl: discord.apiUrl } });
        await Promise.all([discord.listening(), discord.registered()]);
        return {
          user: async (handle) => discordUser(discord, handle),
          reconnect: () => discord.listening(),
          stop: () => discord.stop(),
        };
      },
    },
  ]);
  [ada, rita] = await Promise.all([world.user(0, 'ada'), world.user(0, 'rita')]);
});
afterAll(() => world?.close());

const tickets = 10;
const changes = 300;

/** How the gateway is dropped: closed by Discord, told to reconnect, its session taken away, cut, and closed again. */
const drops = [
  () => discord.gateway.drop(4_000),
  () => discord.gateway.reconnect(),
  () => discord.gateway.invalidate(false),
  () => discord.gateway.drop(),
  () => discord.gateway.invalidate(true),
];

test('300 changes with the gateway dropped five times and 429s in between: each is there once, and in order', async () => {
  const numbers: number[] = [];
  for (let nth = 0; nth < tickets; nth++) numbers.push(await open(rita, `in noc Ticket ${nth}`));
  for (const [nth, number] of numbers.entries()) await cardShows(ada, 'noc', number, { subject: `Ticket ${nth}` });
  await world.quiet();

  const { sessions } = discord.core;
  const connections = () => sessions.all.length + sessions.resumed;
  let before = 0;
  for (let nth = 0; nth < changes; nth++) {
    if (nth % 60 === 30) {
      before = connections();
      drops[Math.floor(nth / 60)]?.();
    }
    // Ten changes each fall into the time without a gateway.
    if (nth % 60 === 40) await expect.poll(connections, { timeout: 60_000, interval: 25 }).toBe(before + 1);
    if (nth % 20 === 10) discord.trouble({ status: 429, what: /^POST .*messages/, times: 2, retryAfter: 0.2 });
    // Said in a channel, so that it comes by the gateway; what is said while that is away is found afterwards.
    await ada.say('noc', `#${numbers[nth % tickets]} change-${nth}`);
  }
  await discord.listening();
  await expect
    .poll(
      async () => {
        const { rows } = await world.docket.store.pool.query(
          `select (select count(*)::int from transactions where type = 'comment') as said,
                  (select count(*)::int from deliveries where state = 'waiting') as left`,
        );
        return rows;
      },
      { timeout: 300_000, interval: 250 },
    )
    .toEqual([{ said: changes, left: 0 }]);

  for (const [nth, number] of numbers.entries()) {
    const told = (await linesUnder(ada, 'noc', number)).flatMap((text) => /change-\d+/.exec(text)?.[0] ?? []);
    const history = (await command(ada, `history ${number}`)).text;
    const expected = Array.from({ length: changes / tickets }, (_, round) => `change-${round * tickets + nth}`);
    expect(told).toEqual(expected);
    expect(history).toContain(expected.at(-1));
  }
  expect(discord.posted(channelId('noc'))).toHaveLength(tickets);
  // One session was taken away for good; the others may be resumed, and mostly are.
  expect(sessions.all.length).toBeGreaterThan(1);
  expect(sessions.resumed).toBeGreaterThan(0);
  expect(discord.violations).toEqual([]);
}, 600_000);
