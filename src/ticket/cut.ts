import { shorten } from './shorten.ts';
import type { Block, Inline, Text } from './text.ts';

/** What is left to write in, in characters of JSON, and whether anything had no place in it. Used up by what is put in. */
export interface Room {
  left: number;
  cut: boolean;
}

/** Characters of JSON that an element takes besides its text, about. */
const overhead = 40;

/** The same for the end of a line, of which a text may be full. */
const lineBreak = 10;

export function roomOf(left: number): Room {
  return { left, cut: false };
}

/** As much of a text as there is room for; where it is cut, it ends with `…`. */
export function cutText(text: Text, room: Room): Text {
  const kept: Block[] = [];
  for (const block of text) {
    if (room.cut) break;
    if (kept.length > 0) room.left -= lineBreak;
    if (room.left < 0) {
      room.cut = true;
      kept.push({ block: 'paragraph', inlines: ['…'] });
    } else kept.push(cutBlock(block, room));
  }
  return kept;
}

/** As much of a run of inlines as there is room for; where it is cut, it ends with `…`. */
export function cutInlines(inlines: readonly Inline[], room: Room): readonly Inline[] {
  const kept: Inline[] = [];
  for (const inline of inlines) {
    if (room.cut) break;
    kept.push(cutInline(inline, room));
  }
  return kept;
}

function cutBlock(block: Block, room: Room): Block {
  switch (block.block) {
    case 'paragraph':
      return { block: 'paragraph', inlines: cutInlines(block.inlines, room) };
    case 'code':
      return { block: 'code', code: cutWords(block.code, room) };
    case 'quote':
      return { ...block, blocks: cutText(block.blocks, room) };
  }
}

function cutInline(inline: Inline, room: Room): Inline {
  if (typeof inline === 'string') return cutWords(inline, room);
  switch (inline.inline) {
    case 'strong':
      return { inline: 'strong', inlines: cutInlines(inline.inlines, room) };
    case 'code':
      return { inline: 'code', code: cutWords(inline.code, room) };
    case 'link':
      return whole(inline, inline.url.length + inline.label.length, room);
    case 'person':
    case 'mention':
      return whole(inline, inline.name.length, room);
    case 'command':
      return whole(inline, inline.command.length, room);
    case 'ticket':
    case 'time':
      return whole(inline, 100, room);
  }
}

function whole(inline: Inline, length: number, room: Room): Inline {
  if (overhead + length <= room.left) {
    room.left -= overhead + length;
    return inline;
  }
  room.cut = true;
  return '…';
}

function cutWords(words: string, room: Room): string {
  const most = room.left - overhead;
  room.left = most - words.length;
  if (words.length <= most) return words;
  room.cut = true;
  return shorten(words, Math.max(most, 1));
}
