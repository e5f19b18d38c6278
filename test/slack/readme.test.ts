import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf, recordOf } from '../../connectors/slack/shape.ts';
import type { Client } from '../emulators/slack/client.ts';
import { type Slack, startSlack } from '../emulators/slack/slack.ts';
import { startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';

const root = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);
const docket = async (...words: string[]) =>
  (await run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...words], { cwd: root })).stdout;

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let slack: Slack;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docket-readme-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await slack?.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The docket.yaml that the README has at the steps for Slack. */
async function written(): Promise<string> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const section = readme.split('\n## ').find((each) => each.startsWith('Slack\n')) ?? '';
  return (/```yaml\n(.*?)```/s.exec(section)?.[1] ?? '').replaceAll(/^ {3}/gm, '');
}

/** Resolves when somebody alone is told words like these. */
async function told(client: Client, words: RegExp): Promise<void> {
  await expect.poll(() => JSON.stringify(client.screen.told)).toMatch(words);
}

test('the steps of the README lead from nothing to a bot that works', async () => {
  const manifest = recordOf(JSON.parse(await docket('slack', 'manifest')));
  const { oauth_config, settings } = manifest;
  const events = recordOf(recordOf(settings)['event_subscriptions'])['bot_events'];
  slack = await startSlack({
    team: 'T0123',
    scopes: listOf(recordOf(recordOf(oauth_config)['scopes'])['bot']).map(String),
    events: listOf(events).map(String),
    people: [{ id: 'U0456', name: 'ada', realName: 'Ada Okafor' }],
    channels: [
      { id: 'C0456', name: 'help', members: ['U0456'], withoutBot: true },
      { id: 'C0789', name: 'desk', members: ['U0456'], withoutBot: true },
    ],
    groups: [{ id: 'S0456', handle: 'operators', users: [] }],
  });
  const file = path.join(folder, 'docket.yaml');
  await writeFile(file, await written());
  expect(await docket('config', 'check', file)).toContain('All fine');
  slack.invite('C0456');
  slack.invite('C0789');
  const started = await startProcess(database.url, {
    ...{ DOCKET_CONFIG: file, SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken },
    SLACK_APP_TOKEN: slack.appToken,
  });
  await slack.connected();
  const ada = slack.client('U0456');
  await ada.slash('C0456', '/ticket', 'help');
  await told(ada, /take/);
  await ada.say('C0456', 'The door is stuck');
  await expect.poll(() => JSON.stringify(slack.posted('C0456'))).toContain('#1 The door is stuck');
  expect(ada.failures).toEqual([]);
  expect(slack.violations).toEqual([]);
  expect(await started.stop()).toBe(0);
}, 180_000);
