import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Discord, startDiscord } from './discord.ts';
import { ids, smallGuild } from './people.ts';
import { requester } from './requests.ts';
import { recordOf, recordsOf, textOf } from './shapes.ts';

let discord: Discord;
let ask: ReturnType<typeof requester>;
let time = 0;
beforeEach(async () => {
  time = 0;
  discord = await startDiscord({ ...smallGuild, now: () => Date.now() + time });
  ask = requester(discord);
});
afterEach(() => discord.stop());

const messages = (channel: string) => `/channels/${channel}/messages`;
const post = (content: string, more: object = {}) => ask('POST', messages(ids.noc), { content, ...more });
const idOf = async (sent: ReturnType<typeof post>) => textOf((await sent).body['id']);

describe('who may ask', () => {
  test('a wrong token is refused, and counted', async () => {
    expect(await ask('GET', '/users/@me', undefined, 'wrong')).toMatchObject({ status: 401, code: 0 });
    expect(await ask('GET', '/users/@me', undefined, null)).toMatchObject({ status: 401 });
    expect(discord.invalidRequests).toHaveLength(2);
  });

  test('a token that was revoked is refused until it is restored', async () => {
    discord.revokeToken();
    expect((await post('hi')).status).toBe(401);
    discord.restoreToken();
    expect((await post('hi')).status).toBe(200);
  });

  test('there is no such route', async () => {
    expect(await ask('GET', '/nonsense')).toMatchObject({ status: 404, code: 0 });
  });
});

describe('where the bot may write', () => {
  test('an unknown channel, and one that it does not see', async () => {
    expect(await ask('POST', messages('1'), { content: 'x' })).toMatchObject({ status: 404, code: 10003 });
    expect(await ask('POST', messages(ids.hidden), { content: 'x' })).toMatchObject({ status: 403, code: 50001 });
    expect(await ask('GET', `/channels/${ids.hidden}`)).toMatchObject({ status: 403, code: 50001 });
  });

  test('a channel in which it lacks a permission', async () => {
    discord.administrator.deny(ids.noc, ['SendMessages']);
    expect(await post('x')).toMatchObject({ status: 403, code: 50013 });
  });

  test('embeds and files take permissions of their own', async () => {
    discord.administrator.deny(ids.noc, ['EmbedLinks', 'AttachFiles']);
    expect(await post('x', { embeds: [{ title: 'x' }] })).toMatchObject({ code: 50013 });
    const form = new FormData();
    form.append('files[0]', new Blob(['x']), 'x.txt');
    expect(await ask('POST', messages(ids.noc), form)).toMatchObject({ code: 50013 });
  });

  test('a forum takes posts, no messages', async () => {
    expect(await ask('POST', messages(ids.forum), { content: 'x' })).toMatchObject({ code: 50008 });
  });

  test('somebody who closed their direct messages, and somebody who shares no server', async () => {
    const direct = textOf((await ask('POST', '/users/@me/channels', { recipient_id: ids.ada })).body['id']);
    expect((await ask('POST', messages(direct), { content: 'x' })).status).toBe(200);
    discord.administrator.setDirectClosed(ids.ada, true);
    expect(await ask('POST', messages(direct), { content: 'x' })).toMatchObject({ status: 403, code: 50007 });
    discord.administrator.setDirectClosed(ids.ada, false);
    discord.administrator.kick(ids.guild, ids.ada);
    expect(await ask('POST', messages(direct), { content: 'x' })).toMatchObject({ status: 403, code: 50278 });
  });

  test('a guild that the bot was thrown out of', async () => {
    discord.administrator.kick(ids.guild);
    expect(await post('x')).toMatchObject({ code: 50001 });
    expect(await ask('GET', `/guilds/${ids.guild}`)).toMatchObject({ code: 50001 });
    expect(await ask('GET', '/guilds/1')).toMatchObject({ code: 10004 });
  });
});

