import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Discord, startDiscord } from '../emulators/discord/discord.ts';
import { startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';

const root = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);
const docket = async (env: NodeJS.ProcessEnv, ...words: string[]) =>
  (await run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...words], { cwd: root, env })).stdout;

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let discord: Discord;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docket-readme-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await discord?.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The docket.yaml that the README has at the steps for Discord. */
async function written(): Promise<string> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const section = readme.split('\n## ').find((each) => each.startsWith('Discord\n')) ?? '';
  return (/```yaml\n(.*?)```/s.exec(section)?.[1] ?? '').replaceAll(/^ {3}/gm, '');
}

test('the steps of the README lead from nothing to a bot that works', async () => {
  const applicationId = '100000000000000001';
  const token = `${Buffer.from(applicationId).toString('base64url')}.EmuLtd.${'e'.repeat(38)}`;
  const printed = await docket({ ...process.env, DISCORD_TOKEN: token }, 'discord', 'invite');
  const invitation = new URL(/https:\/\/\S+/.exec(printed)?.[0] ?? '').searchParams;
  expect([invitation.get('client_id'), invitation.get('scope')]).toEqual([applicationId, 'bot applications.commands']);

  discord = await startDiscord({
    applicationId,
    people: [{ id: '2222', name: 'ada', displayName: 'Ada Okafor' }],
    guilds: [
      {
        id: '1111',
        name: 'Example',
        members: ['2222'],
        roles: [{ id: '3333', name: 'operators' }],
        botPermissions: BigInt(invitation.get('permissions') ?? 0),
        channels: [
          { id: '4444', name: 'help' },
          { id: '5555', name: 'desk' },
        ],
      },
    ],
  });
  const file = path.join(folder, 'docket.yaml');
  await writeFile(file, await written());
  expect(await docket(process.env, 'config', 'check', file)).toContain('All fine');

  const env = { DOCKET_CONFIG: file, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
  const started = await startProcess(database.url, env);
  await Promise.all([discord.listening(), discord.registered()]);
  const ada = discord.client('2222');
  await ada.slash('4444', ['ticket', 'help'], {});
  await expect.poll(() => ada.screen.received()).toContain('take');
  ada.say('4444', 'The door is stuck');
  await expect.poll(() => JSON.stringify(discord.posted('5555'))).toContain('The door is stuck');
  expect(discord.violations).toEqual([]);
  expect(await started.stop()).toBe(0);
}, 180_000);
