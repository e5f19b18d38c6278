import { Lines } from '../../src/ticket/lines.ts';
import type { Block, Inline } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { unescaped } from './mrkdwn.ts';

/** Code, and `<…>`: what Slack's own markup stands in; everything that people type has its `<` escaped. */
const token = /`([^`\n]+)`|<([^<>\n]+)>/g;
const fence = '```';
const quoteSign = /^&gt; ?/;

/**
 * Reads text as Slack's API carries it: `<@U1>`, `<#C1|noc>`, `<!here>`, `<https://…|label>`, the three entities, code and
 * quotes (docs.slack.dev/messaging/formatting-message-text). `*`, `_` and `~` stay as they stand: without the blocks nobody
 * can tell the typed from the meant. Each line becomes a paragraph.
 */
export function readMrkdwn(text: string, known: Known): Written {
  const pieces = text.replaceAll('\r\n', '\n').split(fence);
  // A fence that nothing closes stands for itself.
  if (pieces.length % 2 === 0) {
    const open = pieces.pop() ?? '';
    pieces.push(`${pieces.pop() ?? ''}${fence}${open}`);
  }
  const read = pieces.map((piece, nth): Written => {
    const code = nth % 2 === 0 ? '' : shownIn(piece.replace(/^\n/, '').replace(/\n$/, ''));
    if (nth % 2 === 0) return piece.trim() === '' && pieces.length > 1 ? none : readLines(piece, known);
    return code.trim() === '' ? none : { text: [{ block: 'code', code }], mentionsBot: false };
  });
  return { text: read.flatMap((each) => each.text), mentionsBot: read.some(({ mentionsBot }) => mentionsBot) };
}

const none: Written = { text: [], mentionsBot: false };

function readLines(text: string, known: Known): Written {
  const blocks: Block[] = [];
  let mentionsBot = false;
  let quoted: Block[] | null = null;
  for (const typed of text.split('\n')) {
    const isQuoted = quoteSign.test(typed);
    const line = readLine(typed.replace(quoteSign, ''), known);
    if (isQuoted && quoted === null) {
      quoted = [];
      blocks.push({ block: 'quote', blocks: quoted });
    }
    if (!isQuoted) quoted = null;
    (quoted ?? blocks).push(...line.paragraphs());
    mentionsBot ||= line.mentionsBot;
  }
  return { text: blocks, mentionsBot };
}

function readLine(typed: string, known: Known): Lines {
  const line = new Lines(known.bot);
  let from = 0;
  for (const found of typed.matchAll(token)) {
    const [whole, code, content = ''] = found;
    line.add(unescaped(typed.slice(from, found.index)));
    line.add(code === undefined ? readToken(content, known) : { inline: 'code', code: shownIn(code) });
    from = found.index + whole.length;
  }
  line.add(unescaped(typed.slice(from)));
  return line;
}

/** What is read in code: there addresses are marked as elsewhere, and all else stands as it was typed. */
function shownIn(code: string): string {
  return unescaped(code.replace(/<([^<>\n]+)>/g, (_, content: string) => content.replace(/^[^|]*\|/, '')));
}

function readToken(content: string, known: Known): Inline {
  const bar = content.indexOf('|');
  const target = bar === -1 ? content : content.slice(0, bar);
  const label = bar === -1 ? '' : unescaped(content.slice(bar + 1));
  const id = target.slice(1);
  switch (target[0]) {
    case '@':
      return { inline: 'mention', id, name: known.nameOf(id) ?? (label || id) };
    case '#':
      return `#${known.nameOf(id) ?? (label || id)}`;
    case '!':
      return command(id, label, known);
    default:
      return { inline: 'link', url: unescaped(target), label: label || unescaped(target) };
  }
}

/** `<!here>`, `<!subteam^S1|@noc>`, `<!date^1392734382^{date}|Feb 18, 2014>`. */
function command(target: string, label: string, known: Known): Inline {
  const [name = '', first = ''] = target.split('^');
  if (name === 'subteam') return `@${known.nameOf(first) ?? (label.replace(/^@/, '') || first)}`;
  if (name === 'date') return moment(Number(first), label);
  return `@${name}`;
}

/** A moment from Slack's seconds since 1970; what it says in words where they are none. */
export function moment(seconds: number, words: string): Inline {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? { inline: 'time', at: date.toISOString() } : words;
}
