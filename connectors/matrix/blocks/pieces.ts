import type { Inline, Text } from '../../../src/ticket/text.ts';

/** A text as a quote; none where there is nothing in it. */
export function quoted(text: Text): Text {
  return text.length === 0 ? [] : [{ block: 'quote', blocks: text }];
}

/** People by name: what Docket tells of its own accord calls nobody. */
export function quietly(inlines: readonly Inline[]): readonly Inline[] {
  return inlines.map((inline) => {
    if (typeof inline === 'string') return inline;
    if (inline.inline === 'person') return inline.name;
    return inline.inline === 'strong' ? { inline: 'strong', inlines: quietly(inline.inlines) } : inline;
  });
}

/** The same, for all of a text. */
export function quietText(text: Text): Text {
  return text.map((block) => {
    if (block.block === 'code') return block;
    if (block.block === 'quote') return { block: 'quote', blocks: quietText(block.blocks) };
    return { block: 'paragraph', inlines: quietly(block.inlines) };
  });
}
