import { Lines } from '../../src/ticket/lines.ts';
import { type Block, type Inline, paragraph, plainInlines } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { address } from './addresses.ts';
import { seen } from './code.ts';

/**
 * Reads the content of a message (docs.discord.com/developers/reference, "Message Formatting"): mentions, code, quotes, bold
 * words, links and moments; escaped signs stand for themselves. What the house has no word for, as `*italics*`, `||spoilers||`
 * and headings, stays as it was typed. Each line becomes a paragraph; never throws.
 */
export function readMessage(content: string, known: Known): Written {
  return readText(content.replaceAll('\r\n', '\n'), known, true);
}

function readText(typed: string, known: Known, quotes: boolean): Written {
  const blocks: Block[] = [];
  let mentionsBot = false;
  let lines: Lines | null = null;
  const end = (broken: boolean) => {
    if (lines === null) return;
    if (broken && lines.ended) lines.dropLast();
    blocks.push(...lines.paragraphs());
    mentionsBot ||= lines.mentionsBot;
    lines = null;
  };
  for (let at = 0; at < typed.length; ) {
    const block = codeBlockAt(typed, at) ?? (quotes ? quoteAt(typed, at, known) : null);
    if (block === null) {
      const { inline, length } = inlineAt(typed, at, known);
      lines ??= new Lines(known.bot);
      lines.add(inline);
      at += length;
    } else {
      end(true);
      blocks.push(block.read);
      mentionsBot ||= block.mentionsBot;
      at += block.length;
    }
  }
  end(false);
  return { text: blocks.length === 0 ? [paragraph()] : blocks, mentionsBot };
}

interface BlockFound {
  readonly read: Block;
  readonly mentionsBot: boolean;
  readonly length: number;
}

/** A fence, the name of a language, and all up to the next fence, with the line break behind it. */
function codeBlockAt(typed: string, at: number): BlockFound | null {
  if (!typed.startsWith(fence, at)) return null;
  const end = typed.indexOf(fence, at + fence.length);
  if (end === -1) return null;
  const inside = typed.slice(at + fence.length, end);
  const code = trimBreaks(inside.replace(/^[a-z0-9_+\-.#]+\n/i, '')) || trimBreaks(inside);
  if (code === '') return null;
  const after = end + fence.length;
  return {
    read: { block: 'code', code: seen(code) },
    mentionsBot: false,
    length: after + (typed[after] === '\n' ? 1 : 0) - at,
  };
}

const fence = '```';

function trimBreaks(code: string): string {
  return code.replace(/^\n+/, '').trimEnd() === '' ? '' : code.replace(/^\n+/, '').replace(/\n+$/, '');
}

function quoteAt(typed: string, at: number, known: Known): BlockFound | null {
  if (at > 0 && typed[at - 1] !== '\n') return null;
  const found = matchAt(/>>> [\s\S]+|> [^\n]*(?:\n> [^\n]*)*\n?/y, typed, at);
  if (found === null) return null;
  const [whole] = found;
  const inside = whole.startsWith('>>> ') ? whole.slice(4) : whole.replace(/^> /gm, '').replace(/\n$/, '');
  const { text, mentionsBot } = readText(inside, known, false);
  return { read: { block: 'quote', blocks: text }, mentionsBot, length: whole.length };
}

interface InlineFound {
  readonly inline: Inline;
  readonly length: number;
}

/** One kind of markup; the expression is sticky. */
interface Rule {
  readonly sign: RegExp;
  readonly read: (found: RegExpExecArray, known: Known, depth: number) => Inline;
}

/** Bold words within bold words, and words of links, are read so deep; what is deeper stays as it was typed. */
const deepest = 5;

/** In the order in which Discord looks for them. */
const rules: readonly Rule[] = [
  { sign: /\\([^0-9A-Za-z\s])/uy, read: ([, sign = '']) => sign },
  { sign: /<@!?(\d{1,20})>/y, read: ([, id = ''], { nameOf }) => ({ inline: 'mention', id, name: nameOf(id) ?? id }) },
  { sign: /<@&(\d{1,20})>/y, read: ([, id = ''], { nameOf }) => `@${nameOf(id) ?? id}` },
  { sign: /<#(\d{1,20})>/y, read: ([, id = ''], { nameOf }) => `#${nameOf(id) ?? id}` },
  { sign: /<a?(:\w{1,32}:)\d{1,20}>/y, read: ([, emoji = '']) => emoji },
  { sign: /<\/([^:<>\n]{1,100}):\d{1,20}>/y, read: ([, command = '']) => `/${command}` },
  { sign: /<t:(-?\d{1,13})(?::[a-zA-Z])?>/y, read: ([typed, seconds = '']) => moment(Number(seconds), typed) },
  { sign: /<(https?:\/\/[^\s<>]+)>/y, read: ([, url = '']) => ({ inline: 'link', url, label: url }) },
  { sign: new RegExp(address, 'y'), read: ([url]) => ({ inline: 'link', url, label: url }) },
  {
    sign: /\[((?:\\.|[^[\]\\\n])+)\]\(<?(https?:\/\/(?:\([^\s<>()]*\)|[^\s<>()])+)>?\)/y,
    read: ([, label = '', url = ''], known, depth) => ({
      inline: 'link',
      url,
      label: plainInlines(inlines(label, known, depth + 1)),
    }),
  },
  {
    sign: /\*\*(?=\S)((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y,
    read: ([, inner = ''], known, depth) => ({ inline: 'strong', inlines: inlines(inner, known, depth + 1) }),
  },
];

function inlineAt(typed: string, at: number, known: Known, depth = 0): InlineFound {
  for (const { sign, read } of rules) {
    const found = matchAt(sign, typed, at);
    if (found !== null) return { inline: read(found, known, depth), length: found[0].length };
  }
  return codeAt(typed, at) ?? wordsAt(typed, at);
}

/** Backticks, and all up to as many again; no expression, for that would take hours over a thousand backticks. */
function codeAt(typed: string, at: number): InlineFound | null {
  const opening = matchAt(/`+/y, typed, at)?.[0];
  if (opening === undefined) return null;
  const ticks = /`+/g;
  ticks.lastIndex = at + opening.length;
  for (let closing = ticks.exec(typed); closing !== null; closing = ticks.exec(typed)) {
    if (closing[0] !== opening) continue;
    const inside = typed.slice(at + opening.length, closing.index);
    const code = inside.replace(/^ (?= *`)|(` *) $/g, '$1');
    return { inline: { inline: 'code', code: seen(code) }, length: closing.index + opening.length - at };
  }
  return { inline: opening, length: opening.length };
}

/** Up to where something else may begin. */
function wordsAt(typed: string, at: number): InlineFound {
  const words = matchAt(/[^\\`<[*h\n]+|[\s\S]/uy, typed, at)?.[0] ?? '';
  return { inline: words, length: words.length };
}

function inlines(typed: string, known: Known, depth: number): readonly Inline[] {
  if (depth > deepest) return [typed];
  const found: Inline[] = [];
  for (let at = 0; at < typed.length; ) {
    const { inline, length } = inlineAt(typed, at, known, depth);
    found.push(inline);
    at += length;
  }
  return found;
}

function matchAt(sticky: RegExp, typed: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(typed);
}

/** A moment from Discord's seconds since 1970; what was typed where they are none. */
function moment(seconds: number, typed: string): Inline {
  const date = new Date(seconds * 1_000);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? { inline: 'time', at: date.toISOString() } : typed;
}
