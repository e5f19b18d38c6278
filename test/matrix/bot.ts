// Docket's encrypted client alone, for the tests of the encryption: it is told what to do in lines of JSON, and tells
// what it hears. Its arguments are the homeserver, the access token and the database.
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { createEncryptedClient } from '../../connectors/matrix/encryption/client.ts';
import { loadLibrary } from '../../connectors/matrix/encryption/library.ts';
import { matrixKeys } from '../../src/store/matrix-keys.ts';
import { memoryIn } from '../../src/store/memory.ts';
import { openPool } from '../../src/store/pool.ts';

const [homeserverUrl = '', accessToken = '', databaseUrl = ''] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const { library } = await loadLibrary();
library.LogService.setLogger({ trace: drop, debug: drop, info: drop, warn: drop, error: drop });
function drop(): void {}

const db = { pool: openPool(databaseUrl, pino({ level: 'error' })) };
const memory = memoryIn(db);
const client = await createEncryptedClient({
  ...{ homeserverUrl, accessToken, memory, keys: matrixKeys(db), folder: '' },
  attempts: { note: (_, error) => Promise.reject(error), skips: () => false },
  failed: (error) => console.error(error),
});
await client.start();
say({ ready: true });
listen().catch((error: unknown) => say({ ended: String(error) })); // Another process took the device over.

async function listen(): Promise<void> {
  let position = (await memory.load('matrix position')) as string | null;
  for (;;) {
    const encrypted = new Set<unknown>();
    position = await client.next(position, async (type, room, told) => {
      const event = told as { event_id: string; type: string };
      if (type === 'room.encrypted_event') encrypted.add(event.event_id);
      if (type !== 'room.event') return;
      const readable = event.type !== 'm.room.encrypted';
      say({ heard: { ...event, room, readable, encrypted: encrypted.has(event.event_id) } });
    });
    await memory.save('matrix position', position);
  }
}

type Told = Readonly<Record<string, string>>;
const does: Readonly<Record<string, (told: Told) => Promise<object>>> = {
  send: async ({ room = '', type = '', content }) => ({ event_id: await client.sendEvent(room, type, content) }),
  redact: async ({ room = '', event = '' }) => ({ event_id: await client.redactEvent(room, event) }),
  send_file: async ({ room = '', name = '', text = '' }) => {
    const { buffer, file } = await client.crypto.encryptMedia(Buffer.from(text));
    const content = { msgtype: 'm.file', body: name, file: { ...file, url: await client.uploadContent(buffer) } };
    return { event_id: await client.sendMessage(room, content) };
  },
  read_file: async ({ file }) => {
    const encrypted = file as unknown as Parameters<typeof client.crypto.decryptMedia>[0];
    return { text: (await client.crypto.decryptMedia(encrypted)).toString() };
  },
  look: ({ room = '', event = '' }) => client.getEvent(room, event),
  devices: async () => ({ [client.crypto.clientDeviceId]: client.crypto.clientDeviceEd25519 }),
};
for await (const line of createInterface(process.stdin)) {
  const { id, do: what, with: told } = JSON.parse(line) as { id: number; do: string; with: Told };
  const answer = does[what]?.(told) ?? Promise.reject(new Error(`It cannot ${what}`));
  answer.then(
    (answer) => say({ id, answer }),
    (error: unknown) => say({ id, error: String(error) }),
  );
}
