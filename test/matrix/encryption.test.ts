import { spawn } from 'node:child_process';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matrixKeys } from '../../src/store/matrix-keys.ts';
import { openPool } from '../../src/store/pool.ts';
import { freshDatabase } from '../support/postgres.ts';
import type { Client } from '../synapse/client.ts';
import { EncryptedClient } from '../synapse/encrypted-client.ts';
import type { Content } from '../synapse/events.ts';
import { startNio } from '../synapse/nio.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { sender } from './sender.ts';

const megolm = { algorithm: 'm.megolm.v1.aes-sha2' };
const encryption = { type: 'm.room.encryption', state_key: '', content: megolm };

onSynapse('encrypted rooms, with an independent encrypted client', (synapse) => {
  let docket: Client;
  let ada: Client;
  let bot: EncryptedClient;
  let nio: EncryptedClient;
  let endings: (() => Promise<void>)[] = [];
  let databaseUrl: string;
  let room: string;

  const startBot = () =>
    EncryptedClient.start(
      spawn(
        process.execPath,
        ['--import', 'tsx', path.join(import.meta.dirname, 'bot.ts'), docket.url, docket.accessToken, databaseUrl],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      ),
    );

  beforeAll(async () => {
    const database = await freshDatabase();
    databaseUrl = database.url;
    docket = await synapse().register('docket');
    ada = await synapse().register('ada');
    room = await ada.createRoom({ invite: [docket.userId], initial_state: [encryption] });
    await docket.join(room);
    bot = await startBot();
    const started = await startNio(ada);
    nio = started.nio;
    endings = [() => bot.kill(), started.stop, database.drop];
  });
  afterAll(async () => {
    for (const end of endings) await end();
  });

  const readable = { encrypted: true, readable: true };

  test('text goes both ways', async () => {
    await nio.say(room, 'is anybody there?');
    expect(await bot.hears('is anybody there?')).toMatchObject(readable);
    await bot.say(room, 'yes');
    expect(await nio.hears('yes')).toMatchObject(readable);
  });

  test('edits, reactions, threads and redactions go both ways', async () => {
    for (const [from, to, who] of [
      [nio, bot, ada],
      [bot, nio, docket],
    ] as const) {
      const said = await from.say(room, `said by ${who.userId}`);
      const edited = edit(said, `edited by ${who.userId}`);
      await from.say(room, `* edited by ${who.userId}`, edited);
      expect(await to.hears(`* edited by ${who.userId}`)).toMatchObject({ ...readable, content: edited });
      const thread = { 'm.relates_to': { rel_type: 'm.thread', event_id: said } };
      await from.say(room, `in a thread by ${who.userId}`, thread);
      expect(await to.hears(`in a thread by ${who.userId}`)).toMatchObject({ ...readable, content: thread });
      const reaction = { 'm.relates_to': { rel_type: 'm.annotation', event_id: said, key: '🎫' } };
      const reacted = await from.send(room, 'm.reaction', reaction);
      await to.until(() => to.heard.some(({ event_id, content }) => event_id === reacted && 'm.relates_to' in content));
      await from.redact(room, said);
      await to.until(() => to.heard.some(({ type, sender }) => type === 'm.room.redaction' && sender === who.userId));
    }
  });

  test('files go both ways', async () => {
    await nio.sendFile(room, 'from-nio.txt', 'lines of nio');
    const { content: fromNio } = await bot.hears('from-nio.txt');
    expect(await bot.readFile(fromNio['file'])).toBe('lines of nio');
    await bot.sendFile(room, 'from-docket.txt', 'lines of docket');
    const { content: fromDocket } = await nio.hears('from-docket.txt');
    expect(await nio.readFile(fromDocket['file'])).toBe('lines of docket');
  });

  test('a room that turns encryption on later is followed', async () => {
    const later = await ada.createRoom({ invite: [docket.userId] });
    await docket.join(later);
    await bot.say(later, 'in clear');
    expect(await nio.hears('in clear')).toMatchObject({ encrypted: false });
    await ada.setState(later, 'm.room.encryption', megolm);
    await nio.until(() => nio.heard.some((event) => event.type === 'm.room.encryption' && event.room === later));
    await nio.say(later, 'nobody reads this');
    expect(await bot.hears('nobody reads this')).toMatchObject(readable);
    await bot.say(later, 'nor this');
    expect(await nio.hears('nor this')).toMatchObject(readable);
  });

  test('a message whose key comes later is read when it comes, also after a kill -9', async () => {
    const bo = await synapse().register('bo');
    const pool = openPool(databaseUrl, pino({ level: 'silent' }));
    const byHand = await sender(bo, matrixKeys({ pool }));
    const late = await bo.createRoom({ invite: [docket.userId], initial_state: [encryption] });
    await docket.join(late);
    const { content, sendKey } = await byHand.encrypt(late, [docket.userId], 'the key comes later');
    const said = await bo.send(late, 'm.room.encrypted', content);
    await bot.until(() => bot.heard.some(({ event_id, readable }) => event_id === said && !readable));
    await sendKey();
    expect(await bot.hears('the key comes later')).toMatchObject({ event_id: said, readable: true });

    const other = await bo.createRoom({ invite: [docket.userId], initial_state: [encryption] });
    await docket.join(other);
    const second = await byHand.encrypt(other, [docket.userId], 'the key comes after a kill -9');
    const before = await bo.send(other, 'm.room.encrypted', second.content);
    await bot.until(() => bot.heard.some(({ event_id, readable }) => event_id === before && !readable));
    await bot.kill();
    bot = await startBot();
    await second.sendKey();
    expect(await bot.hears('the key comes after a kill -9')).toMatchObject({ event_id: before, readable: true });
    await byHand.close();
    await pool.end();
  });

  test('after a kill -9 the device is the same: what was said meanwhile, before and after it is readable', async () => {
    const keys = await bot.devices(docket.userId);
    expect(await nio.devices(docket.userId)).toEqual(keys);
    await nio.say(room, 'before the kill');
    const old = await bot.hears('before the kill');
    await bot.kill();
    await nio.say(room, 'during the kill');
    bot = await startBot();
    expect(await bot.devices(docket.userId)).toEqual(keys);
    expect(await bot.hears('during the kill')).toMatchObject(readable);
    expect(await bot.look(room, old.event_id)).toMatchObject({ content: { body: 'before the kill' } });
    await bot.say(room, 'after the kill');
    expect(await nio.hears('after the kill')).toMatchObject(readable);
    await nio.say(room, 'and on');
    expect(await bot.hears('and on')).toMatchObject(readable);
  });

  test('a process that takes the device over goes on with it, and the one before it sends nothing more', async () => {
    const before = bot;
    endings.push(() => before.kill());
    bot = await startBot();
    await expect(before.say(room, 'by the one before')).rejects.toThrow('Another process uses the Matrix device');
    await nio.say(room, 'who is there?');
    expect(await bot.hears('who is there?')).toMatchObject(readable);
    await bot.say(room, 'the one that took over');
    expect(await nio.hears('the one that took over')).toMatchObject(readable);
  });
});

function edit(event: string, text: string): Content {
  return {
    'm.new_content': { msgtype: 'm.text', body: text },
    'm.relates_to': { rel_type: 'm.replace', event_id: event },
  };
}
