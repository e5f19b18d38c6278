import type { KnownBlock, PlainTextElement, RichTextBlock, RichTextBlockElement } from '@slack/types';
import { shorten } from '../../../src/ticket/shorten.ts';

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
