import { type Inline, plain, type Text } from '../../src/ticket/text.ts';
import type { Drawing } from './drawing.ts';
import { timeWords } from './time.ts';

/** The plain twin of a message, for clients and notifications without HTML: with links spelled out, as it reads in the room. */
export function words(text: Text, drawing: Drawing): string {
  return plain(text.map((block) => spelled(block, drawing))).toWellFormed();
}

function spelled(block: Text[number], drawing: Drawing): Text[number] {
  switch (block.block) {
    case 'paragraph':
      return { block: 'paragraph', inlines: block.inlines.map((inline) => inWords(inline, drawing)) };
    case 'quote':
      return { block: 'quote', blocks: block.blocks.map((each) => spelled(each, drawing)) };
    case 'code':
      return block;
  }
}

function inWords(inline: Inline, drawing: Drawing): Inline {
  if (typeof inline === 'string') return inline;
  switch (inline.inline) {
    case 'strong':
      return { inline: 'strong', inlines: inline.inlines.map((part) => inWords(part, drawing)) };
    case 'link':
      return inline.label.trim() === '' ? inline.url : inline;
    case 'command':
      return `!ticket ${inline.command}`;
    case 'time':
      return timeWords(inline.at, drawing.zone);
    default:
      return inline;
  }
}
