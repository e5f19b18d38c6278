import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { Undeliverable } from '../connector.ts';
import type { encryptedFile } from './payloads.ts';

type File = z.infer<typeof encryptedFile>;

/** Files are encrypted with AES in counter mode, under a key of their own (spec.matrix.org/latest/client-server-api/#sending-encrypted-attachments). */
const cipher = 'aes-256-ctr';

/** Encrypts a file; `key` goes into the event that names it. */
export function encryptFile(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly key: Omit<File, 'url'> } {
  const key = randomBytes(32);
  // The half that counts begins at zero.
  const iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)]);
  const encrypting = createCipheriv(cipher, key, iv);
  const encrypted = Buffer.concat([encrypting.update(bytes), encrypting.final()]);
  return {
    bytes: encrypted,
    key: {
      v: 'v2',
      key: { kty: 'oct', key_ops: ['encrypt', 'decrypt'], alg: 'A256CTR', k: key.toString('base64url'), ext: true },
      iv: unpadded(iv),
      hashes: { sha256: hashOf(encrypted) },
    },
  };
}

/** @throws Undeliverable where the bytes are not those that were sent */
export function decryptFile(bytes: Uint8Array, { key, iv, hashes }: Omit<File, 'url'>): Uint8Array {
  const [secret, start] = [Buffer.from(String(key['k']), 'base64url'), Buffer.from(iv, 'base64')];
  if (secret.length !== 32 || start.length !== 16 || hashes['sha256']?.replace(/=+$/, '') !== hashOf(bytes)) {
    throw new Undeliverable('an encrypted file is not what was sent');
  }
  const decrypting = createDecipheriv(cipher, secret, start);
  return Buffer.concat([decrypting.update(bytes), decrypting.final()]);
}

function hashOf(bytes: Uint8Array): string {
  return unpadded(createHash('sha256').update(bytes).digest());
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
