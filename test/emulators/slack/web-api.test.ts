import { type ConversationsHistoryResponse, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webOf } from './app.ts';
import type { Client } from './client.ts';
import { type Slack, startSlack } from './slack.ts';

let slack: Slack;
let web: WebClient;
let ada: Client;
beforeEach(async () => {
  slack = await startSlack({
    people: [
      { id: 'UADA', name: 'ada', realName: 'Ada Okafor' },
      { id: 'UBO', name: 'bo', realName: 'Bo Lindqvist' },
    ],
    channels: [
      { id: 'C1', name: 'noc', members: ['UADA'] },
      { id: 'C2', name: 'lobby', members: ['UADA'], withoutBot: true },
      { id: 'G3', name: 'secret', private: true, members: ['UADA'], withoutBot: true },
    ],
    groups: [{ id: 'S1', handle: 'team', users: ['UADA', 'UBO'] }],
  });
  web = webOf(slack);
  ada = slack.client('UADA');
});
afterEach(() => slack.stop());

/** The error code that a call is answered. */
async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error instanceof WebAPIPlatformError ? error.data.error : String(error)),
  );
}

describe('what is answered', () => {
  test('the bot’s token is good for Slack’s own client, which is told its scopes', async () => {
    const answer = await web.auth.test();
    expect(answer).toMatchObject({ ok: true, team_id: 'T0DOCKET', user_id: 'U0DOCKET' });
    expect(answer.response_metadata?.scopes).toContain('chat:write');
  });

  test('a message stands in the history, with its metadata where that is asked for', async () => {
    const metadata = { event_type: 'delivery', event_payload: { key: '1' } };
    const { ts } = await web.chat.postMessage({ channel: 'C1', text: 'Hello', metadata });
    const { messages: bare } = await web.conversations.history({ channel: 'C1' });
    expect(bare?.[0]).not.toHaveProperty('metadata');
    const { messages } = await web.conversations.history({ channel: 'C1', include_all_metadata: true });
    expect(messages?.[0]).toMatchObject({ ts, text: 'Hello', metadata });
  });

  test('a reply stands in its thread and not in the history', async () => {
    const root = await ada.say('C1', 'first');
    await web.chat.postMessage({ channel: 'C1', text: 'second', thread_ts: root.ts });
    const { messages: top = [] } = await web.conversations.history({ channel: 'C1' });
    expect(top.map(({ text }) => text)).toEqual(['first']);
    expect(top[0]).toMatchObject({ reply_count: 1, thread_ts: root.ts });
    const { messages: thread = [] } = await web.conversations.replies({ channel: 'C1', ts: root.ts });
    expect(thread.map(({ text }) => text)).toEqual(['first', 'second']);
  });

  test('a long history comes in pages, newest first', async () => {
    for (const text of ['1', '2', '3', '4', '5']) await ada.say('C1', text);
    const read: string[] = [];
    for await (const page of web.paginate('conversations.history', { channel: 'C1', limit: 2 })) {
      const { messages = [] } = page as ConversationsHistoryResponse;
      read.push(...messages.map(({ text = '' }) => text));
    }
    expect(read).toEqual(['5', '4', '3', '2', '1']);
  });

  test('what a change leaves out stays, and an empty list takes it away', async () => {
    const blocks = [{ type: 'divider' }];
    const { ts = '' } = await web.chat.postMessage({ channel: 'C1', text: 'one', blocks });
    await web.chat.update({ channel: 'C1', ts, text: 'two' });
    expect(slack.posted('C1')[0]).toMatchObject({ text: 'two', blocks: [{ type: 'divider' }] });
    await web.chat.update({ channel: 'C1', ts, text: 'three', blocks: [] });
    expect(slack.posted('C1')[0]).toMatchObject({ text: 'three', blocks: [] });
  });

  test('a message that a thread hangs on leaves a stone in its place', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel: 'C1', text: 'one' });
    await ada.say('C1', 'two', { thread: ts });
    await web.chat.delete({ channel: 'C1', ts });
    const { messages = [] } = await web.conversations.replies({ channel: 'C1', ts });
    expect(messages[0]).toMatchObject({ subtype: 'tombstone' });
    expect(await refusal(web.chat.update({ channel: 'C1', ts, text: 'three' }))).toBe('message_not_found');
  });

  test('a user group tells who is in it', async () => {
    expect((await web.usergroups.users.list({ usergroup: 'S1' })).users).toEqual(['UADA', 'UBO']);
    expect(await refusal(web.usergroups.users.list({ usergroup: 'S2' }))).toBe('no_such_subteam');
  });

  test('a text beyond 40,000 characters is cut', async () => {
    await web.chat.postMessage({ channel: 'C1', text: 'x'.repeat(40_010) });
    expect(slack.posted('C1')[0]?.text).toHaveLength(40_000);
  });
});

