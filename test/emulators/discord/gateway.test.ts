import { Client, Events, GatewayIntentBits, type Message } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Discord, startDiscord } from './discord.ts';
import { ids, smallGuild } from './people.ts';

let discord: Discord;
let client: Client | null = null;
beforeEach(async () => {
  discord = await startDiscord(smallGuild);
});
afterEach(async () => {
  await client?.destroy();
  client = null;
  await discord.stop();
});

async function loggedIn(...intents: GatewayIntentBits[]): Promise<Client<true>> {
  const made = new Client({ intents, rest: { api: discord.apiUrl } });
  client = made;
  const ready = new Promise<Client<true>>((resolve) => made.once(Events.ClientReady, resolve));
  await made.login(discord.token);
  return ready;
}

test('discord.js logs in, hears what people say, and answers', async () => {
  const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
  const bot = await loggedIn(Guilds, GuildMessages, MessageContent);
  expect(bot.guilds.cache.get(ids.guild)?.name).toBe('Docket');
  expect(bot.channels.cache.has(ids.noc)).toBe(true);
  const heard = new Promise<Message>((resolve) => bot.once(Events.MessageCreate, resolve));
  discord.client(ids.ada).say(ids.noc, 'the router is down, @bo');
  const message = await heard;
  expect(message.content).toBe(`the router is down, <@${ids.bo}>`);
  await message.reply('on it');
  const said = discord.client(ids.bo).history(ids.noc);
  expect(said.map(({ content }) => content)).toEqual(['the router is down, <@400000000000000002>', 'on it']);
  expect(discord.violations).toEqual([]);
});
