import { paragraph, type Text } from '../../src/ticket/text.ts';
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

/**
 * Reads a message: its words with the names of those who are mentioned, and its files. What somebody says of themselves (`/me`)
 * begins with their name.
 */
export async function readIncoming(
  matrix: Matrix,
  room: string,
  content: MessageContent,
  sender: string,
): Promise<Incoming> {
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
  const written = readMessage({ ...content, isReply, mentions }, bot);
  const text = content.msgtype === 'm.emote' ? said(bot.nameOf(sender) ?? sender, written.text) : written.text;
  return { ...written, text, files };
}

/** A text that tells what somebody does, with the one who does it. */
function said(name: string, [first, ...rest]: Text): Text {
  return first?.block === 'paragraph' ? [paragraph(`${name} `, ...first.inlines), ...rest] : [paragraph(name), ...rest];
}

function filesOf(content: MessageContent): readonly InboundFile[] {
  const { msgtype = '', url, file, body, filename, info } = content;
  if (!fileTypes.has(msgtype)) return [];
  const ref = file !== undefined ? refOf({ file }) : url !== undefined ? refOf({ url }) : null;
  if (ref === null) return [];
  return [
    {
      name: named(filename || content['org.matrix.msc1767.file']?.name || body || 'file', info?.mimetype ?? ''),
      type: info?.mimetype ?? 'application/octet-stream',
      size: info?.size ?? 0,
      attachment: null,
      ref,
    },
  ];
}

/** What voice messages and pasted pictures are, whose names often say nothing of it. */
const extensions: Readonly<Record<string, string>> = {
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

/** A file's name, with an extension where it has none and its type is known. */
function named(name: string, mimetype: string): string {
  const extension = extensions[mimetype.split(';')[0]?.trim().toLowerCase() ?? ''];
  return extension === undefined || /\.\w{1,10}$/.test(name) ? name : `${name}.${extension}`;
}

/** Somebody as they are called in a room. */
export async function senderOf(matrix: Matrix, room: string, { sender }: Pick<RoomEvent, 'sender'>) {
  return { id: sender, name: await matrix.rooms.nameIn(room, sender) };
}