describe('what is refused', () => {
  const cases: Record<string, [code: string, call: () => Promise<unknown>]> = {
    'a token that nobody has': ['invalid_auth', () => webOf(slack, 'xoxb-other').auth.test()],
    'no token': ['not_authed', () => webOf(slack, '').auth.test()],
    'a token that was revoked': [
      'token_revoked',
      async () => {
        slack.revokeToken();
        return web.auth.test();
      },
    ],
    'the bot’s token where the app’s is needed': ['not_allowed_token_type', () => web.apps.connections.open({})],
    'a method that there is not': ['unknown_method', () => web.apiCall('chat.shout')],
    'a channel that there is not': ['channel_not_found', () => web.chat.postMessage({ channel: 'C9', text: 'x' })],
    'a private channel without the bot': [
      'channel_not_found',
      () => web.chat.postMessage({ channel: 'G3', text: 'x' }),
    ],
    'a history of a channel without the bot': ['not_in_channel', () => web.conversations.history({ channel: 'C2' })],
    'an archived channel': [
      'is_archived',
      async () => {
        slack.archive('C1');
        return web.chat.postMessage({ channel: 'C1', text: 'x' });
      },
    ],
    'a channel that the bot was kicked from': [
      'not_in_channel',
      async () => {
        slack.core.tokens.scopes.delete('chat:write.public');
        slack.kick('C1');
        return web.chat.postMessage({ channel: 'C1', text: 'x' });
      },
    ],
    'nothing to say': ['no_text', () => web.chat.postMessage({ channel: 'C1', text: '' })],
    'a message that is gone': ['message_not_found', () => web.chat.update({ channel: 'C1', ts: '1.1', text: 'x' })],
    'a change of somebody else’s message': [
      'cant_update_message',
      async () => web.chat.update({ channel: 'C1', ts: (await ada.say('C1', 'mine')).ts, text: 'x' }),
    ],
    'a deletion of somebody else’s message': [
      'cant_delete_message',
      async () => web.chat.delete({ channel: 'C1', ts: (await ada.say('C1', 'mine')).ts }),
    ],
    'a change to more than 4,000 characters': [
      'msg_too_long',
      async () => {
        const { ts = '' } = await web.chat.postMessage({ channel: 'C1', text: 'x' });
        return web.chat.update({ channel: 'C1', ts, text: 'x'.repeat(4_001) });
      },
    ],
    'blocks of too much JSON': [
      'msg_blocks_too_long',
      () => web.chat.postMessage({ channel: 'C1', text: 'x', blocks: Array.from({ length: 6 }, longSection) }),
    ],
    'too many attachments': [
      'too_many_attachments',
      () => web.chat.postMessage({ channel: 'C1', attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }),
    ],
    'metadata without a type': [
      'invalid_metadata_format',
      () => web.apiCall('chat.postMessage', { channel: 'C1', text: 'x', metadata: { event_payload: {} } }),
    ],
    'a private message to somebody who is not in the channel': [
      'user_not_in_channel',
      () => web.chat.postEphemeral({ channel: 'C1', user: 'UBO', text: 'x' }),
    ],
    'an emoji that there is not': [
      'invalid_name',
      async () => web.reactions.add({ channel: 'C1', timestamp: (await ada.say('C1', 'x')).ts, name: 'no_such' }),
    ],
    'a second reaction of the same kind': [
      'already_reacted',
      async () => {
        const on = { channel: 'C1', timestamp: (await ada.say('C1', 'x')).ts, name: 'ticket' };
        await web.reactions.add(on);
        return web.reactions.add(on);
      },
    ],
    'the removal of a reaction that is not there': [
      'no_reaction',
      async () => web.reactions.remove({ channel: 'C1', timestamp: (await ada.say('C1', 'x')).ts, name: 'ticket' }),
    ],
    'somebody who is not there': ['user_not_found', () => web.users.info({ user: 'U9' })],
    'a direct conversation with the bot itself': ['cannot_dm_bot', () => web.conversations.open({ users: 'U0DOCKET' })],
    'a thread that there is not': ['thread_not_found', () => web.conversations.replies({ channel: 'C1', ts: '1.1' })],
    'a cursor of nowhere': ['invalid_cursor', () => web.conversations.list({ cursor: 'nowhere' })],
    'a link of a domain that is not the app’s': [
      'cannot_unfurl_url',
      () => web.chat.unfurl({ channel: 'C1', ts: '1.1', unfurls: { 'https://other.example/1': {} } }),
    ],
    'a file that there is not': ['file_not_found', () => web.files.info({ file: 'F9' })],
  };

  test.each(Object.entries(cases))('%s', async (_what, [code, call]) => {
    expect(await refusal(call())).toBe(code);
  });

  test('what the app has no scope for, which is told', async () => {
    slack.core.tokens.scopes.delete('chat:write');
    const call = web.chat.postMessage({ channel: 'C1', text: 'x' });
    await expect(call).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'chat:write', provided: expect.stringContaining('channels:read') },
    });
  });

  test('the history of a private channel with the scope for public ones', async () => {
    slack.invite('G3');
    slack.core.tokens.scopes.delete('groups:history');
    const call = web.conversations.history({ channel: 'G3' });
    await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'groups:history' } });
  });

  function longSection() {
    return { type: 'section' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(2_900) } };
  }
});

