import { Lines } from '../../src/ticket/lines.ts';
import type { Block, Inline, Text } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { unseen } from './markdown.ts';

/** One thing that Discord's markdown knows, where it begins at the start of what is left. */
interface Rule {
  readonly sign: RegExp;
  read(found: RegExpExecArray, known: Known): Inline;
}

/**
 * What is read, in the order in which it is looked for; all other markup (`*italic*`, `||spoiler||`, headings) stays as it
 * was typed (docs.discord.com/developers/reference, "Message Formatting").
 */
const rules: readonly Rule[] = [
  { sign: /^\\([^0-9A-Za-z\s])/, read: ([, sign = '']) => sign },
  { sign: /^(`+)([\s\S]*?[^`])\1(?!`)/, read: ([, , code = '']) => ({ inline: 'code', code: unpadded(code) }) },
  { sign: /^<@!?(\d{1,20})>/, read: ([, id = ''], { nameOf }) => ({ inline: 'mention', id, name: nameOf(id) ?? id }) },
  { sign: /^<@&(\d{1,20})>/, read: ([, id = ''], { nameOf }) => `@${nameOf(id) ?? id}` },
  { sign: /^<#(\d{1,20})>/, read: ([, id = ''], { nameOf }) => `#${nameOf(id) ?? id}` },
  { sign: /^<a?(:\w{1,32}:)\d{1,20}>/, read: ([, emoji = '']) => emoji },
  { sign: /^<\/([\w -]{1,100}):\d{1,20}>/, read: ([, command = '']) => `/${command}` },
  { sign: /^<t:(-?\d{1,13})(?::[a-zA-Z])?>/, read: ([typed, seconds = '']) => momentOf(Number(seconds), typed) },
  { sign: /^<(https?:\/\/[^\s<>]+)>/i, read: ([, url = '']) => ({ inline: 'link', url, label: url }) },
  {
    sign: /^\[((?:\\.|[^\]\\\n])+)\]\(<?(https?:\/\/[^\s<>)]+)>?\)/i,
    read: ([, label = '', url = '']) => ({ inline: 'link', url, label: label.replace(/\\([^0-9A-Za-z\s])/g, '$1') }),
  },
  {
    sign: /^https?:\/\/[^\s<>"'`]*[^\s<>"'`.,:;!?)\]}*_~|\\]/i,
    read: ([url]) => ({ inline: 'link', url, label: url }),
  },
  {
    sign: /^\*\*(?=\S)((?:\\[\s\S]|(?!\*\*)[^\\])+?)\*\*(?!\*)/,
    read: ([, inner = ''], known) => ({ inline: 'strong', inlines: inlinesOf(inner, known) }),
  },
];

/** Where one of them may begin. */
const begin = /[\\`<[*]|https?:\/\//gi;

/** Reads the content of a message. Each line becomes a paragraph; never throws. */
export function readMessage(content: string, known: Known): Written {
  const blocks: Block[] = [];
  let mentionsBot = false;
  const typed = content.replaceAll('\r\n', '\n');
  const write = (text: string) => {
    for (const { quote, lines } of runs(text)) {
      const read = linesOf(lines, known);
      mentionsBot ||= read.mentionsBot;
      blocks.push(...(quote ? [{ block: 'quote' as const, blocks: read.text }] : read.text));
    }
  };
  let from = 0;
  for (const found of typed.matchAll(/```(?:[a-z0-9_+\-.#]+\n)?\n*([^\n][\s\S]*?)\n*```/gi)) {
    const before = typed.slice(from, found.index);
    if (before !== '') write(before.replace(/\n$/, ''));
    blocks.push({ block: 'code', code: (found[1] ?? '').replaceAll(`\`\`${unseen}\``, '```') });
    from = found.index + found[0].length;
    if (typed[from] === '\n') from += 1;
  }
  if (from < typed.length || blocks.length === 0) write(typed.slice(from));
  return { text: blocks, mentionsBot };
}

/** Lines that stand together: those of a quote, and those of none. */
function runs(text: string): readonly { readonly quote: boolean; readonly lines: readonly string[] }[] {
  const found: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quote = line.startsWith('> ');
    const last = found.at(-1);
    const words = quote ? line.slice(2) : line;
    if (last?.quote === quote) last.lines.push(words);
    else found.push({ quote, lines: [words] });
  }
  return found;
}

function linesOf(typed: readonly string[], known: Known): { readonly text: Text; readonly mentionsBot: boolean } {
  const lines = new Lines(known.bot);
  for (const [nth, line] of typed.entries()) {
    if (nth > 0) lines.add('\n');
    for (const inline of inlinesOf(line, known)) lines.add(inline);
  }
  return { text: lines.paragraphs(), mentionsBot: lines.mentionsBot };
}

function inlinesOf(typed: string, known: Known): readonly Inline[] {
  const inlines: Inline[] = [];
  let plain = '';
  for (let at = 0; at < typed.length; ) {
    begin.lastIndex = at;
    const next = begin.exec(typed)?.index ?? typed.length;
    plain += typed.slice(at, next);
    if (next === typed.length) break;
    const rest = typed.slice(next);
    const found = rules.map(({ sign, read }) => ({ read, found: sign.exec(rest) })).find((each) => each.found !== null);
    if (found?.found) {
      const inline = found.read(found.found, known);
      if (typeof inline === 'string') plain += inline;
      else {
        if (plain !== '') inlines.push(plain);
        plain = '';
        inlines.push(inline);
      }
      at = next + found.found[0].length;
    } else {
      plain += typed[next];
      at = next + 1;
    }
  }
  return plain === '' ? inlines : [...inlines, plain];
}

function unpadded(code: string): string {
  return /^ .*`.* $|^ \s+ $|^ `|` $/s.test(code) ? code.slice(1, -1) : code;
}

/** A moment from Discord's seconds since 1970; what was typed where they are none. */
function momentOf(seconds: number, typed: string): Inline {
  const date = new Date(seconds * 1_000);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? { inline: 'time', at: date.toISOString() } : typed;
}
