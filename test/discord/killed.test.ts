import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardShows, isTold, open } from '../conformance/acts.ts';
import { discordUser } from '../conformance/discord-client.ts';
import { channelId, guild, guildId } from '../conformance/discord-guild.ts';
import type { User } from '../conformance/user.ts';
import { type Discord, startDiscord } from '../emulators/discord/discord.ts';
import { type DocketProcess, startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';
import { wordsOf } from './at-client.ts';
import { yaml } from './world.ts';

const minutes = 60_000;
const noc = channelId('noc');

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let discord: Discord;
let ada: User;
/** Milliseconds that Discord's clock is ahead. */
let ahead: number;

beforeEach(async () => {
  ahead = 0;
  folder = await mkdtemp(path.join(tmpdir(), 'docket-discord-'));
  await writeFile(path.join(folder, 'docket.yaml'), yaml());
  database = await freshDatabase();
  discord = await startDiscord({ ...guild, now: () => Date.now() + ahead });
  ada = discordUser(discord, 'ada');
});
afterEach(async () => {
  await discord.stop();
  await database.drop();
  await rm(folder, { recursive: true });
  expect(discord.violations).toEqual([]);
});

async function start(): Promise<DocketProcess> {
  const started = await startProcess(database.url, {
    ...{ DOCKET_CONFIG: path.join(folder, 'docket.yaml'), DISCORD_GUILD_ID: guildId },
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  });
  await Promise.all([discord.listening(), discord.registered()]);
  return started;
}

/** Kills it as soon as Discord has taken a post whose answer is on its way. */
async function killAtPost(running: DocketProcess, post: RegExp, act: () => Promise<unknown>): Promise<void> {
  const posted = discord.loseAnswer('POST', post);
  await act();
  await posted;
  await running.kill();
  await expect.poll(() => discord.core.sessions.connected.length).toBe(0);
}

test.each([
  ['within the minutes in which Discord knows it by its nonce', 0],
  ['when Discord knows its nonce no more', 10 * minutes],
])(
  'killed between Discord’s answer to a post and its own record of it, Docket posts neither card nor line again: %s',
  async (_, away) => {
    await killAtPost(await start(), new RegExp(`^/channels/${noc}/messages$`), () =>
      ada.slash('lobby', 'new in noc Posted once'),
    );
    expect(discord.posted(noc)).toHaveLength(1);
    const [card] = discord.posted(noc);
    if (card === undefined) throw new Error('there is no card');

    ahead += away;
    const second = await start();
    await ada.slash('lobby', 'comment 1 the-first-line');
    await isTold(ada, 'noc', 1, 'the-first-line');
    await killAtPost(second, new RegExp(`^/channels/${card.id}/messages$`), () =>
      ada.slash('lobby', 'comment 1 the-second-line'),
    );

    ahead += away;
    const third = await start();
    await ada.slash('lobby', 'comment 1 the-last-line');
    await isTold(ada, 'noc', 1, 'the-last-line');
    expect(await third.stop()).toBe(0);
    expect(discord.posted(noc).map(({ id }) => id)).toEqual([card.id]);
    const lines = discord
      .posted(card.id)
      .flatMap((message) => /the-\w+-line/.exec(wordsOf(discord, message))?.[0] ?? []);
    expect(lines).toEqual(['the-first-line', 'the-second-line', 'the-last-line']);
  },
  240_000,
);

test.each([
  ['answered before', 0],
  ['too old to be answered', 16 * minutes],
])(
  'killed with a command in hand, Docket acts on it once, when the session is resumed: %s',
  async (_, away) => {
    const first = await start();
    const number = await open(ada, 'in noc Acted on once');
    await cardShows(ada, 'noc', number, { subject: 'Acted on once' });
    const acknowledged = discord.loseAnswer('POST', /callback$/);
    await Promise.all([ada.slash('lobby', `comment ${number} said-once`), acknowledged.then(() => first.kill())]);
    ahead += away;
    const second = await start();
    await isTold(ada, 'noc', number, 'said-once');
    await ada.redeliver();
    await ada.slash('lobby', `comment ${number} said-after`);
    await isTold(ada, 'noc', number, 'said-after');
    expect(await second.stop()).toBe(0);
    const [card] = discord.posted(noc);
    const lines = discord
      .posted(card?.id ?? '')
      .flatMap((message) => /said-\w+/.exec(wordsOf(discord, message))?.[0] ?? []);
    expect(lines).toEqual(['said-once', 'said-after']);
  },
  240_000,
);