describe('how often may be called', () => {
  test('a channel takes a few messages at once and then one a second, others are not held up', async () => {
    slack.limitRates();
    const post = (channel: string) => web.chat.postMessage({ channel, text: 'x' });
    for (let count = 0; count < 3; count++) await post('C1');
    await expect(post('C1')).rejects.toMatchObject({ retryAfter: 1 });
    await expect(post('UADA')).resolves.toMatchObject({ ok: true });
    expect(slack.posted('C1')).toHaveLength(3);
  });

  test('other methods have so many calls a minute', async () => {
    slack.limitRates({ tiers: true });
    for (let count = 0; count < 20; count++) await web.usergroups.list();
    await expect(web.usergroups.list()).rejects.toMatchObject({ retryAfter: 3 });
  });
});

describe('what goes wrong on demand', () => {
  test('Slack refuses connections, fails, asks to wait, and comes back at the same address', async () => {
    const codes: unknown[] = [];
    for (const how of ['refuse', 500, 429] as const) {
      await slack.down(how);
      codes.push(await web.auth.test().catch((error: { code: string }) => error.code));
    }
    expect(codes).toEqual(['slack_webapi_request_error', 'slack_webapi_http_error', 'slack_webapi_rate_limited_error']);
    await slack.up();
    expect(await web.auth.test()).toMatchObject({ ok: true });
  });

  test('an answer is lost after the message was posted', async () => {
    const done = slack.hangAfter('chat.postMessage');
    await expect(web.chat.postMessage({ channel: 'C1', text: 'x' })).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    await done;
    expect(slack.posted('C1')).toHaveLength(1);
  });
});

test('a call that Slack asks to wait with is answered 429 once, and does nothing', async () => {
  slack.askToWait('chat.postMessage', 7);
  await expect(web.chat.postMessage({ channel: 'C1', text: 'too soon' })).rejects.toMatchObject({ retryAfter: 7 });
  expect(slack.posted('C1')).toEqual([]);
  expect(await refusal(web.chat.postMessage({ channel: 'C1', text: 'now' }))).toBe('ok');
});

test('a file is handed out when Slack has it again', async () => {
  const said = await ada.say('C1', 'see', { files: [{ name: 'a.txt', content: 'bytes' }] });
  const { file } = await web.files.info({ file: said.files[0] ?? '' });
  const get = async () => {
    const headers = { authorization: `Bearer ${slack.botToken}` };
    return (await fetch(String(file?.url_private_download), { headers })).status;
  };
  slack.failFiles(500, 2);
  expect([await get(), await get(), await get()]).toEqual([500, 500, 200]);
});
