import type { Written } from '../../src/ticket/written.ts';
import type { Address, InboundFile } from '../connector.ts';
import { refOf } from './downloads.ts';
import type { Matrix } from './matrix.ts';
import type { MessageContent, RoomEvent } from './payloads.ts';
import { platform } from './platform.ts';
import { readMessage } from './reading.ts';

/** A message of Matrix's as the house takes it. */
export interface Incoming extends Written {
  readonly files: readonly InboundFile[];
}

const fileTypes: ReadonlySet<string> = new Set(['m.file', 'm.image', 'm.audio', 'm.video']);

/** A place in Matrix, as the house knows it. */
export async function addressOf(matrix: Matrix, room: string, thread: string | null): Promise<Address> {
  return {
    platform,
    workspace: matrix.server,
    channel: matrix.successors.known(room),
    thread,
    direct: await matrix.directs.isDirect(room),
  };
}

/** Reads a message: its words with the names of those who are mentioned, and its files. */
export async function readIncoming(matrix: Matrix, room: string, content: MessageContent): Promise<Incoming> {
  const members = await matrix.rooms.members(room);
  const bot = {
    bot: matrix.bot,
    name: members.get(matrix.bot)?.name ?? '',
    nameOf: (id: string) => members.get(id)?.name ?? null,
  };
  const files = filesOf(content);
  // The body of a file is its name, but where there is a name beside it.
  const captioned = content.filename !== undefined && content.filename !== content.body;
  if (files.length > 0 && !captioned) return { text: [], mentionsBot: false, files };
  const relation = content['m.relates_to'];
  const isReply = relation?.['m.in_reply_to'] !== undefined;
  const mentions = content['m.mentions']?.user_ids ?? null;
  return { ...readMessage({ ...content, isReply, mentions }, bot), files };
}

function filesOf({ msgtype = '', url, file, body, filename, info }: MessageContent): readonly InboundFile[] {
  if (!fileTypes.has(msgtype)) return [];
  const ref = file !== undefined ? refOf({ file }) : url !== undefined ? refOf({ url }) : null;
  if (ref === null) return [];
  return [
    {
      name: filename || body || 'file',
      type: info?.mimetype ?? 'application/octet-stream',
      size: info?.size ?? 0,
      attachment: null,
      ref,
    },
  ];
}

/** Somebody as they are called in a room. */
export async function senderOf(matrix: Matrix, room: string, { sender }: Pick<RoomEvent, 'sender'>) {
  return { id: sender, name: await matrix.rooms.nameIn(room, sender) };
}
