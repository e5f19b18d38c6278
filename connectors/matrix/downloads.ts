import { z } from 'zod';
import { limits } from '../../src/ticket/limits.ts';
import { Undeliverable } from '../connector.ts';
import { decryptFile } from './encrypted-file.ts';
import { Refused } from './failure.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { encryptedFile } from './payloads.ts';

const refShape = z.union([z.object({ url: z.string() }).strict(), z.object({ file: encryptedFile }).strict()]);

/** How a file is found again: where it is, and with what it is decrypted. */
export function refOf(file: z.infer<typeof refShape>): string {
  return JSON.stringify(file);
}

/** How long a file may take. Milliseconds. */
const patience = 120_000;

/**
 * The bytes of a file, decrypted where it was encrypted (spec.matrix.org/latest/client-server-api/#content-repository: the
 * authenticated endpoints).
 *
 * @throws Undeliverable where it cannot be had, TryLater where it may be had later
 */
export async function download(matrix: Matrix, ref: string): Promise<Uint8Array> {
  const found = refShape.parse(JSON.parse(ref));
  const url = 'url' in found ? found.url : found.file.url;
  const [, server, id] = /^mxc:\/\/([^/]+)\/([^/?#]+)$/.exec(url) ?? [];
  if (server === undefined || id === undefined) throw new Undeliverable('the file has no address in Matrix');
  const bytes = await fetched(matrix, server, id);
  return 'url' in found ? bytes : decryptFile(bytes, found.file);
}

async function fetched({ api }: Matrix, server: string, id: string): Promise<Uint8Array> {
  const path = `/client/v1/media/download/${part(server)}/${part(id)}`;
  try {
    const bytes = await api.bytes({ path, within: patience }, limits.file);
    if (bytes === null) throw new Undeliverable(`the file ${id} is too large`);
    return bytes;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Undeliverable(`the homeserver does not hand out the file ${id}`, { cause: error });
  }
}
