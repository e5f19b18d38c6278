import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Slack, startSlack } from './slack.ts';

let slack: Slack;
let web: WebClient;
beforeAll(async () => {
  slack = await startSlack({
    people: [{ id: 'UADA', name: 'ada', realName: 'Ada Okafor' }],
    channels: [{ id: 'C1', name: 'noc', members: ['UADA'] }],
  });
  web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterAll(() => slack.stop());

test('the bot’s token is good for Slack’s own client, which is told its scopes', async () => {
  const answer = await web.auth.test();
  expect(answer).toMatchObject({ ok: true, team_id: 'T0DOCKET', user_id: 'U0DOCKET' });
  expect(answer.response_metadata?.scopes).toContain('chat:write');
});

test('a message that is posted stands in the history, with its metadata where that is asked for', async () => {
  const metadata = { event_type: 'delivery', event_payload: { key: '1' } };
  const { ts } = await web.chat.postMessage({ channel: 'C1', text: 'Hello', metadata });
  const { messages } = await web.conversations.history({ channel: 'C1', include_all_metadata: true });
  expect(messages?.[0]).toMatchObject({ ts, text: 'Hello', metadata });
});
