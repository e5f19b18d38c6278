// Docket's encrypted client alone, for the tests of the encryption: it is told what to do in lines of JSON, and tells
// what it hears. It takes the homeserver, the access token and the database.
import { randomUUID } from 'node:crypto';
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
library.LogService.setLevel(library.LogLevel.ERROR);
library.LogService.setLogger({ trace: drop, debug: drop, info: drop, warn: drop, error: complain });
function drop(): void {}
function complain(...what: unknown[]): void {
  console.error(...what);
}

const db = { pool: openPool(databaseUrl, pino({ level: 'error' })) };
const memory = memoryIn(db);
/** The position in the sync, in the database as in Docket itself. */
class Position extends library.MemoryStorageProvider {
  override getSyncToken(): string {
    return this.token;
  }
  constructor(private token: string) {
    super();
  }
  override async setSyncToken(token: string | null): Promise<void> {
    await memory.save('matrix position', token);
  }
}
const storage = new Position(((await memory.load('matrix position')) as string | null) ?? '');

const client = await createEncryptedClient({
  ...{ homeserverUrl, accessToken, storage, memory, keys: matrixKeys(db), folder: '' },
  failed: complain,
});
const encrypted = new Set<unknown>();
client.on('room.encrypted_event', (_room, { event_id }) => encrypted.add(event_id));
client.on('room.failed_decryption', (room, event) => hear(room, event, false));
client.on('room.event', (room, event) => event.type === 'm.room.encrypted' || hear(room, event, true));
function hear(room: string, event: { event_id: string }, readable: boolean): void {
  say({ heard: { ...event, room, readable, encrypted: encrypted.has(event.event_id) } });
}
await client.start();
say({ ready: true });

const does: Record<string, (told: Record<string, string>) => Promise<object>> = {
  send: async ({ room = '', type = '', content }) => ({ event_id: await client.sendEvent(room, type, content) }),
  redact: async ({ room = '', event = '' }) => ({ event_id: await client.redactEvent(room, event) }),
  send_file: async ({ room = '', name = '', text = '' }) => {
    const { buffer, file } = await client.crypto.encryptMedia(Buffer.from(text));
    const url = await client.uploadContent(buffer);
    const content = { msgtype: 'm.file', body: name, file: { ...file, url } };
    return { event_id: await client.sendMessage(room, content) };
  },
  read_file: async ({ file }) => ({
    text: (await client.crypto.decryptMedia(JSON.parse(JSON.stringify(file)))).toString(),
  }),
  look: ({ room = '', event = '' }) => client.getEvent(room, event),
  devices: async () => ({ [client.crypto.clientDeviceId]: client.crypto.clientDeviceEd25519 }),
};
for await (const line of createInterface(process.stdin)) {
  const { id, do: what, with: told } = JSON.parse(line);
  const answer = does[what]?.(told) ?? Promise.reject(new Error(`No such thing: ${what} ${randomUUID()}`));
  answer.then(
    (answer) => say({ id, answer }),
    (error) => say({ id, error: String(error?.stack ?? error) }),
  );
}
