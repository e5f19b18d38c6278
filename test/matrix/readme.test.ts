import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { memoryIn } from '../../src/store/memory.ts';
import { openPool } from '../../src/store/pool.ts';
import { isMatrixSession, sealedMemory } from '../../src/store/sealed.ts';
import { secretsWith } from '../../src/store/secrets.ts';
import { startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';
import { call } from '../synapse/call.ts';
import type { Client } from '../synapse/client.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { serverName } from '../synapse/synapse.ts';

const secretKey = Buffer.alloc(32, 9);

const readme = path.join(import.meta.dirname, '../../README.md');

/** The docket.yaml that the README has at the steps for Matrix. */
async function written(): Promise<string> {
  const section = (await readFile(readme, 'utf8')).split('\n## ').find((each) => each.startsWith('Matrix\n')) ?? '';
  return (/```yaml\n(.*?)```/s.exec(section)?.[1] ?? '').replaceAll(/^ {3}/gm, '');
}

onSynapse('the steps of the README for Matrix', (synapse) => {
  test('lead from nothing to a bot that works; its token is kept, and another had when that is taken away', async () => {
    const [bot, ada] = await Promise.all([synapse().register('docket'), synapse().register('ada')]);
    const [help, staff] = [await ada.createRoom({ name: 'help' }), await ada.createRoom({ name: 'staff' })];
    const folder = await mkdtemp(path.join(tmpdir(), 'docket-readme-'));
    const yaml = (await written())
      .replaceAll('!help:example.org', help)
      .replaceAll('!staff:example.org', staff)
      .replaceAll('example.org', serverName);
    await writeFile(path.join(folder, 'docket.yaml'), yaml);
    const database = await freshDatabase();
    const start = () =>
      startProcess(database.url, {
        DOCKET_CONFIG: path.join(folder, 'docket.yaml'),
        DOCKET_SECRET_KEY: secretKey.toString('base64'),
        ...{ MATRIX_HOMESERVER_URL: synapse().url, MATRIX_USER: 'docket', MATRIX_PASSWORD: 'docket password' },
      });
    const first = await start();
    await ada.listen();
    for (const room of [help, staff]) {
      await ada.invite(room, bot.userId);
      await ada.until(() => isIn(ada, room, bot));
    }
    await ada.say(help, 'The printer is on fire');
    await ada.until(() => told(ada, staff, bot).some((body) => body.includes('The printer is on fire')));

    // Those in the room are operators, whom docket.yaml does not name.
    const cy = await synapse().register('cy', { displayName: 'Cy' });
    await ada.invite(staff, cy.userId);
    await cy.join(staff);
    await cy.say(staff, '!ticket take 1');
    await ada.until(() => told(ada, staff, bot).some((body) => body.includes('Cy took it')));

    expect(await first.stop()).toBe(0);
    const second = await start();
    expect(await devices(bot)).toHaveLength(2); // A restart is no other device.
    await logOut(synapse().url, await keptToken(database.url));
    await ada.say(help, 'Now the coffee machine');
    await ada.until(() => told(ada, staff, bot).some((body) => body.includes('Now the coffee machine')), 30_000);
    await second.stop();
    ada.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  }, 240_000);
});

function isIn(client: Client, room: string, bot: Client): boolean {
  return client.state(room, 'm.room.member', bot.userId)?.['membership'] === 'join';
}

function told(client: Client, room: string, bot: Client): readonly string[] {
  return client
    .timeline(room)
    .filter(({ sender }) => sender === bot.userId)
    .map(({ content }) => String(content['body']));
}

async function devices(client: Client): Promise<readonly string[]> {
  const answer = (await client.call('GET', '/v3/devices')) as { devices: { device_id: string }[] };
  return answer.devices.map(({ device_id }) => device_id);
}

async function keptToken(databaseUrl: string): Promise<string> {
  const pool = openPool(databaseUrl, pino({ level: 'silent' }));
  const { rows } = await pool.query(`select name from connector_memory where name like 'matrix session %'`);
  const memory = sealedMemory(memoryIn({ pool }), async () => secretsWith(secretKey), isMatrixSession);
  const session = (await memory.load(String(rows[0]?.name))) as { accessToken: string };
  await pool.end();
  return session.accessToken;
}

async function logOut(url: string, token: string): Promise<void> {
  await call(url, token, 'POST', '/v3/logout', { body: {} });
}
