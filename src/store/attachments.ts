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

/** Bytes of the files that somebody has attached within the last 24 hours. */
export async function uploadedWithinDay(db: Database, uploader: PersonId): Promise<number> {
  const [found] = await rows<{ bytes: number }>(
    db,
    `select coalesce(sum(size), 0)::bigint as bytes from attachments
     where uploader_id = $1 and created > now() - interval '24 hours'`,
    [uploader],
  );
  return found?.bytes ?? 0;
}

/** Bytes that are read of a file at a time. */
const pieceBytes = 256 * 1024;

/** The bytes of a file piece by piece, so that no more than a piece is in memory; none when there is no such file. */
export async function* attachmentPieces(db: Database, id: string): AsyncGenerator<Buffer> {
  if (!isUuid(id)) return;
  for (let from = 1; ; from += pieceBytes) {
    const [found] = await rows<{ piece: Buffer }>(
      db,
      'select substring(bytes from $2::int for $3::int) as piece from attachments where id = $1',
      [id, from, pieceBytes],
    );
    if (found === undefined || found.piece.byteLength === 0) return;
    yield found.piece;
  }
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
