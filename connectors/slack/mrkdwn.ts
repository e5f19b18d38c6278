import { shorten } from '../../src/ticket/shorten.ts';
import { type Inline, plain, type Text } from '../../src/ticket/text.ts';
import { limits } from './limits.ts';

/**
 * The three characters with which Slack's control sequences begin, as entities: `<!channel>` and `<@U1>` then are words
 * and call nobody (docs.slack.dev/messaging/formatting-message-text, "Escaping text").
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The reverse of `escaped`. Other entities are not Slack's, and stay as they are. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * What stands for the blocks of a message where there is no room for them: notifications, search, screen readers. Not
 * empty, and without any markup; to be posted with `mrkdwn: false` and `parse: 'none'`, so that `*` and `@here` stay as well.
 */
export function fallback(...parts: readonly (string | Text)[]): string {
  const words = parts
    .map((part) => (typeof part === 'string' ? part : worded(part)).trim())
    .filter((part) => part !== '')
    .join('\n');
  return escaped(shorten(words, limits.fallback)) || '…';
}

/** The words of a text, moments as UTC: for where they cannot be shown in the reader's zone. */
export function worded(text: Text): string {
  return plain(text.map(withUtc));
}

function withUtc(block: Text[number]): Text[number] {
  switch (block.block) {
    case 'paragraph':
      return { block: 'paragraph', inlines: block.inlines.map(inUtc) };
    case 'quote':
      return { block: 'quote', blocks: block.blocks.map(withUtc) };
    case 'code':
      return block;
  }
}

function inUtc(inline: Inline): Inline {
  if (typeof inline === 'string') return inline;
  if (inline.inline === 'strong') return { inline: 'strong', inlines: inline.inlines.map(inUtc) };
  return inline.inline === 'time' ? utc(inline.at) : inline;
}

/** A moment as text: `2026-12-01 14:00 UTC`; what is no moment stays as it is. */
export function utc(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
