import { Lines } from '../../src/ticket/lines.ts';
import type { Block, Inline } from '../../src/ticket/text.ts';
import type { Known, Written } from '../../src/ticket/written.ts';
import { unescaped } from './mrkdwn.ts';

/** `<…>`: what Slack's own markup stands in; everything that people type has its `<` escaped. */
const token = /<([^<>\n]+)>/g;

/**
 * Reads text as Slack's API carries it: `<@U1>`, `<#C1|noc>`, `<!here>`, `<https://…|label>` and the three entities
 * (docs.slack.dev/messaging/formatting-message-text). `*`, `_`, `~` and backticks stay as they stand: without the blocks
 * nobody can tell the typed from the meant. Each line becomes a paragraph.
 */
export function readMrkdwn(text: string, known: Known): Written {
  const blocks: Block[] = [];
  let mentionsBot = false;
  for (const typed of text.replaceAll('\r\n', '\n').split('\n')) {
    const line = new Lines(known.bot);
    let from = 0;
    for (const found of typed.matchAll(token)) {
      line.add(unescaped(typed.slice(from, found.index)));
      line.add(readToken(found[1] ?? '', known));
      from = found.index + found[0].length;
    }
    line.add(unescaped(typed.slice(from)));
    blocks.push(...line.paragraphs());
    mentionsBot ||= line.mentionsBot;
  }
  return { text: blocks, mentionsBot };
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
