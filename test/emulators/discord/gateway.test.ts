import { GatewayIntentBits as Intents } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Discord, startDiscord } from './discord.ts';
import { allIntents, connect, identify, type Listener, listen, sessionOf } from './listener.ts';
import { ids, smallGuild } from './people.ts';
import { requester } from './requests.ts';

let discord: Discord;
let listeners: Listener[] = [];
beforeEach(async () => {
  discord = await startDiscord({ ...smallGuild, sessionStarts: 3 });
});
afterEach(async () => {
  for (const listener of listeners) listener.close();
  listeners = [];
  await discord.stop();
});

async function listening(intents?: number): Promise<Listener> {
  const listener = await listen(discord, intents);
  listeners.push(listener);
  return listener;
}

async function connected(): Promise<Listener> {
  const listener = await connect(discord);
  listeners.push(listener);
  return listener;
}

async function resumed(session: string, seq: number): Promise<Listener> {
  const listener = await connected();
  listener.send(6, { token: discord.token, session_id: session, seq });
  return listener;
}

const say = (words: string) => discord.client(ids.ada).say(ids.noc, words);
const last = (listener: Listener) => Number(listener.frames.findLast(({ s }) => typeof s === 'number')?.['s']);

describe('a session', () => {
  test('begins with all that the bot is to know', async () => {
    const listener = await listening();
    expect(await listener.opcode(10)).toMatchObject({ d: { heartbeat_interval: 41_250 } });
    expect(listener.heard('READY')[0]).toMatchObject({
      user: { id: discord.applicationId, bot: true },
      guilds: [{ id: ids.guild, unavailable: true }],
      application: { id: discord.applicationId },
    });
    const guild = await listener.next('GUILD_CREATE');
    expect(guild).toMatchObject({ id: ids.guild, member_count: 3, members: [{ user: { id: discord.applicationId } }] });
    expect(JSON.stringify(guild['channels'])).toContain('hidden');
  });

  test.each([
    ['a wrong token', { token: 'wrong' }, 4_004],
    ['intents that there are not', { intents: 1 << 30 }, 4_013],
    ['a shard that there is not', { shard: [1, 1] }, 4_010],
  ])('is refused with %s', async (_, more, code) => {
    const listener = await connected();
    listener.send(2, { ...identify(discord, 1), ...more });
    expect(await listener.closing()).toBe(code);
  });

  test.each(['GuildMembers', 'MessageContent'] as const)('is refused with the intent %s switched off', async (name) => {
    discord.switchIntent(name, false);
    const listener = await connected();
    listener.send(2, identify(discord, Intents.Guilds | Intents[name]));
    expect(await listener.closing()).toBe(4_014);
    await listening(Intents.Guilds);
  });

  test.each([
    ['no JSON', 'x', 4_002],
    ['an opcode that there is not', '{"op":99}', 4_001],
    ['presence before it has begun', '{"op":3}', 4_003],
  ])('is closed by %s', async (_, words, code) => {
    const listener = await connected();
    listener.sendText(words);
    expect(await listener.closing()).toBe(code);
  });

  test('is closed when it is begun twice', async () => {
    const listener = await listening();
    listener.send(2, identify(discord, 1));
    expect(await listener.closing()).toBe(4_005);
  });

  test('can be started only so often', async () => {
    for (let nth = 0; nth < 3; nth++) await listening();
    const { body } = await requester(discord)('GET', '/gateway/bot');
    expect(body).toMatchObject({ session_start_limit: { total: 3, remaining: 0 } });
    const listener = await connected();
    listener.send(2, identify(discord, 1));
    expect(await listener.opcode(9)).toMatchObject({ d: false });
  });

  test('that is started beside another disturbs nothing, and is counted', async () => {
    const first = await listening();
    expect(discord.core.sessions.mostAtOnce).toBe(1);
    const second = await listening();
    say('both');
    await Promise.all([first.next('MESSAGE_CREATE'), second.next('MESSAGE_CREATE')]);
    expect(discord.core.sessions.mostAtOnce).toBe(2);
  });

  test('is kept alive by heartbeats', async () => {
    const listener = await listening();
    listener.send(1, 1);
    await listener.opcode(11);
    expect(discord.gateway.heartbeats).toBe(1);
    discord.gateway.fallSilent();
    listener.send(1, 2);
    say('after it');
    await listener.next('MESSAGE_CREATE');
    expect(listener.frames.filter(({ op }) => op === 11)).toHaveLength(1);
  });
});

