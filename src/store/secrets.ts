import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Database, rows } from './pool.ts';

/** Encrypts what must not stand readable in the database. */
export interface Secrets {
  /**
   * @param context names where the secret is kept: sealed bytes that were moved elsewhere do not open there
   * @returns the bytes, encrypted and authenticated (AES-256-GCM)
   */
  seal(plain: Uint8Array, context: string): Buffer;
  /**
   * The bytes of what was sealed; what is not sealed is given back as it is, for it was kept before secrets were.
   *
   * @throws Error where it was sealed under another key or in another context, or was changed
   */
  open(sealed: Uint8Array, context: string): Uint8Array;
}

/** The secrets in the database cannot be read; the message says what to do. */
export class SecretsClosed extends Error {}

/** What is sealed begins so: nothing that Docket keeps in clear does. */
const mark = Buffer.from('DKT\u0001', 'latin1');
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export function isSealed(bytes: Uint8Array): boolean {
  return bytes.length >= mark.length + nonceBytes + tagBytes && mark.equals(bytes.subarray(0, mark.length));
}

/** @param key 32 random bytes */
export function secretsWith(key: Uint8Array): Secrets {
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([mark, nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed, context) {
      if (!isSealed(sealed)) return sealed;
      const nonce = sealed.subarray(mark.length, mark.length + nonceBytes);
      const tag = sealed.subarray(mark.length + nonceBytes, mark.length + nonceBytes + tagBytes);
      const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
      const plain = cipher.update(sealed.subarray(mark.length + nonceBytes + tagBytes));
      return Buffer.concat([plain, cipher.final()]);
    },
  };
}

/** The 32 bytes of a key as it is written: base64 (`openssl rand -base64 32`) or hexadecimal; null where it is none. */
export function readSecretKey(written: string): Buffer | null {
  const trimmed = written.trim();
  if (/^[\da-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (!/^[\w+/-]{43}=?$/.test(trimmed)) return null;
  const key = Buffer.from(trimmed, 'base64');
  return key.length === keyBytes ? key : null;
}

/** Where the key is kept in the data folder, where none is set in the environment. */
export const keyFile = 'secret.key';

/**
 * Opens the secrets of a database: with the key of the environment, else with that of the data folder, which is made at the
 * first start. The database remembers which key it is, so that a wrong one is refused before anything is written with it.
 *
 * @param key of the environment (DOCKET_SECRET_KEY); null where none is set
 * @param folder the data folder
 * @throws SecretsClosed where the key is wrong or missing
 */
export async function openSecrets(db: Database, key: Uint8Array | null, folder: string): Promise<Secrets> {
  const file = path.join(folder, keyFile);
  let found = key ?? (await readKeyFile(file));
  const isKept = found !== null || (await keptCheck(db)) !== null;
  // A process that starts at the same moment writes the file first, and then the check: the file may be there by now.
  if (found === null && isKept) found = await readKeyFile(file);
  if (found === null && isKept) {
    throw new SecretsClosed(
      `The secrets in the database are encrypted, and their key is missing. Set DOCKET_SECRET_KEY, or put back ${file}. ${lost}`,
    );
  }
  const secrets = secretsWith(found ?? (await makeKeyFile(file)));
  await rows(db, keepCheck, [
    checkName,
    JSON.stringify(secrets.seal(Buffer.from(checkText), checkName).toString('base64')),
  ]);
  const check = await keptCheck(db);
  try {
    if (check !== null && Buffer.from(secrets.open(check, checkName)).toString() === checkText) return secrets;
  } catch (error) {
    throw new SecretsClosed(wrongKey(key === null ? file : 'DOCKET_SECRET_KEY'), { cause: error });
  }
  throw new SecretsClosed(wrongKey(key === null ? file : 'DOCKET_SECRET_KEY'));
}

const lost = 'If the key is lost, run `docket forget-secrets`: Docket then signs in to Matrix as a new device.';

const wrongKey = (from: string): string =>
  `The secrets in the database were encrypted with another key than that of ${from}. Set DOCKET_SECRET_KEY to that key. ${lost}`;

const checkName = 'secret key check';
const checkText = 'This is the right key.';
const keepCheck = 'insert into connector_memory (name, value) values ($1, $2) on conflict (name) do nothing';

async function keptCheck(db: Database): Promise<Uint8Array | null> {
  const [kept] = await rows<{ value: unknown }>(db, 'select value from connector_memory where name = $1', [checkName]);
  return typeof kept?.value === 'string' ? Buffer.from(kept.value, 'base64') : null;
}

async function readKeyFile(file: string): Promise<Buffer | null> {
  try {
    const key = readSecretKey(await readFile(file, 'utf8'));
    if (key === null) throw new SecretsClosed(`${file} holds no key. Put back the one that was there. ${lost}`);
    return key;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes the key, readable for nobody else. Where another process makes one at the same moment, both use the first. */
async function makeKeyFile(file: string): Promise<Buffer> {
  await mkdir(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(unfinished, `${randomBytes(keyBytes).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  await chmod(unfinished, 0o600);
  try {
    await link(unfinished, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(unfinished);
  }
  const key = await readKeyFile(file);
  if (key === null) throw new Error(`${file} was taken away as soon as it was made`);
  return key;
}

/**
 * Forgets everything that is encrypted, and the key with it: after this a new key is taken.
 *
 * @returns how many devices and sessions were forgotten
 */
export async function forgetSecrets(db: Database): Promise<number> {
  const [forgotten] = await rows<{ count: number }>(
    db,
    `with devices as (delete from matrix_devices returning device),
       keys as (delete from matrix_keys),
       sessions as (delete from connector_memory where starts_with(name, 'matrix session ') returning name),
       checks as (delete from connector_memory where name = $1)
     select ((select count(*) from devices) + (select count(*) from sessions))::int as count`,
    [checkName],
  );
  return forgotten?.count ?? 0;
}
