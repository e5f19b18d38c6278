import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DocketProcess, startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';
import { type Client, logIn } from '../synapse/client.ts';
import type { RoomEvent } from '../synapse/events.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { StrictClient } from '../synapse/strict.ts';
import { serverName } from '../synapse/synapse.ts';

const encryption = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };

const yaml = (help: string, plain: string, ada: string) => `
people:
  ada: { name: Ada Okafor, administrator: true, accounts: ["matrix:${serverName}/${ada}"] }
rights:
  ask: [SeeQueue, CreateTicket, ShowTicket, ReplyToTicket]
queues:
  helpdesk:
    rights: { everyone: [ask] }
    intake: ["matrix:${serverName}/${help}", "matrix:${serverName}/${plain}"]
default queue: helpdesk
`;

onSynapse('strict clients and to-device messages', (synapse) => {
  let bot: Client;
  let ada: Client;
  let strict: StrictClient;
  let help: string;
  let plain: string;
  let docket: DocketProcess;
  let variables: Record<string, string>;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let folder: string;
  let device: string;

  const isIn = (room: string) =>
    ada.until(() => ada.state(room, 'm.room.member', bot.userId)?.['membership'] === 'join');
  const start = () => startProcess(database.url, variables);

  beforeAll(async () => {
    [bot, ada] = await Promise.all([synapse().register('docket'), synapse().register('ada')]);
    await ada.listen();
    help = await ada.createRoom({ name: 'help', invite: [bot.userId], initial_state: [encryption] });
    plain = await ada.createRoom({ name: 'plain', invite: [bot.userId] });
    folder = await mkdtemp(path.join(tmpdir(), 'docket-strict-'));
    await writeFile(path.join(folder, 'docket.yaml'), yaml(help, plain, ada.userId));
    database = await freshDatabase();
    variables = {
      DOCKET_CONFIG: path.join(folder, 'docket.yaml'),
      DOCKET_DATA: path.join(folder, 'data'),
      ...{ MATRIX_HOMESERVER_URL: synapse().url, MATRIX_USER: bot.userId, MATRIX_PASSWORD: 'docket password' },
    };
    docket = await start();
    await Promise.all([isIn(help), isIn(plain)]);
    // A device of its own: messages to a device go to the first who asks for them.
    strict = await StrictClient.start(await logIn(synapse().url, 'ada', 'ada password'));
    device = Object.keys(await strict.devicesOf(bot.userId)).find((id) => id !== bot.deviceId) ?? '';
  });
  afterAll(async () => {
    ada?.stop();
    await docket?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const query = async (statement: string, values: readonly string[]) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query(statement, [...values]);
    await client.end();
    return rows;
  };
  /** Docket's answer in the thread of a message, as the homeserver has it. */
  const answerTo = (room: string, root: string): Promise<RoomEvent> =>
    ada.until(() =>
      ada.timeline(room).find(({ sender, type, content }) => {
        const relation = content['m.relates_to'] as { event_id?: string; rel_type?: string } | undefined;
        return sender === bot.userId && /message|encrypted/.test(type) && relation?.event_id === root;
      }),
    );
  /** Docket hears and answers in a room that is not encrypted. */
  const hears = async (words: string) => {
    const asked = await ada.say(plain, words);
    expect((await answerTo(plain, asked)).content['body']).toContain(words);
  };

  test('a client that excludes insecure devices gives Docket its keys, gets a ticket, and reads the card', async () => {
    expect((await strict.devicesOf(bot.userId))[device]).toBe(true);
    const { event, withheld } = await strict.say(help, [ada.userId, bot.userId], { body: 'My laptop does not start' });
    expect(withheld).not.toHaveProperty(device);
    const card = await answerTo(help, event);
    expect(card.type).toBe('m.room.encrypted');
    expect(JSON.stringify(await strict.read(help, card))).toContain('My laptop does not start');
  });

  test('no to-device message makes Docket deaf, also after a restart', async () => {
    const send = (type: string, content: Record<string, unknown>) =>
      strict.toDeviceTo(bot.userId, device, type, content);
    const from_device = strict.person.deviceId;
    await send('m.key.verification.start', { from_device, method: 'm.foo', transaction_id: 't' });
    await hears('After a start of an unknown method');
    await send('m.room_key_request', {
      ...{ action: 'request', requesting_device_id: from_device, request_id: 'r' },
      body: {
        ...{ algorithm: 'm.megolm.v1.aes-sha2', room_id: help, session_id: 'unknown' },
        sender_key: 'unknown',
      },
    });
    await hears('After a key request');
    for (const [type, content] of [
      ['m.key.verification.start', {}],
      ['m.key.verification.request', { methods: 'none' }],
      ['m.room.encrypted', { algorithm: 'm.olm.v1.curve25519-aes-sha2', ciphertext: 7 }],
      ['m.room_key.withheld', { room_id: 3 }],
      ['m.secret.request', { name: 'm.cross_signing.master', action: 'request', requesting_device_id: from_device }],
      ['m.room_key', { algorithm: 'm.megolm.v1.aes-sha2' }],
      ['m.dummy', { x: ['\u0001', null] }],
    ] as const) {
      await send(type, content);
    }
    await hears('After a storm');
    await docket.kill();
    await send('m.key.verification.start', { from_device, method: 'm.bar', transaction_id: 'u' });
    docket = await start();
    await hears('After a restart');
  });

  test('it is said once in the room, and to the administrators, that keys are withheld', async () => {
    const room = await ada.createRoom({ name: 'other', invite: [bot.userId], initial_state: [encryption] });
    await isIn(room);
    const cy = await synapse().register('cy');
    await ada.invite(room, cy.userId);
    await cy.join(room);
    const closed = await StrictClient.start(cy, { onlyVerified: true });
    const first = await closed.say(room, [ada.userId, bot.userId], { body: 'docket: nobody reads this' });
    expect(first.withheld).toMatchObject({ [device]: 'm.unverified' });
    const sealed = (from: string) =>
      ada.timeline(room).filter(({ sender, type }) => sender === from && type === 'm.room.encrypted');
    const [told] = await ada.until(() => sealed(bot.userId).length > 0 && sealed(bot.userId));
    expect(JSON.stringify(told && (await strict.read(room, told)))).toContain('Docket cannot read your messages here');
    const alerts = await query('select value from connector_memory where name like $1', ['alert matrix withheld%']);
    expect(alerts).toHaveLength(1);
    // The administrator is told in a direct conversation, which is encrypted, for she has a device with keys.
    const [direct = ''] = await ada.until(() => ada.invitations().length > 0 && ada.invitations());
    await ada.join(direct);
    const [alert] = await ada.until(() => {
      const events = ada
        .timeline(direct)
        .filter(({ sender, type }) => sender === bot.userId && /encrypted$/.test(type));
      return (
        events.some(({ type }) => type === 'm.room.encrypted') &&
        events.filter(({ type }) => type === 'm.room.encrypted')
      );
    });
    expect(JSON.stringify(alert && (await strict.read(direct, alert)))).toContain('Docket cannot read the messages of');
    expect(ada.timeline(direct).filter(({ type }) => type === 'm.room.message')).toEqual([]);

    await closed.say(room, [ada.userId, bot.userId], { body: 'docket: nor this' });
    await hears('Once is enough');
    expect(sealed(bot.userId)).toHaveLength(1);
  });

  test('the access token and the keys of the device do not stand readable in the database', async () => {
    const [session] = await query('select value from connector_memory where name like $1', ['matrix session %']);
    expect(session).toEqual({ value: expect.stringMatching(/^REtU/) });
    const clear = await query(`select from matrix_keys where substring(value from 1 for 3) <> 'DKT'::bytea`, []);
    expect(clear).toEqual([]);
  });

  test('a request to verify the device is cancelled at once, with the reason', async () => {
    const flow = await strict.askToVerify(bot.userId, device);
    const cancelled = () =>
      strict.toDevice.find(
        ({ type, content }) =>
          type === 'm.key.verification.cancel' &&
          (content as { transaction_id?: string } | undefined)?.transaction_id === flow,
      );
    await expect
      .poll(async () => {
        await strict.sync(1_000);
        return cancelled();
      })
      .toMatchObject({ content: { code: 'm.user', reason: expect.stringContaining('Docket') } });
  });
});
