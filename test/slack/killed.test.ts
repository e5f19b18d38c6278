import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTold } from '../conformance/acts.ts';
import { slackUser } from '../conformance/slack-client.ts';
import { workspace } from '../conformance/slack-workspace.ts';
import { type Slack, startSlack } from '../emulators/slack/slack.ts';
import { startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';
import { mixed } from './world.ts';

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let slack: Slack;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docket-slack-'));
  await writeFile(path.join(folder, 'docket.yaml'), mixed());
  database = await freshDatabase();
  slack = await startSlack(workspace);
});
afterAll(async () => {
  await slack.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

const start = () =>
  startProcess(database.url, {
    ...{ DOCKET_CONFIG: path.join(folder, 'docket.yaml'), SLACK_API_URL: slack.apiUrl, SLACK_MESSAGE_INTERVAL: '0' },
    ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken },
  });

test('killed between Slack’s answer to a post and its own record of it, Docket posts neither card nor line again', async () => {
  const ada = slackUser(slack, 'ada');
  const first = await start();
  const cardIsPosted = slack.hangAfter('chat.postMessage');
  await ada.slash('lobby', 'new in noc Posted once');
  await cardIsPosted;
  await first.kill();
  expect(slack.posted('C0NOC')).toHaveLength(1);

  const second = await start();
  await slack.connected();
  await ada.slash('lobby', 'comment 1 the-first-line');
  await isTold(ada, 'noc', 1, 'the-first-line');
  const lineIsPosted = slack.hangAfter('chat.postMessage');
  await ada.slash('lobby', 'comment 1 the-second-line');
  await lineIsPosted;
  await second.kill();

  const third = await start();
  await slack.connected();
  await ada.slash('lobby', 'comment 1 the-last-line');
  await isTold(ada, 'noc', 1, 'the-last-line');
  expect(await third.stop()).toBe(0);
  const texts = slack.posted('C0NOC').map(({ text }) => text.split('\n').at(-1));
  expect(texts).toEqual([expect.stringContaining('P50'), 'the-first-line', 'the-second-line', 'the-last-line']);
}, 240_000);
