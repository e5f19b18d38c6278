import type { Text } from '../../../src/ticket/text.ts';

/** A text as a quote; none where there is nothing in it. */
export function quoted(text: Text): Text {
  return text.length === 0 ? [] : [{ block: 'quote', blocks: text }];
}
