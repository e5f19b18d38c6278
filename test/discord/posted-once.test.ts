import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTold } from '../conformance/acts.ts';
import { configuration } from '../conformance/configuration.ts';
import { discordPlatform } from '../conformance/discord.ts';
import { discordUser } from '../conformance/discord-client.ts';
import { channelId, guild, guildId } from '../conformance/discord-guild.ts';
import { type Discord, startDiscord } from '../emulators/discord/discord.ts';
import { startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let discord: Discord;
/** Discord's clock goes ahead of the real one by so many milliseconds. */
let ahead = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docket-discord-'));
  await writeFile(path.join(folder, 'docket.yaml'), configuration(discordPlatform));
  database = await freshDatabase();
  discord = await startDiscord({ ...guild, now: () => Date.now() + ahead });
});
afterAll(async () => {
  await discord.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

const start = () =>
  startProcess(database.url, {
    ...{ DOCKET_CONFIG: path.join(folder, 'docket.yaml'), DISCORD_GUILD_ID: guildId },
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  });

test('killed between Discord’s answer to a post and its own record of it, Docket posts neither card nor line again, however late it comes back', async () => {
  const ada = discordUser(discord, 'ada');
  const first = await start();
  await Promise.all([discord.listening(), discord.registered()]);
  const cardIsPosted = discord.loseAnswer('POST', /^\/channels\/\d+\/messages$/);
  await ada.slash('lobby', 'new in noc Posted once');
  await cardIsPosted;
  await first.kill();
  expect(discord.posted(channelId('noc'))).toHaveLength(1);

  const second = await start();
  await discord.listening();
  await ada.slash('lobby', 'comment 1 the-first-line');
  await isTold(ada, 'noc', 1, 'the-first-line');
  const lineIsPosted = discord.loseAnswer('POST', /^\/channels\/\d+\/messages$/);
  await ada.slash('lobby', 'comment 1 the-second-line');
  await lineIsPosted;
  await second.kill();

  // By now Discord does not know the nonce any more, and the mark alone tells.
  ahead = 3_600_000;
  const third = await start();
  await discord.listening();
  await ada.slash('lobby', 'comment 1 the-last-line');
  await isTold(ada, 'noc', 1, 'the-last-line');
  expect(await third.stop()).toBe(0);

  const [card] = discord.posted(channelId('noc'));
  expect(discord.posted(channelId('noc'))).toHaveLength(1);
  const lines = discord
    .posted(card?.id ?? '')
    .map(({ components }) => /the-\w+-line/.exec(JSON.stringify(components))?.[0]);
  expect(lines.filter((line) => line !== undefined)).toEqual(['the-first-line', 'the-second-line', 'the-last-line']);
}, 120_000);