describe('messages of others and those that are gone', () => {
  test('nobody edits what somebody else wrote; deleting takes a permission', async () => {
    const { id } = discord.client(ids.ada).say(ids.noc, 'mine');
    expect(await ask('PATCH', `${messages(ids.noc)}/${id}`, { content: 'x' })).toMatchObject({ code: 50005 });
    discord.administrator.deny(ids.noc, ['ManageMessages']);
    expect(await ask('DELETE', `${messages(ids.noc)}/${id}`)).toMatchObject({ code: 50013 });
  });

  test('a message that is gone', async () => {
    const id = await idOf(post('here'));
    expect((await ask('DELETE', `${messages(ids.noc)}/${id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      expect(await ask(method, `${messages(ids.noc)}/${id}`)).toMatchObject({ status: 404, code: 10008 });
    }
    expect(await ask('PATCH', `${messages(ids.noc)}/${id}`, { content: 'x' })).toMatchObject({ code: 10008 });
  });

  test('a reply to a message that is gone, unless it is said that this is all right', async () => {
    const reference = { message_id: '123' };
    expect((await post('x', { message_reference: reference })).code).toBe(50035);
    const lenient = { ...reference, fail_if_not_exists: false };
    expect((await post('x', { message_reference: lenient })).status).toBe(200);
  });

  test('what is too old is not deleted in bulk', async () => {
    const old = await idOf(post('old'));
    time = 15 * 86_400_000;
    const fresh = await idOf(post('fresh'));
    const bulk = (ids_: string[]) => ask('POST', `${messages(ids.noc)}/bulk-delete`, { messages: ids_ });
    expect(await bulk([old, fresh])).toMatchObject({ code: 50034 });
    expect((await bulk([fresh, await idOf(post('too'))])).status).toBe(204);
  });
});

describe('pages of messages', () => {
  test('before, after and around, newest first', async () => {
    const all: string[] = [];
    for (const word of ['a', 'b', 'c', 'd', 'e']) all.push(await idOf(post(word)));
    const page = async (query: string) => {
      const { body } = await ask('GET', `${messages(ids.noc)}?${query}`);
      return recordsOf(body['all'])
        .map(({ content }) => content)
        .join('');
    };
    expect(await page('limit=2')).toBe('ed');
    expect(await page(`before=${all[2]}&limit=1`)).toBe('b');
    expect(await page(`after=${all[2]}&limit=1`)).toBe('d');
    expect(await page(`around=${all[2]}&limit=3`)).toBe('dcb');
    expect((await ask('GET', `${messages(ids.noc)}?limit=101`)).code).toBe(50035);
  });

  test('without the permission to read history there is none', async () => {
    await post('x');
    discord.administrator.deny(ids.noc, ['ReadMessageHistory']);
    expect((await ask('GET', messages(ids.noc))).body['all']).toEqual([]);
  });
});

describe('a nonce', () => {
  test('that is enforced makes one message, for some minutes', async () => {
    const once = { nonce: 'delivery-1', enforce_nonce: true };
    const first = await idOf(post('once', once));
    expect(await idOf(post('once', once))).toBe(first);
    expect(discord.posted(ids.noc)).toHaveLength(1);
    time = 6 * 60_000;
    expect(await idOf(post('once', once))).not.toBe(first);
  });

  test('that is not enforced makes as many as there are requests', async () => {
    await post('twice', { nonce: 'n' });
    await post('twice', { nonce: 'n' });
    expect(discord.posted(ids.noc)).toHaveLength(2);
  });

  test('is 25 characters long at most', async () => {
    expect((await post('x', { nonce: 'n'.repeat(26) })).code).toBe(50035);
  });
});

describe('who is called', () => {
  const words = `<@${ids.ada}> <@&${ids.staff}> @everyone`;
  const cases: [string, object, string[]][] = [
    ['all that is named, where nothing is said', {}, [ids.ada, `@${ids.staff}`, '@everyone']],
    ['nobody', { parse: [] }, []],
    ['users alone', { parse: ['users'] }, [ids.ada]],
    ['one user', { users: [ids.ada] }, [ids.ada]],
    ['a user who is not named', { users: [ids.bo] }, []],
    ['roles', { roles: [ids.staff] }, [`@${ids.staff}`]],
  ];
  test.each(cases)('%s', async (_, allowed_mentions, called) => {
    await post(words, Object.keys(allowed_mentions).length === 0 ? {} : { allowed_mentions });
    expect(discord.pings()).toEqual(called);
  });

  test('without the permission neither all, nor roles that may not be called', async () => {
    discord.administrator.deny(ids.noc, ['MentionEveryone']);
    await post(words);
    expect(discord.pings()).toEqual([ids.ada]);
  });

  test('nobody by an edit, and nobody by code', async () => {
    const id = await idOf(post(`\`<@${ids.ada}>\``));
    await ask('PATCH', `${messages(ids.noc)}/${id}`, { content: words });
    expect(discord.pings()).toEqual([]);
  });

  test('the author of what is replied to, unless it is said not to', async () => {
    const { id } = discord.client(ids.ada).say(ids.noc, 'help');
    const message_reference = { message_id: id };
    await post('one', { message_reference, allowed_mentions: { parse: [], replied_user: false } });
    expect(discord.pings()).toEqual([]);
    await post('two', { message_reference });
    expect(discord.pings()).toEqual([ids.ada]);
  });
});

describe('files', () => {
  const upload = (content: string | Buffer, payload: object = {}) => {
    const form = new FormData();
    form.append('payload_json', JSON.stringify(payload));
    form.append('files[0]', new Blob([new Uint8Array(Buffer.from(content))], { type: 'text/plain' }), 'log.txt');
    return ask('POST', messages(ids.noc), form);
  };

  test('come with a message, and their links expire', async () => {
    const { body } = await upload('beep', { attachments: [{ id: '0', filename: 'fault.txt', description: 'a log' }] });
    const [file = {}] = recordsOf(body['attachments']);
    expect(file).toMatchObject({ filename: 'fault.txt', description: 'a log', size: 4 });
    expect(await (await fetch(textOf(file['url']))).text()).toBe('beep');
    time = 25 * 3_600_000;
    expect((await fetch(textOf(file['url']))).status).toBe(404);
    const again = await ask('GET', `${messages(ids.noc)}/${body['id']}`);
    const [fresh = {}] = recordsOf(again.body['attachments']);
    expect((await fetch(textOf(fresh['url']))).status).toBe(200);
  });

  test('stay at an edit that does not name them, and go with one that names others', async () => {
    const { body } = await upload('beep', { content: 'x' });
    const at = `${messages(ids.noc)}/${body['id']}`;
    expect(recordsOf((await ask('PATCH', at, { content: 'y' })).body['attachments'])).toHaveLength(1);
    expect(recordsOf((await ask('PATCH', at, { attachments: [] })).body['attachments'])).toHaveLength(0);
    expect((await ask('PATCH', at, { attachments: [{ id: '77' }] })).code).toBe(50035);
  });

  test('larger than 10 MiB are refused', async () => {
    expect(await upload(Buffer.alloc(10 * 1024 * 1024 + 1))).toMatchObject({ status: 413, code: 40005 });
  });
});

describe('reactions', () => {
  const react = (emoji: string, message: string) =>
    ask('PUT', `${messages(ids.noc)}/${message}/reactions/${encodeURIComponent(emoji)}/@me`);

  test('take an emoji, and a permission where nobody has reacted so', async () => {
    const { id } = discord.client(ids.ada).say(ids.noc, 'x');
    expect((await react('✅', id)).status).toBe(204);
    expect(await react('nonsense', id)).toMatchObject({ status: 400, code: 10014 });
    discord.client(ids.bo).react(ids.noc, id, '🎫');
    discord.administrator.deny(ids.noc, ['AddReactions']);
    expect(await react('❓', id)).toMatchObject({ code: 50013 });
    expect((await react('🎫', id)).status).toBe(204);
    const seen = discord.client(ids.ada).history(ids.noc)[0]?.reactions ?? new Map();
    expect([...seen.keys()]).toEqual(['✅', '🎫']);
  });
});

describe('without the intent for content', () => {
  test('only what concerns the bot is told', async () => {
    discord.switchIntent('MessageContent', false);
    const ada = discord.client(ids.ada);
    const read = async (channel: string, id: string) => recordOf((await ask('GET', `${messages(channel)}/${id}`)).body);
    expect(await read(ids.noc, ada.say(ids.noc, 'among us').id)).toMatchObject({ content: '' });
    expect(await read(ids.noc, ada.say(ids.noc, '@docket hi').id)).toMatchObject({
      content: `<@${discord.applicationId}> hi`,
    });
    const direct = ada.say('direct', 'for you');
    expect(await read(direct.channel, direct.id)).toMatchObject({ content: 'for you' });
    expect(await read(ids.noc, await idOf(post('its own')))).toMatchObject({ content: 'its own' });
  });
});
