import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Discord, startDiscord } from './discord.ts';
import { ids, smallGuild } from './people.ts';

let discord: Discord;
let bot: Client<true>;
beforeEach(async () => {
  discord = await startDiscord(smallGuild);
  const { Guilds, GuildMembers, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  const client = new Client({
    intents: [Guilds, GuildMembers, GuildMessages, DirectMessages, MessageContent],
    rest: { api: discord.apiUrl },
  });
  bot = await new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.login(discord.token).catch(reject);
  });
});
afterEach(async () => {
  await bot.destroy();
  await discord.stop();
  expect(discord.violations).toEqual([]);
});

const once = <T>(event: Events): Promise<T> => new Promise((resolve) => bot.once(event as never, resolve as never));

async function noc() {
  const channel = await bot.channels.fetch(ids.noc);
  if (channel?.type !== ChannelType.GuildText) throw new Error('there is no #noc');
  return channel;
}

test('discord.js hears what people say, and answers', async () => {
  expect(bot.guilds.cache.get(ids.guild)?.name).toBe('Docket');
  const heard = once<Message>(Events.MessageCreate);
  discord.client(ids.ada).say(ids.noc, 'the router is down, @bo');
  const message = await heard;
  expect(message.content).toBe(`the router is down, <@${ids.bo}>`);
  await message.reply('on it');
  await message.react('✅');
  const [said, reply] = discord.client(ids.bo).history(ids.noc);
  expect(said?.reactions.has('✅')).toBe(true);
  expect(reply).toMatchObject({ content: 'on it', replyTo: message.id });
});

test('discord.js registers commands, defers an answer and fills it in', async () => {
  const command = new SlashCommandBuilder().setName('ticket').setDescription('Tickets');
  await bot.application.commands.set([command]);
  const acted = once<Interaction>(Events.InteractionCreate);
  const ada = discord.client(ids.ada);
  const sent = ada.slash(ids.noc, ['ticket']);
  const interaction = await acted;
  if (!interaction.isChatInputCommand()) throw new Error('this is no command');
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await sent;
  const button = new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary);
  await interaction.editReply({
    content: 'done',
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
  });
  expect(ada.ephemerals[0]).toMatchObject({ content: 'done', onlyFor: ids.ada });
});

test('discord.js posts files, edits, and works in threads and forums', async () => {
  const channel = await noc();
  const sent = await channel.send({ content: 'log', files: [{ attachment: Buffer.from('beep'), name: 'log.txt' }] });
  await sent.edit('the log');
  const thread = await sent.startThread({ name: 'About the log' });
  await thread.send('in the thread');
  await thread.setArchived(true);
  await thread.send('awake again');
  expect(discord.channel(thread.id).thread?.archived).toBe(false);
  const forum = await bot.channels.fetch(ids.forum);
  if (forum?.type !== ChannelType.GuildForum) throw new Error('there is no forum');
  const post = await forum.threads.create({ name: 'A post', message: { content: 'How?' }, appliedTags: [ids.open] });
  expect(discord.client(ids.ada).history(post.id)[0]).toMatchObject({ id: post.id, content: 'How?' });
  expect((await channel.messages.fetch({ limit: 10 })).size).toBe(1);
});

test('discord.js finds people and roles', async () => {
  const guild = await bot.guilds.fetch(ids.guild);
  expect((await guild.members.fetch()).size).toBe(3);
  expect((await guild.members.search({ query: 'ad' })).first()?.displayName).toBe('Ada Okafor');
  expect((await guild.roles.fetch()).get(ids.staff)?.name).toBe('staff');
  const user = await bot.users.fetch(ids.bo);
  await user.send('psst');
  expect(discord.client(ids.bo).history('direct')[0]?.content).toBe('psst');
});

test('discord.js waits where there is too much, and tries again where Discord is in trouble', async () => {
  const channel = await noc();
  discord.trouble({ status: 429, retryAfter: 0.05, what: /messages/ });
  await channel.send('after a while');
  discord.trouble({ status: 502, what: /messages/, times: 2 });
  await channel.send('after some trouble');
  discord.limitRates();
  await Promise.all(['a', 'b', 'c'].map((words) => channel.send(words)));
  expect(discord.posted(ids.noc)).toHaveLength(5);
});

test('discord.js says Discord’s own codes', async () => {
  discord.administrator.deny(ids.noc, ['SendMessages']);
  const refused = await (await noc()).send('x').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DiscordAPIError);
  expect(refused).toMatchObject({ status: 403, code: 50013 });
});
