import { Lines } from '../../src/ticket/lines.ts';
import { shorten } from '../../src/ticket/shorten.ts';
import type { Block, Inline, Text } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { limits } from './limits.ts';
import { moment } from './read-mrkdwn.ts';
import { listOf, recordOf, textOf } from './shape.ts';

/** Ours: elements read of one message; people's have a few dozen. */
const mostElements = 5_000;

/**
 * Reads the elements of `rich_text` blocks (docs.slack.dev/reference/block-kit/blocks/rich-text-block). Lists become
 * lines with a bullet or a number; italics are dropped, struck words stay in their tildes. What is of no known shape is
 * left out.
 */
export function readRichText(elements: readonly unknown[], known: Known): Written {
  const room = { elements: mostElements, characters: limits.messageText };
  const blocks: Block[] = [];
  let mentionsBot = false;
  elements.slice(0, mostElements).forEach((unknown, index) => {
    const element = recordOf(unknown);
    const read = readElement(element, known, room);
    const next = elements[index + 1];
    const followed = next !== undefined && recordOf(next)['type'] !== 'rich_text_section';
    if (element['type'] === 'rich_text_section' && followed && read.lines.ended) read.lines.dropLast();
    blocks.push(...read.blocks());
    mentionsBot ||= read.lines.mentionsBot;
  });
  return { text: blocks, mentionsBot };
}

interface Room {
  elements: number;
  characters: number;
}

interface Read {
  readonly lines: Lines;
  readonly blocks: () => Text;
}

function readElement(element: Readonly<Record<string, unknown>>, known: Known, room: Room): Read {
  const lines = new Lines(known.bot);
  const parts = listOf(element['elements']);
  switch (element['type']) {
    case 'rich_text_section':
      readParts(parts, lines, known, room);
      return { lines, blocks: () => (parts.length === 0 ? [] : lines.paragraphs()) };
    case 'rich_text_list':
      readList(element, lines, known, room);
      return { lines, blocks: () => (parts.length === 0 ? [] : lines.paragraphs()) };
    case 'rich_text_quote':
      readParts(parts, lines, known, room);
      return { lines, blocks: () => [{ block: 'quote', blocks: lines.paragraphs() }] };
    case 'rich_text_preformatted': {
      const code = parts.map((part) => taken(wordsOf(recordOf(part)), room)).join('');
      return { lines, blocks: () => [{ block: 'code', code }] };
    }
    default:
      return { lines, blocks: () => [] };
  }
}

/** What is written out in a block of code: Slack makes links of addresses in it. */
function wordsOf(part: Readonly<Record<string, unknown>>): string {
  return textOf(part['text']) || textOf(part['url']);
}

function readList(list: Readonly<Record<string, unknown>>, lines: Lines, known: Known, room: Room): void {
  const indent = '    '.repeat(Math.min(Math.max(Math.trunc(Number(list['indent'] ?? 0)) || 0, 0), 8));
  const first = Math.trunc(Number(list['offset'] ?? 0)) || 0;
  listOf(list['elements']).forEach((item, index) => {
    if (room.elements <= 0) return;
    const mark = list['style'] === 'ordered' ? `${first + index + 1}. ` : '• ';
    lines.add(`${index === 0 ? '' : '\n'}${indent}${mark}`);
    readParts(listOf(recordOf(item)['elements']), lines, known, room);
  });
}

function readParts(parts: readonly unknown[], lines: Lines, known: Known, room: Room): void {
  for (const unknown of parts) {
    if (room.elements <= 0 || room.characters <= 0) return;
    room.elements -= 1;
    const part = recordOf(unknown);
    const inline = readPart(part, known, room);
    const style = recordOf(part['style']);
    lines.add(style['bold'] === true ? { inline: 'strong', inlines: [inline] } : inline);
  }
}

function readPart(part: Readonly<Record<string, unknown>>, known: Known, room: Room): Inline {
  const named = (sign: string, id: string): string => `${sign}${known.nameOf(id) ?? id}`;
  const text = textOf(part['text']);
  switch (part['type']) {
    case 'text': {
      const style = recordOf(part['style']);
      const words = taken(style['strike'] === true ? `~${text}~` : text, room);
      return style['code'] === true ? { inline: 'code', code: words } : words;
    }
    case 'link': {
      const url = taken(textOf(part['url']), room);
      return { inline: 'link', url, label: taken(text, room) || url };
    }
    case 'user': {
      const id = textOf(part['user_id']);
      return id === '' ? '' : { inline: 'mention', id, name: known.nameOf(id) ?? id };
    }
    case 'usergroup':
      return named('@', textOf(part['usergroup_id']));
    case 'channel':
      return named('#', textOf(part['channel_id']));
    case 'broadcast':
      return `@${textOf(part['range'])}`;
    case 'emoji':
      return emoji(textOf(part['name']), textOf(part['unicode']));
    case 'date':
      return moment(Number(part['timestamp']), textOf(part['fallback']));
    case 'color':
      return textOf(part['value']);
    default:
      return taken(text, room);
  }
}

/** An emoji of Unicode as itself (`1f44b-1f3fb`), one of the workspace by its name. */
function emoji(name: string, unicode: string): string {
  const codes = unicode.split('-').map((code) => Number.parseInt(code, 16));
  return codes.every((code) => code > 0 && code <= 0x10ffff)
    ? String.fromCodePoint(...codes).toWellFormed()
    : `:${name}:`;
}

function taken(text: string, room: Room): string {
  if (room.characters <= 0) return '';
  const kept = shorten(text, room.characters);
  room.characters -= text.length;
  return kept;
}
