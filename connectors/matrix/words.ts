import { type Inline, mapInlines, plain, type Text } from '../../src/ticket/text.ts';
import type { Drawing } from './drawing.ts';
import { timeWords } from './time.ts';

/** The plain twin of a message, for clients and notifications without HTML: with links spelled out, as it reads in the room. */
export function words(text: Text, drawing: Drawing): string {
  return plain(mapInlines(text, (inline) => inWords(inline, drawing))).toWellFormed();
}

function inWords(inline: Inline, drawing: Drawing): Inline {
  if (typeof inline === 'string') return inline;
  switch (inline.inline) {
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
