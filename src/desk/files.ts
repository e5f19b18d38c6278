import { keepAttachment } from '../store/attachments.ts';
import type { Attachment } from '../ticket/change.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import type { Inbound, InboundFile } from './inbound.ts';

/** The files of an inbound, copied into the store: on their platform they may expire or be deleted. */
export async function keepFiles(desk: Desk, inbound: Inbound, uploader: PersonId): Promise<readonly Attachment[]> {
  if (inbound.kind !== 'message' && inbound.kind !== 'reaction') return [];
  return Promise.all(inbound.files.map((file) => keepFile(desk, inbound.where.platform, file, uploader)));
}

async function keepFile(desk: Desk, platform: string, file: InboundFile, uploader: PersonId): Promise<Attachment> {
  if (file.attachment !== null) return { id: file.attachment, name: file.name, type: file.type, size: file.size };
  const bytes = await desk.fetchFile(platform, file.ref);
  return keepAttachment(desk.store, { name: file.name, type: file.type, bytes, uploader });
}
