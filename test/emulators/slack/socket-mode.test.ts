import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { socketApp, webOf } from './app.ts';
import type { SlackOptions } from './options.ts';
import { type Slack, startSlack } from './slack.ts';

let slack: Slack;
let app: App | null = null;
const heard: unknown[] = [];

const options: SlackOptions = {
  people: [{ id: 'UADA', name: 'ada', realName: 'Ada Okafor' }],
  channels: [
    { id: 'C1', name: 'noc', members: ['UADA'] },
    { id: 'C2', name: 'lobby', members: ['UADA'], withoutBot: true },
  ],
  groups: [{ id: 'S1', handle: 'team', users: ['UADA'] }],
  ...{ retries: [10, 10, 10], unfurlDomains: ['docket.example'] },
};

beforeEach(async () => {
  heard.length = 0;
  slack = await startSlack(options);
});
afterEach(async () => {
  await app?.stop();
  app = null;
  await slack.stop();
});

/** From now on Slack waits for nothing: for tests of what comes too late. */
async function impatiently(): Promise<void> {
  await slack.stop();
  slack = await startSlack({ ...options, patience: 200 });
}

/** An app that keeps what it hears, and acknowledges it as Bolt does. */
async function listening(more: (app: App) => void = () => undefined): Promise<void> {
  app = await socketApp(slack, (made) => {
    made.use(async ({ body, next }) => {
      heard.push('event' in body ? body.event : body);
      await next();
    });
    more(made);
  });
}

const types = () =>
  (heard as { type?: string; subtype?: string }[]).map(({ type, subtype }) =>
    [type, subtype].filter(Boolean).join(' '),
  );

test('the app is told what is said, changed and deleted in channels that the bot is in', async () => {
  await listening();
  const ada = slack.client('UADA');
  const said = await ada.say('C1', 'Hello');
  await ada.edit('C1', said.ts, 'Hello!');
  await ada.delete('C1', said.ts);
  await ada.say('C2', 'not for the bot');
  await ada.say('direct', 'psst');
  expect(types()).toEqual(['message', 'message message_changed', 'message message_deleted', 'message']);
  expect(heard[0]).toMatchObject({ text: 'Hello', user: 'UADA', channel: 'C1', channel_type: 'channel', ts: said.ts });
  expect(heard[1]).toMatchObject({ message: { text: 'Hello!' }, previous_message: { text: 'Hello' } });
  expect(heard[3]).toMatchObject({ text: 'psst', channel_type: 'im', channel: 'DADA' });
});

test('a mention is told twice in a channel, a reaction and a link once', async () => {
  await listening();
  const ada = slack.client('UADA');
  const said = await ada.say('C1', '@docket see https://docket.example/tickets/1');
  await ada.react('C1', said.ts, '🎫');
  expect(types().toSorted()).toEqual(['app_mention', 'link_shared', 'message', 'reaction_added']);
});

test('the app is told of members, archives, people and groups, and of the App Home', async () => {
  await listening();
  await slack.events.during(() => {
    slack.invite('C2');
    slack.archive('C2');
    slack.archive('C2', false);
    slack.rename('UADA', 'Ada Lovelace');
    slack.regroup('S1', []);
  });
  await slack.client('UADA').openHome();
  expect(types().toSorted()).toEqual([
    'app_home_opened',
    'channel_archive',
    'channel_unarchive',
    'member_joined_channel',
    'subteam_members_changed',
    'user_change',
  ]);
});

test('the app is told nothing that it has no scope for', async () => {
  slack.core.tokens.scopes.delete('channels:history');
  await listening();
  await slack.client('UADA').say('C1', 'Hello');
  expect(heard).toEqual([]);
});

test('an event that is not acknowledged in time comes again, three times at most', async () => {
  await impatiently();
  const { url = '' } = await webOf(slack, slack.appToken).apps.connections.open({});
  const socket = new WebSocket(url);
  const came: { retry_attempt?: number; retry_reason?: string }[] = [];
  socket.on('message', (data) => came.push(JSON.parse(String(data))));
  await slack.connected();
  await slack.client('UADA').say('C1', 'Hello');
  await expect.poll(() => slack.deliveries[0]?.outcomes.length).toBe(4);
  expect(came.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    [1, 'timeout'],
    [2, 'timeout'],
    [3, 'timeout'],
  ]);
});

test('a ticket opens one socket only', async () => {
  const { url = '' } = await webOf(slack, slack.appToken).apps.connections.open({});
  const opened = await Promise.all(
    [0, 1].map(
      () =>
        new Promise((resolve) => {
          new WebSocket(url).on('open', () => resolve('open')).on('error', () => resolve('refused'));
        }),
    ),
  );
  expect(opened.toSorted()).toEqual(['open', 'refused']);
});

