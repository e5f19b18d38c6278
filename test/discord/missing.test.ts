import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cardOf, eventually, isTold, linesUnder, open } from '../conformance/acts.ts';
import { configuration } from '../conformance/configuration.ts';
import { consolePlatform } from '../conformance/console.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { channelId, guildId, userId } from '../conformance/discord-guild.ts';
import { wordsOf } from './at-client.ts';
import { openWorld, type World } from './world.ts';

const noc = channelId('noc');

let world: World;
beforeAll(async () => {
  world = await openWorld({}, { yaml: configuration(discordPlatform, consolePlatform) });
});
afterAll(async () => {
  await world?.close();
  expect(world?.discord.violations).toEqual([]);
});

/** What the administrator was told before a test. */
let before: number;
const warnings = async () => {
  const { discord, docket } = world;
  const { rows } = await docket.store.pool.query(
    `select view::text from console_messages where channel = '@admin' and view::text like '%cannot be told%' order by id`,
  );
  const direct = discord.posted(discord.world.direct(userId('admin')).id).map((message) => wordsOf(discord, message));
  return [...direct.filter((text) => text.includes('cannot be told')), ...rows.map(({ view }) => String(view))];
};
beforeEach(async () => {
  before = (await warnings()).length;
});
const warned = async () => (await warnings()).length - before;
const parked = async () =>
  (await world.docket.store.pool.query(`select from parked where key not like 'person:%'`)).rowCount;

async function ticketWithCard(subject: string): Promise<{ ticket: number; card: string }> {
  const ticket = await open(world.ada, `in noc ${subject}`);
  const { id } = await eventually(world.ada, () => cardOf(world.ada, 'noc', ticket));
  await world.quiet();
  return { ticket, card: id };
}

/** What Docket was refused since then, in the channel of the feed or a thread of it. */
const refusedSince = (calls: number) =>
  world.discord.calls.slice(calls).filter(({ status, method }) => method !== 'GET' && status > 400 && status < 500);

async function comments(ticket: number, words: string): Promise<void> {
  for (const nth of [1, 2, 3]) await world.ada.slash('lobby', `comment ${ticket} ${words}-${nth}`);
}

async function cameInOrder(ticket: number, words: string): Promise<void> {
  await isTold(world.ada, 'noc', ticket, new RegExp(`${words}-1[\\s\\S]*${words}-2[\\s\\S]*${words}-3`));
  await world.quiet();
  const told = await linesUnder(world.ada, 'noc', ticket);
  expect(told.filter((line) => line.includes(words))).toHaveLength(3);
  expect(await parked()).toBe(0);
}

test('a thread that was archived is opened again for what comes', async () => {
  const { ticket, card } = await ticketWithCard('Asleep');
  await comments(ticket, 'before-sleep');
  await cameInOrder(ticket, 'before-sleep');
  world.discord.administrator.setThread(card, { archived: true });
  await comments(ticket, 'after-sleep');
  await cameInOrder(ticket, 'after-sleep');
  expect(world.discord.channel(card).thread?.archived).toBe(false);
});

test('where Docket may manage threads a locked one takes what comes', async () => {
  const { ticket, card } = await ticketWithCard('Locked for others');
  await comments(ticket, 'before-lock');
  await cameInOrder(ticket, 'before-lock');
  world.discord.administrator.setThread(card, { archived: true, locked: true });
  await comments(ticket, 'after-lock');
  await cameInOrder(ticket, 'after-lock');
});

test('where it may not, the administrator hears once that the thread is locked; unlocked, it takes what waited in order', async () => {
  const { discord } = world;
  const { ticket, card } = await ticketWithCard('Locked for all');
  await comments(ticket, 'while-open');
  await cameInOrder(ticket, 'while-open');
  discord.administrator.deny(noc, ['ManageThreads']);
  discord.administrator.setThread(card, { archived: true, locked: true });
  const calls = discord.calls.length;
  await comments(ticket, 'while-locked');
  await expect.poll(warned).toBe(1);
  await world.quiet();
  expect(await warned()).toBe(1);
  expect((await warnings()).at(-1)).toMatch(new RegExp(`${noc}[\\s\\S]*locked[\\s\\S]*Unlock`));
  expect(refusedSince(calls).length).toBeLessThan(4);
  discord.administrator.setThread(card, { archived: false, locked: false });
  await cameInOrder(ticket, 'while-locked');
  expect(await warned()).toBe(1);
  discord.administrator.allow(noc, ['ManageThreads']);
});

