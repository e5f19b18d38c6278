import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { httpApp, type Listening } from './app.ts';
import { signed } from './signed-requests.ts';
import { type Slack, startSlack } from './slack.ts';

let slack: Slack;
let app: Listening | null = null;
const heard: { text: string; retry: unknown }[] = [];

beforeEach(async () => {
  heard.length = 0;
  slack = await startSlack({
    people: [{ id: 'UADA', name: 'ada', realName: 'Ada Okafor' }],
    channels: [{ id: 'C1', name: 'noc', members: ['UADA'] }],
    ...{ mode: 'http', retries: Array(1_000).fill(10) },
  });
});
afterEach(async () => {
  await app?.stop();
  app = null;
  await slack.stop();
});

async function listening(more: (app: App) => void = () => undefined): Promise<void> {
  app = await httpApp(slack, (made) => {
    made.use(async ({ body, context, next }) => {
      const event = 'event' in body ? (body.event as { text?: string }) : {};
      heard.push({ text: event.text ?? '', retry: context.retryNum });
      await next();
    });
    more(made);
  });
}

test('events come signed, and Bolt takes them', async () => {
  await listening();
  await slack.client('UADA').say('C1', 'Hello');
  expect(heard).toEqual([{ text: 'Hello', retry: undefined }]);
  expect(slack.deliveries[0]?.outcomes).toMatchObject([{ acked: true }]);
});

test('an address is taken when it says back the word that it is asked for', async () => {
  expect(await slack.verifyUrl()).toBe(false);
  await listening();
  expect(await slack.verifyUrl()).toBe(true);
});

test.each([
  ['another secret', 'another', Math.floor(Date.now() / 1_000)],
  ['a moment long past', 'emulated-signing-secret', 1_600_000_000],
])('a request that is signed with %s is refused by Bolt', async (_what, secret, timestamp) => {
  await listening();
  const body = JSON.stringify({ type: 'event_callback', event: { type: 'message', text: 'forged' } });
  const headers = { 'content-type': 'application/json', ...signed(body, secret, timestamp) };
  expect((await fetch(app?.url ?? '', { method: 'POST', body, headers })).status).toBe(401);
  expect(heard).toEqual([]);
});

test('an event comes again while nobody answers, and says which time it is', async () => {
  await slack.client('UADA').say('C1', 'Hello');
  await listening();
  await expect.poll(() => heard).toMatchObject([{ text: 'Hello', retry: expect.any(Number) }]);
});

test('an answer that comes too late is none', async () => {
  await listening((made) => made.command('/ticket', async () => undefined));
  const ada = slack.client('UADA');
  await ada.slash('C1', '/ticket', 'take 1');
  expect(ada.failures).toEqual(['/ticket failed with the error “operation_timeout”']);
  expect(slack.deliveries[0]?.outcomes).toEqual([{ acked: false, reason: 'http_timeout' }]);
});

test('a modal’s errors come back with the acknowledgement', async () => {
  await listening((made) => {
    made.shortcut('new', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: form });
    });
    made.view('form', ({ ack }) => ack({ response_action: 'errors', errors: { subject: 'Too short.' } }));
  });
  const ada = slack.client('UADA');
  await ada.globalShortcut('new');
  await expect.poll(() => ada.views).toHaveLength(1);
  const [view] = ada.views;
  if (view === undefined) throw new Error('no modal has come up');
  await ada.submit(view, { Subject: 'x' });
  expect(ada.views[0]).toMatchObject({ errors: { subject: 'Too short.' }, values: { subject: { a: { value: 'x' } } } });
});

const form = {
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: 'Form' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'subject',
      label: { type: 'plain_text' as const, text: 'Subject' },
      element: { type: 'plain_text_input' as const, action_id: 'a' },
    },
  ],
};
