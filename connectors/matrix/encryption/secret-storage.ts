import { createDecipheriv, createHmac, hkdfSync, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const base64 = z.string().max(4_096);

/** An `m.secret_storage.key.…` of somebody's account data (spec.matrix.org/latest/client-server-api/#key-storage). */
const storageKey = z.object({
  algorithm: z.literal('m.secret_storage.v1.aes-hmac-sha2'),
  iv: base64.optional(),
  mac: base64.optional(),
  passphrase: z
    .object({
      algorithm: z.literal('m.pbkdf2'),
      salt: z.string(),
      iterations: z.int().positive().max(10_000_000),
      bits: z.literal(256).default(256),
    })
    .optional()
    .catch(undefined),
});

const secretShape = z.object({
  encrypted: z.record(z.string(), z.object({ iv: base64, ciphertext: base64, mac: base64 })),
});

/** Gives a piece of the account's data; null where there is none. */
export type AccountData = (type: string) => Promise<unknown>;

/** The secret storage cannot be opened; the message says why, and repeats no secret. */
export class StorageClosed extends Error {}

/**
 * Reads secrets out of the account's secret storage.
 *
 * @param recovery the recovery key (`EsTx …`), or the security phrase
 * @param names of secrets: `m.cross_signing.master`
 * @returns the secrets, in the order of their names
 * @throws StorageClosed where there is no storage, no such secret, or the key is not that of the storage
 */
export async function readSecrets(
  accountData: AccountData,
  recovery: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const { key: id } =
    z.object({ key: z.string() }).safeParse(await accountData('m.secret_storage.default_key')).data ?? {};
  if (id === undefined) throw new StorageClosed('The account has no secret storage.');
  const described = storageKey.safeParse(await accountData(`m.secret_storage.key.${id}`)).data;
  if (described === undefined) throw new StorageClosed('The secret storage of the account is of an unknown kind.');
  const key = keyOf(recovery, described);
  if (described.iv !== undefined && described.mac !== undefined) {
    // The key is checked by encrypting 32 zero bytes under an empty name.
    const { mac } = sealZeros(key, described.iv);
    if (!same(mac, Buffer.from(described.mac, 'base64'))) throw new StorageClosed(wrongKey);
  }
  const secrets: string[] = [];
  for (const name of names) {
    const sealed = secretShape.safeParse(await accountData(name)).data?.encrypted[id];
    if (sealed === undefined) throw new StorageClosed(`The secret storage of the account has no ${name}.`);
    secrets.push(opened(key, name, sealed));
  }
  return secrets;
}

const wrongKey = 'MATRIX_RECOVERY_KEY does not open the secret storage of the account.';

function keyOf(recovery: string, { passphrase }: z.infer<typeof storageKey>): Buffer {
  const key = readRecoveryKey(recovery);
  if (key !== null) return key;
  if (passphrase === undefined) throw new StorageClosed('MATRIX_RECOVERY_KEY must be a recovery key (`EsT…`).');
  return pbkdf2Sync(recovery, passphrase.salt, passphrase.iterations, 32, 'sha512');
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * The 32 bytes of a recovery key; null where it is none
 * (spec.matrix.org/latest/client-server-api/#recovery-key: base58 of 8B 01, the key and a parity byte).
 */
export function readRecoveryKey(written: string): Buffer | null {
  const signs = written.replace(/\s+/g, '');
  if (signs.length > 64 || signs === '') return null;
  let number = 0n;
  for (const sign of signs) {
    const digit = alphabet.indexOf(sign);
    if (digit === -1) return null;
    number = number * 58n + BigInt(digit);
  }
  const hex = number.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const parity = bytes.reduce((sum, byte) => sum ^ byte, 0);
  if (bytes.length !== 35 || bytes[0] !== 0x8b || bytes[1] !== 0x01 || parity !== 0) return null;
  return bytes.subarray(2, 34);
}

/** spec.matrix.org/latest/client-server-api/#msecret_storagev1aes-hmac-sha2-1 */
function derived(key: Buffer, name: string): { readonly aes: Buffer; readonly hmac: Buffer } {
  const both = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(32), name, 64));
  return { aes: both.subarray(0, 32), hmac: both.subarray(32) };
}

function sealZeros(key: Buffer, iv: string) {
  const { aes, hmac } = derived(key, '');
  // In counter mode encrypting and decrypting are the same.
  const ciphertext = createDecipheriv('aes-256-ctr', aes, Buffer.from(iv, 'base64')).update(Buffer.alloc(32));
  return { mac: createHmac('sha256', hmac).update(ciphertext).digest() };
}

function opened(
  key: Buffer,
  name: string,
  { iv, ciphertext, mac }: { readonly iv: string; readonly ciphertext: string; readonly mac: string },
): string {
  const { aes, hmac } = derived(key, name);
  const sealed = Buffer.from(ciphertext, 'base64');
  if (!same(createHmac('sha256', hmac).update(sealed).digest(), Buffer.from(mac, 'base64'))) {
    throw new StorageClosed(wrongKey);
  }
  return createDecipheriv('aes-256-ctr', aes, Buffer.from(iv, 'base64')).update(sealed).toString('utf8');
}

function same(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