test('what Docket’s role is not allowed any more is named too; what waited comes when the role may again', async () => {
  const { discord } = world;
  const { ticket } = await ticketWithCard('Less allowed');
  const guild = discord.world.guilds.get(guildId);
  const own = [...(guild?.roles.values() ?? [])].find(({ name }) => name === 'docket');
  if (guild === undefined || own === undefined) throw new Error('Docket has no role');
  const everyone = guild.roles.get(guildId);
  if (everyone === undefined) throw new Error('there is no @everyone');
  const sending = (1n << 11n) | (1n << 38n);
  for (const role of [own, everyone]) discord.world.role(guild, { ...role, permissions: role.permissions & ~sending });
  await comments(ticket, 'less-allowed');
  await expect.poll(warned).toBe(1);
  expect((await warnings()).at(-1)).toMatch(/Send Messages/);
  discord.world.role(guild, own);
  await cameInOrder(ticket, 'less-allowed');
  discord.world.role(guild, everyone);
  expect(await warned()).toBe(1);
});

test.each([
  ['SendMessagesInThreads', /Send Messages in Threads/],
  ['ViewChannel', /View Channel/],
] as const)(
  'a permission that is missing is named to the administrator once, with the channel; given, what waited comes: %s',
  async (permission, named) => {
    const { discord } = world;
    const { ticket } = await ticketWithCard(`Without ${permission}`);
    discord.administrator.deny(noc, [permission]);
    const calls = discord.calls.length;
    await comments(ticket, `without-${permission}`);
    await expect.poll(warned).toBe(1);
    await world.quiet();
    expect((await warnings()).at(-1)).toMatch(named);
    expect((await warnings()).at(-1)).toContain(noc);
    expect(refusedSince(calls).length).toBeLessThan(4);
    discord.administrator.allow(noc, [permission]);
    await cameInOrder(ticket, `without-${permission}`);
    expect(await warned()).toBe(1);
  },
);

test('of a bot that was thrown out the administrator hears once; invited again, it tells all that waited', async () => {
  const { discord } = world;
  const { ticket } = await ticketWithCard('Thrown out');
  const calls = discord.calls.length;
  discord.administrator.kick(guildId);
  await world.quiet();
  const sue = await world.atConsole('sue');
  for (const nth of [1, 2, 3]) await sue.slash('lobby', `comment ${ticket} thrown-out-${nth}`);
  await expect.poll(warned).toBe(1);
  await world.quiet();
  expect(await warned()).toBe(1);
  expect(refusedSince(calls).length).toBeLessThan(4);
  discord.administrator.invite(guildId);
  discord.administrator.allow(noc, ['ViewChannel']);
  await cameInOrder(ticket, 'thrown-out');
  expect(await warned()).toBe(1);
});

test('of a revoked token the administrator hears once; with a good one all that waited comes', async () => {
  const { discord, restart } = world;
  const { ticket } = await ticketWithCard('Revoked');
  const sue = await world.atConsole('sue');
  const calls = discord.calls.length;
  discord.revokeToken();
  for (const nth of [1, 2, 3]) await sue.slash('lobby', `comment ${ticket} revoked-${nth}`);
  await expect.poll(warned).toBe(1);
  await world.quiet();
  expect((await warnings()).at(-1)).toMatch(/does not take the token[\s\S]*DISCORD_TOKEN/);
  expect(refusedSince(calls).length).toBeLessThan(6);
  discord.restoreToken();
  await restart();
  await cameInOrder(ticket, 'revoked');
  expect(await warned()).toBe(1);
});