describe('after a connection is gone', () => {
  test('what was missed is told, in order, and nothing else', async () => {
    const before = await listening();
    say('one');
    await before.next('MESSAGE_CREATE');
    const heard = last(before);
    discord.gateway.drop();
    await before.closing();
    for (const words of ['two', 'three']) say(words);
    const after = await resumed(sessionOf(before), heard);
    await after.next('RESUMED');
    expect(after.heard('MESSAGE_CREATE').map(({ content }) => content)).toEqual(['two', 'three']);
    say('four');
    expect((await after.until(() => after.heard('MESSAGE_CREATE')[2]))['content']).toBe('four');
    expect(discord.core.sessions).toMatchObject({ resumed: 1, startsLeft: 2 });
  });

  test('what was heard before is told again, where it is asked for', async () => {
    const before = await listening();
    say('one');
    await before.next('MESSAGE_CREATE');
    before.close(4_000);
    await before.closing();
    const after = await resumed(sessionOf(before), 0);
    await after.next('RESUMED');
    expect(after.heard('MESSAGE_CREATE')).toHaveLength(1);
  });

  test.each([
    ['a session that there is not', () => 'x', 0],
    ['one that the application ended itself', sessionOf, 0],
  ])('%s cannot be resumed', async (_, session) => {
    const before = await listening();
    before.close(1_000);
    await before.closing();
    const after = await resumed(session(before), 0);
    expect(await after.opcode(9)).toMatchObject({ d: false });
  });

  test('a session that Discord calls invalid can be resumed only where it says so', async () => {
    const before = await listening();
    discord.gateway.invalidate(true);
    expect(await before.opcode(9)).toMatchObject({ d: true });
    const again = await resumed(sessionOf(before), last(before));
    await again.next('RESUMED');
    discord.gateway.invalidate(false);
    await again.opcode(9);
    expect(await (await resumed(sessionOf(before), 0)).opcode(9)).toMatchObject({ d: false });
  });

  test('more than was told cannot have been heard', async () => {
    const before = await listening();
    before.close(4_000);
    await before.closing();
    expect(await (await resumed(sessionOf(before), 99)).closing()).toBe(4_007);
  });

  test('Discord asks for a new connection', async () => {
    const listener = await listening();
    discord.gateway.reconnect();
    expect(await listener.opcode(7)).toMatchObject({ d: null });
  });
});

describe('events', () => {
  test('come only where the intent asks for them', async () => {
    const listener = await listening(Intents.Guilds);
    say('not for this one');
    discord.client(ids.ada).say('direct', 'nor this');
    discord.administrator.setNick(ids.guild, ids.ada, 'Ada');
    discord.administrator.setRole(ids.guild, ids.staff, 'crew');
    await listener.next('GUILD_ROLE_UPDATE');
    for (const type of ['MESSAGE_CREATE', 'GUILD_MEMBER_UPDATE']) expect(listener.heard(type)).toEqual([]);
  });

  test('leave out what is written, without the intent for it, where the bot is not meant', async () => {
    const listener = await listening(allIntents & ~Intents.MessageContent);
    discord.switchIntent('MessageContent', false);
    say('among us');
    say('@docket hello');
    discord.client(ids.ada).say('direct', 'for you');
    await listener.until(() => listener.heard('MESSAGE_CREATE')[2]);
    const heard = listener.heard('MESSAGE_CREATE').map(({ content }) => content);
    expect(heard).toEqual(['', `<@${discord.applicationId}> hello`, 'for you']);
  });

  test('tell what people do, and what administrators do', async () => {
    const listener = await listening();
    const ada = discord.client(ids.ada);
    const { administrator } = discord;
    const { id } = ada.say(ids.noc, 'one');
    ada.edit(ids.noc, id, 'two');
    ada.react(ids.noc, id, '🎫');
    ada.react(ids.noc, id, '🎫', false);
    const thread = ada.startThread(ids.noc, 'A thread', id);
    ada.say(thread.id, 'in it');
    administrator.setThread(thread.id, { archived: true });
    ada.delete(ids.noc, id);
    administrator.purge(ids.noc, [ada.say(ids.noc, 'a').id, ada.say(ids.noc, 'b').id]);
    ada.post(ids.forum, 'A question', 'How?', ['open']);
    administrator.setRoles(ids.guild, ids.bo, [ids.staff]);
    administrator.kick(ids.guild, ids.bo);
    administrator.join(ids.guild, ids.bo);
    administrator.createChannel(ids.guild, '700', 'new');
    administrator.renameChannel('700', 'newer');
    administrator.deleteChannel('700');
    administrator.allow(ids.hidden, ['ViewChannel']);
    administrator.kick(ids.guild);
    await listener.next('GUILD_DELETE');
    const kinds = new Set(listener.frames.map(({ t }) => t));
    for (const kind of [
      ...['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'MESSAGE_DELETE_BULK', 'MESSAGE_REACTION_ADD'],
      ...['MESSAGE_REACTION_REMOVE', 'THREAD_CREATE', 'THREAD_UPDATE', 'THREAD_LIST_SYNC', 'GUILD_MEMBER_UPDATE'],
      ...['GUILD_MEMBER_REMOVE', 'GUILD_MEMBER_ADD', 'CHANNEL_CREATE', 'CHANNEL_UPDATE', 'CHANNEL_DELETE'],
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  test('of a channel that the bot does not see stay away', async () => {
    const listener = await listening();
    discord.client(ids.ada).say(ids.hidden, 'hush');
    say('loud');
    expect((await listener.next('MESSAGE_CREATE'))['content']).toBe('loud');
    expect(JSON.stringify(listener.frames)).not.toContain('hush');
  });

  test('members that are asked for come, all of them only with the intent', async () => {
    const listener = await listening();
    listener.send(8, { guild_id: ids.guild, query: '', limit: 0 });
    expect((await listener.next('GUILD_MEMBERS_CHUNK'))['members']).toHaveLength(3);
    listener.send(8, { guild_id: ids.guild, query: 'ad', limit: 5 });
    expect(await listener.next('GUILD_MEMBERS_CHUNK')).toMatchObject({ members: [{ user: { id: ids.ada } }] });
  });
});
