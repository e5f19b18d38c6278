import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Discord, startDiscord } from './discord.ts';
import { ids, smallGuild } from './people.ts';
import { requester } from './requests.ts';
import { recordsOf, textOf } from './shapes.ts';

let discord: Discord;
let ask: ReturnType<typeof requester>;
beforeEach(async () => {
  discord = await startDiscord(smallGuild);
  ask = requester(discord);
});
afterEach(() => discord.stop());

/** A thread of the bot's, hanging on what Ada has said. */
async function started(): Promise<string> {
  const { id } = discord.client(ids.ada).say(ids.noc, 'it is down');
  const made = await ask('POST', `/channels/${ids.noc}/messages/${id}/threads`, { name: 'About it' });
  expect(made).toMatchObject({ status: 201, body: { id, parent_id: ids.noc, name: 'About it' } });
  return id;
}

const say = (thread: string) => ask('POST', `/channels/${thread}/messages`, { content: 'x' });
const change = (thread: string, body: object) => ask('PATCH', `/channels/${thread}`, body);

describe('a thread', () => {
  test('has the id of the message that it hangs on, which has only one', async () => {
    const id = await started();
    expect(await ask('POST', `/channels/${ids.noc}/messages/${id}/threads`, { name: 'Again' })).toMatchObject({
      ...{ status: 400, code: 160004 },
    });
    expect(discord.client(ids.ada).history(ids.noc)[0]?.flags).toBe(32);
  });

  test('takes a permission to start, and one to write in', async () => {
    const id = await started();
    discord.administrator.deny(ids.noc, ['SendMessagesInThreads', 'CreatePublicThreads']);
    expect(await say(id)).toMatchObject({ status: 403, code: 50013 });
    const other = discord.client(ids.ada).say(ids.noc, 'x').id;
    expect(await ask('POST', `/channels/${ids.noc}/messages/${other}/threads`, { name: 'x' })).toMatchObject({
      code: 50013,
    });
    expect(await ask('POST', `/channels/${id}/messages/${id}/threads`, { name: 'x' })).toMatchObject({ code: 10008 });
  });

  test('wakes up when somebody writes in it', async () => {
    const id = await started();
    discord.administrator.setThread(id, { archived: true });
    expect((await say(id)).status).toBe(200);
    expect(discord.channel(id).thread?.archived).toBe(false);
  });

  test('that is locked is written in only by those who manage threads', async () => {
    const id = await started();
    discord.administrator.setThread(id, { archived: true, locked: true });
    discord.administrator.deny(ids.noc, ['ManageThreads']);
    expect(await say(id)).toMatchObject({ status: 400, code: 160005 });
    expect(await change(id, { archived: false })).toMatchObject({ status: 403, code: 50013 });
    discord.administrator.allow(ids.noc, ['ManageThreads']);
    expect((await say(id)).status).toBe(200);
  });

  test('that is archived can be woken up, and nothing else', async () => {
    const id = await started();
    const sent = await say(id);
    discord.administrator.setThread(id, { archived: true });
    const message = `/channels/${id}/messages/${sent.body['id']}`;
    expect(await ask('PATCH', message, { content: 'y' })).toMatchObject({ status: 400, code: 50083 });
    expect(await ask('DELETE', message)).toMatchObject({ code: 50083 });
    expect(await ask('PUT', `${message}/reactions/${encodeURIComponent('✅')}/@me`)).toMatchObject({ code: 50083 });
    expect(await change(id, { name: 'x' })).toMatchObject({ code: 50083 });
    expect((await change(id, { archived: false })).status).toBe(200);
  });

  test('of somebody else is not changed without the permission for it', async () => {
    const { id } = discord.client(ids.ada).startThread(ids.noc, 'Hers');
    discord.administrator.deny(ids.noc, ['ManageThreads']);
    expect(await change(id, { name: 'x' })).toMatchObject({ code: 50013 });
    const own = await started();
    expect((await change(own, { name: 'y' })).status).toBe(200);
    expect(await change(own, { locked: true })).toMatchObject({ code: 50013 });
  });

  test('is listed while it is awake, and among the archived after that', async () => {
    const id = await started();
    const active = async () => recordsOf((await ask('GET', `/guilds/${ids.guild}/threads/active`)).body['threads']);
    expect(await active()).toMatchObject([{ id }]);
    discord.administrator.setThread(id, { archived: true });
    expect(await active()).toEqual([]);
    const archived = await ask('GET', `/channels/${ids.noc}/threads/archived/public`);
    expect(archived.body).toMatchObject({ threads: [{ id }], has_more: false });
  });

  test('goes with its channel', async () => {
    const id = await started();
    discord.administrator.deleteChannel(ids.noc);
    expect(await say(id)).toMatchObject({ status: 404, code: 10003 });
  });
});

describe('a post in a forum', () => {
  const post = (more: object) =>
    ask('POST', `/channels/${ids.forum}/threads`, { name: 'A question', message: { content: 'How?' }, ...more });

  test('begins with its message, and has the forum’s tags', async () => {
    const { status, body } = await post({ applied_tags: [ids.open] });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { applied_tags: [ids.open], message: { content: 'How?' } },
    });
    const id = textOf(body['id']);
    expect((await change(id, { applied_tags: [ids.done] })).body).toMatchObject({ applied_tags: [ids.done] });
    expect((await change(id, { applied_tags: ['1'] })).code).toBe(50035);
    discord.administrator.deny(ids.forum, ['ManageThreads']);
    expect(await change(id, { applied_tags: [] })).toMatchObject({ code: 50013 });
  });

  test('takes the forum’s own tags alone, and a message', async () => {
    expect((await post({ applied_tags: ['1'] })).code).toBe(50035);
    expect((await post({ message: { content: '' } })).code).toBe(50006);
    expect((await post({ name: 'x'.repeat(101) })).code).toBe(50035);
  });

  test('is made by people too, who cannot set what moderators set', async () => {
    const ada = discord.client(ids.ada);
    const { thread, first } = ada.post(ids.forum, 'How?', 'Tell me', ['open']);
    expect(first).toMatchObject({ id: thread.id, channel: thread.id, content: 'Tell me' });
    expect(() => ada.post(ids.forum, 'How?', 'Tell me', ['done'])).toThrow('moderator');
  });
});
