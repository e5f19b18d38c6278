import type { KnownBlock, PlainTextElement, RichTextBlock, RichTextBlockElement } from '@slack/types';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type Inline, paragraph, type Text } from '../../../src/ticket/text.ts';
import type { CardView } from '../../connector.ts';
import type { Drawing } from '../rich-text.ts';

/** A message as `chat.postMessage` takes it. */
export interface Message {
  /** What notifications show; escaped. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** A text object in which nothing is read as markup, shortened to `most` characters. Slack refuses an empty one. */
export function plainText(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: shorten(text, most) || '–', emoji: false };
}

/** Elements as a block; none where there are none. */
export function richBlock(elements: RichTextBlockElement[]): RichTextBlock[] {
  return elements.length === 0 ? [] : [{ type: 'rich_text', elements }];
}

/** `🟢 open · General · P50`. */
export function marks({
  kind,
  status,
  queue,
  priority,
}: Pick<CardView, 'kind' | 'status' | 'queue' | 'priority'>): string {
  return `${statusMarks[kind]} ${shorten(status, 40)} · ${shorten(queue, 60)} · P${priority}`;
}

export const statusMarks: Readonly<Record<CardView['kind'], string>> = {
  initial: '🔵',
  active: '🟢',
  inactive: '⚪',
};

/** `#12 Printer on fire`, the number a link where there is a page to go to. */
export function title(ticket: number, subject: string): readonly Inline[] {
  return [{ inline: 'ticket', ticket }, ' ', { inline: 'strong', inlines: [shorten(subject, longestSubject)] }];
}

const longestSubject = 200;

/** Where the rest of something stands that was cut. */
export function wholeTicket(ticket: number, drawing: Drawing): readonly Inline[] {
  const url = drawing.ticketUrl(ticket);
  return url === null
    ? ['… The whole: ', { inline: 'command', command: `show ${ticket}` }]
    : ['… ', { inline: 'link', url, label: 'the whole ticket' }];
}

/** `words` as the first paragraph of a text, or at the start of it. */
export function begunWith(words: string, text: Text): Text {
  const [first, ...rest] = text;
  return first?.block === 'paragraph'
    ? [paragraph(words, ...first.inlines), ...rest]
    : [paragraph(words.trimEnd()), ...text];
}

/**
 * Draws something so that it takes at most `most` characters as JSON: `draw` is told how much room its texts have, and
 * drawn again with less until it fits. With none it has to.
 */
export function fitted<Drawn>(draw: (room: number) => Drawn, most: number): Drawn {
  for (let room = most; ; room = Math.floor(room * 0.8)) {
    const drawn = draw(room);
    if (room === 0 || JSON.stringify(drawn).length <= most) return drawn;
  }
}
