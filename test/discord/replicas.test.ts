import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, cardShows, command, eventually } from '../conformance/acts.ts';
import { configuration } from '../conformance/configuration.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { discordUser } from '../conformance/discord-client.ts';
import { channelId, guild, guildId } from '../conformance/discord-guild.ts';
import { type Discord, startDiscord } from '../emulators/discord/discord.ts';
import { type DocketProcess, startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';

/** Milliseconds within which another process listens. */
const takesOver = 15_000;

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let discord: Discord;
const running = new Set<DocketProcess>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docket-discord-'));
  await writeFile(path.join(folder, 'docket.yaml'), configuration(discordPlatform));
  database = await freshDatabase();
  discord = await startDiscord(guild);
});
afterAll(async () => {
  await Promise.all([...running].map((each) => each.stop()));
  await discord.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function start(): Promise<DocketProcess> {
  const started = await startProcess(database.url, {
    ...{ DOCKET_CONFIG: path.join(folder, 'docket.yaml'), DISCORD_GUILD_ID: guildId },
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  });
  running.add(started);
  return started;
}

async function kill(one: DocketProcess): Promise<void> {
  running.delete(one);
  await one.kill();
}

test('of two processes one listens; when it is killed the other goes on within 15 s, and what was said meanwhile is heard once', async () => {
  const rita = discordUser(discord, 'rita');
  const ada = discordUser(discord, 'ada');
  const { sessions } = discord.core;
  const first = await start();
  await Promise.all([discord.listening(), discord.registered()]);
  const second = await start();
  const before = await ask(rita, 'Said to the first');

  const registered = discord.core.commands.written;
  await kill(first);
  const killed = performance.now();
  await expect.poll(() => sessions.connected.length, { interval: 10 }).toBe(0);
  const message = await rita.say('helpdesk', 'Said to nobody');
  const edited = await rita.say('helpdesk', 'Said to nobody, and then');
  await rita.edit(edited, 'Edited for nobody');
  await discord.listening();
  const seconds = (performance.now() - killed) / 1_000;
  console.log(`the other process listened after ${seconds.toFixed(1)} s`);
  expect(seconds * 1_000).toBeLessThan(takesOver);

  await eventually(rita, async () => {
    const made = (await rita.cards('helpdesk')).map(({ root, card }) => [root?.id, card?.subject]);
    expect(made).toContainEqual([message.id, 'Said to nobody']);
    expect(made).toContainEqual([edited.id, 'Edited for nobody']);
  });
  await command(ada, `comment ${before.ticket} taken-over`);
  await cardShows(ada, 'helpdesk', before.ticket, { status: 'new' });
  expect(await rita.cards('helpdesk')).toHaveLength(3);
  expect((await command(ada, 'history 3')).text).toContain('Edited for nobody');
  // The session itself was taken over, and nobody listened at the same time.
  expect([sessions.all.length, sessions.resumed, sessions.mostAtOnce]).toEqual([1, 1, 1]);
  expect(discord.core.commands.written).toBe(registered);
  expect(discord.violations).toEqual([]);

  const third = await start();
  expect(await second.stop()).toBe(0);
  running.delete(second);
  await discord.listening();
  await ask(rita, 'Said to the third');
  expect([sessions.all.length, sessions.resumed, sessions.mostAtOnce]).toEqual([1, 2, 1]);
  expect(await third.stop()).toBe(0);
  running.delete(third);
  expect(discord.posted(channelId('helpdesk'))).toEqual([]);
}, 240_000);
