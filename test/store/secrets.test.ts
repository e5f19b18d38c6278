import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { matrixKeys } from '../../src/store/matrix-keys.ts';
import { memoryIn } from '../../src/store/memory.ts';
import { openPool } from '../../src/store/pool.ts';
import { isMatrixSession, lazySecrets, sealedKeys, sealedMemory } from '../../src/store/sealed.ts';
import { forgetSecrets, openSecrets, readSecretKey, secretsWith } from '../../src/store/secrets.ts';
import { freshDatabase } from '../support/postgres.ts';

const device = '@docket:matrix.test/DEVICE';
const session = 'matrix session https://matrix.test docket';
const kept = { userId: '@docket:matrix.test', deviceId: 'DEVICE', accessToken: 'syt_secret_token' };

let db: { readonly pool: ReturnType<typeof openPool> };
let folder: string;
let end: () => Promise<void>;
beforeEach(async () => {
  const database = await freshDatabase();
  const pool = openPool(database.url, pino({ level: 'silent' }));
  db = { pool };
  folder = await mkdtemp(path.join(tmpdir(), 'docket-secrets-'));
  end = async () => {
    await pool.end();
    await database.drop();
    await rm(folder, { recursive: true });
  };
});
afterEach(() => end());

const store = (key: Uint8Array | null = null, at = folder) => {
  const open = lazySecrets(db, key, at);
  return { open, keys: sealedKeys(matrixKeys(db), open), memory: sealedMemory(memoryIn(db), open, isMatrixSession) };
};
/** Every byte of what is kept, as whoever gets a dump of the database reads it. */
const dump = async () => {
  const { rows } = await db.pool.query<{ bytes: Buffer }>(
    `select value as bytes from matrix_keys union all select convert_to(value::text, 'UTF8') from connector_memory`,
  );
  return rows.map(({ bytes }) => bytes.toString('latin1')).join('\n');
};

test('keys of devices and access tokens are encrypted in the database, and read back in another process', async () => {
  const first = store();
  const held = await first.keys.hold(device);
  await held.write([{ store: 'core', key: 'account', value: Buffer.from('private key') }]);
  await first.memory.save(session, kept);
  await first.memory.save('matrix position', { since: 's1' });
  const kinds = await dump();
  expect(kinds).not.toContain('private key');
  expect(kinds).not.toContain('syt_secret_token');
  const second = store();
  const { records } = await second.keys.hold(device);
  expect(records.map(({ value }) => Buffer.from(value).toString())).toEqual(['private key']);
  expect(await second.memory.load(session)).toEqual(kept);
  expect(await second.memory.load('matrix position')).toEqual({ since: 's1' });
  expect((await stat(path.join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
});

test('what an earlier version kept in clear is encrypted at the next start, of every device', async () => {
  for (const name of [device, '@docket:matrix.test/OLD']) {
    const held = await matrixKeys(db).hold(name);
    const values = Array.from({ length: 600 }, (_, nth) => ({
      ...{ store: 'core', key: `key ${nth}` },
      value: Buffer.from(`private key ${nth}`),
    }));
    await held.write(values);
  }
  await memoryIn(db).save(session, kept);
  const { open, keys, memory } = store();
  await open();
  expect(await dump()).not.toMatch(/private key|syt_secret_token/);
  for (const name of [device, '@docket:matrix.test/OLD']) {
    const { records } = await keys.hold(name);
    expect(new Set(records.map(({ value }) => Buffer.from(value).toString())).size).toBe(600);
  }
  expect(await memory.load(session)).toEqual(kept);
});

test('a wrong key and a missing one are refused, and say what to do; the right one is taken as soon as it is back', async () => {
  const right = store();
  await right.memory.save(session, kept);
  await expect(store(randomBytes(32)).open()).rejects.toThrow(
    /encrypted with another key than that of DOCKET_SECRET_KEY\. Set DOCKET_SECRET_KEY to that key\..*docket forget-secrets/,
  );
  const key = await readFile(path.join(folder, 'secret.key'), 'utf8');
  await rm(path.join(folder, 'secret.key'));
  const restarted = store();
  await expect(restarted.open()).rejects.toThrow(/key is missing\. Set DOCKET_SECRET_KEY, or put back .*secret\.key/);
  await expect(restarted.memory.load(session)).rejects.toThrow('key is missing');
  await expect(stat(path.join(folder, 'secret.key'))).rejects.toThrow('ENOENT');
  await writeFile(path.join(folder, 'secret.key'), 'no key');
  await expect(restarted.open()).rejects.toThrow('holds no key');
  await writeFile(path.join(folder, 'secret.key'), key);
  expect(await restarted.memory.load(session)).toEqual(kept);
  expect(await store(readSecretKey(key)).memory.load(session)).toEqual(kept);
});

test('when the key is lost, the secrets can be forgotten; a new key is taken then', async () => {
  await store().memory.save(session, kept);
  await forgetSecrets(db);
  const fresh = store(randomBytes(32));
  expect(await fresh.memory.load(session)).toBeNull();
  await fresh.memory.save(session, kept);
  expect(await fresh.memory.load(session)).toEqual(kept);
});

test('two processes that start at the same moment use one key', async () => {
  const opened = await Promise.all(Array.from({ length: 4 }, () => openSecrets(db, null, folder)));
  const sealed = opened[0]?.seal(Buffer.from('secret'), 'here') ?? Buffer.of();
  for (const secrets of opened) expect(Buffer.from(secrets.open(sealed, 'here')).toString()).toBe('secret');
});

test('sealed bytes that were changed, or moved elsewhere, do not open', () => {
  const secrets = secretsWith(randomBytes(32));
  const sealed = secrets.seal(Buffer.from('secret'), 'here');
  expect(() => secrets.open(sealed, 'there')).toThrow();
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => secrets.open(sealed, 'here')).toThrow();
});

test('a key is written in base64 or hexadecimal, and is 32 bytes', () => {
  const key = randomBytes(32);
  for (const written of [key.toString('base64'), key.toString('hex'), ` ${key.toString('base64url')}\n`]) {
    expect(readSecretKey(written)).toEqual(key);
  }
  for (const none of ['', 'password', randomBytes(31).toString('base64'), randomBytes(33).toString('hex')]) {
    expect(readSecretKey(none)).toBeNull();
  }
});
