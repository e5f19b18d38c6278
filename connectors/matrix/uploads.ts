import { z } from 'zod';
import type { Address, LineView } from '../connector.ts';
import { Refused } from './failure.ts';
import type { Matrix } from './matrix.ts';
import { send, transactionOf } from './sending.ts';
import { inThread } from './thread.ts';

type Attachment = LineView['attachments'][number];

const uploaded = z.object({ content_uri: z.string() });

/** An upload takes as long as the line does. Milliseconds. */
const patience = 120_000;

/**
 * Shares the files of a line behind it. Each is an event under a transaction of its own, so that none is there twice. One
 * that the homeserver does not take (it is too large for it, say) is left out.
 *
 * @throws TryLater, Undeliverable, Refused
 */
export async function attach(
  matrix: Matrix,
  to: Address,
  attachments: readonly Attachment[],
  key: string,
): Promise<void> {
  for (const attachment of attachments) {
    const content = await contentOf(matrix, to.channel, attachment).catch((error: unknown) => {
      // It is named in its line, and stands in the ticket; all else that is to be told there does not wait for it.
      if (!(error instanceof Refused)) throw error;
      matrix.log.warn({ err: error, file: attachment.name }, 'the homeserver does not take a file');
      return null;
    });
    if (content === null) continue;
    const transaction = transactionOf(`${key} file ${attachment.id}`);
    const placed = { ...content, ...(await inThread(matrix, to.channel, to.thread)) };
    await send(matrix, to.channel, 'm.room.message', placed, transaction);
  }
}

/** Pictures that clients show; others (SVG) may hold more than a picture. */
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The type of message under which clients show a file instead of offering it for download. */
function kindOf(mimetype: string): 'm.image' | 'm.audio' | 'm.video' | 'm.file' {
  const type = mimetype.split(';')[0]?.trim().toLowerCase() ?? '';
  if (pictures.has(type)) return 'm.image';
  if (type.startsWith('audio/')) return 'm.audio';
  return type.startsWith('video/') ? 'm.video' : 'm.file';
}

async function contentOf(matrix: Matrix, room: string, { id, name, type, size }: Attachment): Promise<object | null> {
  const bytes = await matrix.door.file(id);
  if (bytes === null || bytes.byteLength === 0) return null;
  const file = await matrix.device.sealedFile(matrix.successors.newest(room), bytes);
  const { content_uri: url } = await matrix.api.call({
    path: '/media/v3/upload',
    method: 'POST',
    query: file.key === null ? { filename: name } : {},
    body: file.bytes,
    within: patience,
    shape: uploaded,
  });
  return {
    msgtype: kindOf(type),
    body: name,
    filename: name,
    info: { mimetype: type, size },
    'm.mentions': {},
    ...(file.key === null ? { url } : { file: { ...file.key, url } }),
  };
}
