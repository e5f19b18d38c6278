import { setTimeout } from 'node:timers/promises';
import { keepAttachment, uploadedWithinDay } from '../store/attachments.ts';
import type { Attachment } from '../ticket/change.ts';
import { limits } from '../ticket/limits.ts';
import { paragraph } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import type { Inbound, InboundFile } from './inbound.ts';
import { strong } from './names.ts';
import { info } from './notice.ts';
import { TryLater } from './outlet.ts';
import type { NoticeView } from './view.ts';

/** Milliseconds after which a file is asked for again: what was written with it waits for that, and no longer. */
export const filePauses = [500, 1_500];

/** A file that came along and could not be kept. */
export interface LostFile {
  readonly name: string;
  readonly why: 'too large' | 'not to be had' | 'too many';
}

/** What became of the files of an inbound. */
export interface Kept {
  readonly attachments: readonly Attachment[];
  readonly lost: readonly LostFile[];
}

/**
 * The files of an inbound, copied into the store: on their platform they may expire or be deleted. One that cannot be had
 * is no reason to lose what was written with it.
 */
export async function keepFiles(desk: Desk, inbound: Inbound, uploader: PersonId): Promise<Kept> {
  if (inbound.kind !== 'message' && inbound.kind !== 'reaction') return { attachments: [], lost: [] };
  const { room, over } = await withinDay(desk, inbound, uploader);
  const kept = await Promise.all(room.map((file) => keepFile(desk, inbound.where.platform, file, uploader)));
  const files = [...kept, ...over.map(({ name }): LostFile => ({ name, why: 'too many' }))];
  return {
    attachments: files.flatMap((file) => ('id' in file ? [file] : [])),
    lost: files.flatMap((file) => ('why' in file ? [file] : [])),
  };
}

/** The files that somebody may still attach today, and those that they may not. What the console keeps it has counted itself. */
async function withinDay(
  desk: Desk,
  { files }: Inbound & { readonly files: readonly InboundFile[] },
  uploader: PersonId,
): Promise<{ readonly room: readonly InboundFile[]; readonly over: readonly InboundFile[] }> {
  const sizeOf = ({ attachment, size }: InboundFile) => (attachment === null ? size : 0);
  if (files.every((file) => sizeOf(file) === 0)) return { room: files, over: [] };
  let left = desk.allowance.limits.uploadsPerDay - (await uploadedWithinDay(desk.store, uploader));
  const room = files.filter((file) => {
    if (sizeOf(file) > Math.max(0, left)) return false;
    left -= sizeOf(file);
    return true;
  });
  return { room, over: files.filter((file) => !room.includes(file)) };
}

async function keepFile(
  desk: Desk,
  platform: string,
  { name, type, size, attachment, ref }: InboundFile,
  uploader: PersonId,
): Promise<Attachment | LostFile> {
  if (attachment !== null) return { id: attachment, name, type, size };
  if (size > limits.file) return { name, why: 'too large' };
  const bytes = await fetched(desk, platform, ref);
  if (bytes === null) return { name, why: 'not to be had' };
  if (bytes.byteLength > limits.file) return { name, why: 'too large' };
  return keepAttachment(desk.store, { name, type, bytes, uploader });
}

async function fetched(desk: Desk, platform: string, ref: string): Promise<Uint8Array | null> {
  for (const pause of [...filePauses, null]) {
    try {
      return await desk.fetchFile(platform, ref);
    } catch (error) {
      if (pause === null || !(error instanceof TryLater)) {
        desk.log.warn({ err: error, platform, ref }, 'a file could not be fetched; what was written with it is kept');
        return null;
      }
      await setTimeout(pause);
    }
  }
  return null;
}

/** Tells somebody of each file of theirs that is not with what they wrote. */
export function lostNotices({ allowance }: Desk, lost: readonly LostFile[]): readonly NoticeView[] {
  const reasons: Readonly<Record<LostFile['why'], string>> = {
    'too large': ` was not kept: a file may have at most ${limits.file / 1_000_000} MB.`,
    'not to be had': ' could not be fetched, and was not kept. Please send it once more.',
    'too many': ` was not kept: one person can attach ${allowance.limits.uploadsPerDay / 1_000_000} MB of files a day.`,
  };
  return lost.map(({ name, why }) => info([paragraph('⚠️ ', strong(name), reasons[why])]));
}