test('a slash command comes with what was typed escaped, and its answer is seen by one person alone', async () => {
  await listening((made) =>
    made.command('/ticket', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'Done.' });
    }),
  );
  const ada = slack.client('UADA');
  await ada.slash('C1', '/ticket', 'give 12 @ada <!channel> & #noc');
  expect(heard[0]).toMatchObject({
    command: '/ticket',
    text: 'give 12 <@UADA|ada> &lt;!channel&gt; &amp; <#C1|noc>',
    channel_id: 'C1',
  });
  await expect.poll(() => ada.screen.ephemerals.map(({ text }) => text)).toEqual(['Done.']);
  expect(ada.failures).toEqual([]);
  expect(slack.posted('C1')).toEqual([]);
});

test('a command that is acknowledged too late has failed for the one who typed it', async () => {
  await impatiently();
  await listening((made) => made.command('/ticket', async () => undefined));
  const ada = slack.client('UADA');
  await ada.slash('C1', '/ticket', 'take 1');
  expect(ada.failures).toEqual(['/ticket failed with the error “operation_timeout”']);
});

test('what is pressed comes with the button’s value, its message, and a trigger', async () => {
  await listening((made) => made.action('take', ({ ack }) => ack()));
  const elements = [{ type: 'button', action_id: 'take', text: { type: 'plain_text', text: 'Take' }, value: 'take 1' }];
  await app?.client.apiCall('chat.postMessage', {
    ...{ channel: 'C1', text: 'card' },
    blocks: [{ type: 'actions', elements }],
  });
  const ada = slack.client('UADA');
  const [message] = slack.posted('C1');
  if (message === undefined) throw new Error('nothing was posted');
  heard.length = 0;
  await ada.press({ message, channel: slack.channel('C1') }, 'Take');
  expect(heard[0]).toMatchObject({
    ...{ type: 'block_actions', user: { id: 'UADA' }, channel: { id: 'C1' } },
    container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
    actions: [{ action_id: 'take', value: 'take 1', type: 'button' }],
    ...{ trigger_id: expect.any(String), response_url: expect.any(String) },
  });
});

test('a socket that is refreshed is replaced, and what was on it is acknowledged', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await listening((made) =>
    made.command('/ticket', async ({ ack }) => {
      await held;
      await ack();
    }),
  );
  const ada = slack.client('UADA');
  const typed = ada.slash('C1', '/ticket', 'take 1');
  await expect.poll(() => heard.length).toBe(1);
  release();
  await typed;
  await slack.refreshSockets();
  expect(ada.failures).toEqual([]);
  await expect.poll(() => slack.core.sockets.size, { timeout: 12_000 }).toBe(1);
  await ada.say('C1', 'after');
  expect(slack.deliveries.at(-1)?.outcomes).toEqual([{ acked: true, response: {} }]);
});

test('an acknowledged event that is redelivered says so', async () => {
  const retries: unknown[] = [];
  await listening((made) =>
    made.use(async ({ context, next }) => {
      retries.push([context.retryNum, context.retryReason]);
      await next();
    }),
  );
  const ada = slack.client('UADA');
  await ada.say('C1', 'Hello');
  await ada.redeliver();
  expect(retries).toEqual([
    [undefined, undefined],
    [1, 'timeout'],
  ]);
  expect(heard[1]).toEqual(heard[0]);
});

test('an acknowledgement counts on the socket that its event came by, and on no other', async () => {
  await impatiently();
  const open = async () => {
    const { url = '' } = await webOf(slack, slack.appToken).apps.connections.open({});
    return new WebSocket(url);
  };
  const [one, other] = [await open(), await open()];
  await expect.poll(() => slack.core.sockets.size).toBe(2);
  for (const [socket, answers] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('message', (data) => {
      const { envelope_id } = JSON.parse(String(data));
      if (envelope_id !== undefined) answers.send(JSON.stringify({ envelope_id }));
    });
  }
  await slack.client('UADA').say('C1', 'Hello');
  expect(slack.deliveries[0]?.outcomes[0]).toEqual({ acked: false, reason: 'timeout' });
});

test('before Slack closes a socket it warns, and goes on using it for a while', async () => {
  const { url = '' } = await webOf(slack, slack.appToken).apps.connections.open({});
  const socket = new WebSocket(url);
  const came: string[] = [];
  socket.on('message', (data) => {
    const { type, reason, envelope_id } = JSON.parse(String(data));
    came.push([type, reason].filter(Boolean).join(' '));
    if (envelope_id !== undefined) socket.send(JSON.stringify({ envelope_id }));
  });
  socket.on('close', () => came.push('closed'));
  await slack.connected();
  const refreshed = slack.refreshSockets();
  await slack.client('UADA').say('C1', 'Hello');
  await refreshed;
  await expect.poll(() => came.at(-1)).toBe('closed');
  expect(came).toEqual(['hello', 'disconnect warning', 'events_api', 'disconnect refresh_requested', 'closed']);
});
