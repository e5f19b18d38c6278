import { createHash, randomUUID } from 'node:crypto';
import type { Attachment } from '../ticket/change.ts';
import type { PersonId } from '../ticket/ticket.ts';
import { type Database, rows } from './pool.ts';

/** Keeps a file. Who may see it is decided by the transactions that name it. */
export async function keepAttachment(
  db: Database,
  file: {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
    readonly uploader: PersonId | null;
  },
): Promise<Attachment> {
  const id = randomUUID();
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await rows(
    db,
    'insert into attachments (id, name, type, size, sha256, bytes, uploader_id) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, file.name, file.type, file.bytes.byteLength, sha256, file.bytes, file.uploader],
  );
  return { id, name: file.name, type: file.type, size: file.bytes.byteLength };
}

/** A file without its bytes; null when there is none. */
export async function attachment(
  db: Database,
  id: string,
): Promise<(Attachment & { readonly uploader: PersonId | null }) | null> {
  if (!isUuid(id)) return null;
  const [found] = await rows<Attachment & { uploader: PersonId | null }>(
    db,
    'select id, name, type, size, uploader_id as uploader from attachments where id = $1',
    [id],
  );
  return found ?? null;
}

/** The bytes of a file; null when there is none. */
export async function attachmentBytes(db: Database, id: string): Promise<Uint8Array | null> {
  if (!isUuid(id)) return null;
  const [found] = await rows<{ bytes: Buffer }>(db, 'select bytes from attachments where id = $1', [id]);
  return found?.bytes ?? null;
}

function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}
