import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startProcess } from '../hostile/process.ts';
import { freshDatabase } from '../support/postgres.ts';
import type { EncryptedClient } from '../synapse/encrypted-client.ts';
import type { Content } from '../synapse/events.ts';
import { startNio } from '../synapse/nio.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { serverName } from '../synapse/synapse.ts';

const encryption = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };

const yaml = (help: string, ada: string) => `
people:
  ada: { name: Ada Okafor, administrator: true, accounts: ["matrix:${serverName}/${ada}"] }
rights:
  ask: [SeeQueue, CreateTicket, ShowTicket, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  helpdesk: { rights: { everyone: [ask] }, intake: ["matrix:${serverName}/${help}"] }
default queue: helpdesk
`;

/** Waits until the client has heard a message of this kind, decrypted. */
function hears(client: EncryptedClient, words: RegExp, from: string) {
  return client.until(() =>
    client.heard.findLast(
      ({ sender, content, readable, encrypted }) =>
        sender === from && readable && encrypted && words.test(JSON.stringify(content)),
    ),
  );
}

onSynapse('a desk in an encrypted room', (synapse) => {
  test('tickets, cards, reactions, threads, edits and files go there as anywhere; after a kill -9, too', async () => {
    const [bot, ada] = await Promise.all([
      synapse().register('docket', { displayName: 'Docket' }),
      synapse().register('ada'),
    ]);
    const help = await ada.createRoom({ name: 'help', invite: [bot.userId], initial_state: [encryption] });
    const folder = await mkdtemp(path.join(tmpdir(), 'docket-encrypted-'));
    await writeFile(path.join(folder, 'docket.yaml'), yaml(help, ada.userId));
    const database = await freshDatabase();
    const start = () =>
      startProcess(database.url, {
        DOCKET_CONFIG: path.join(folder, 'docket.yaml'),
        ...{ MATRIX_HOMESERVER_URL: synapse().url, MATRIX_ACCESS_TOKEN: bot.accessToken },
      });
    const first = await start();
    await ada.listen();
    await ada.until(() => ada.state(help, 'm.room.member', bot.userId)?.['membership'] === 'join');
    const { nio, stop } = await startNio(ada);

    const asked = await nio.say(help, 'The printer is on fire');
    const card = await hears(nio, /#1 .*The printer is on fire/, bot.userId);
    expect(card.content['m.relates_to']).toMatchObject({ rel_type: 'm.thread', event_id: asked });
    await nio.send(help, 'm.reaction', reaction(card.event_id, '✋'));
    await hears(nio, /Owner: Ada Okafor/, bot.userId);
    await nio.say(help, 'It still burns', { 'm.relates_to': { rel_type: 'm.thread', event_id: asked } });
    const text = { msgtype: 'm.text', body: 'The printer is on fire again' };
    await nio.say(help, '* again', {
      'm.new_content': text,
      'm.relates_to': { rel_type: 'm.replace', event_id: asked },
    });
    await nio.sendFile(help, 'smoke.txt', 'black');
    await hears(nio, /#2 .*smoke.txt/, bot.userId);

    await first.kill();
    const meanwhile = await nio.say(help, 'And now the coffee machine');
    const second = await start();
    const other = await hears(nio, /#3 .*And now the coffee machine/, bot.userId);
    expect(other.content['m.relates_to']).toMatchObject({ event_id: meanwhile });
    await nio.send(help, 'm.reaction', reaction(card.event_id, '✅'));
    await hears(nio, /#1 .*resolved · helpdesk/, bot.userId);
    const kept = await keptIn(database.url);
    for (const words of ['It still burns', 'The printer is on fire again', 'black']) expect(kept).toContain(words);
    // Nothing of it went in clear.
    const clear = ada.timeline(help).filter(({ type }) => type === 'm.room.message');
    expect(clear).toEqual([]);

    expect(await second.stop()).toBe(0);
    await stop();
    ada.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  }, 300_000);
});

function reaction(event: string, key: string): Content {
  return { 'm.relates_to': { rel_type: 'm.annotation', event_id: event, key } };
}

/** All that was written, and the content of all files. */
async function keptIn(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `select body as words from transactions union all select convert_from(bytes, 'UTF8') from attachments`,
  );
  await client.end();
  return rows.map(({ words }) => String(words)).join('\n');
}
