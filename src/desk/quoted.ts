import { isBlank } from '../ticket/characters.ts';
import { cutText, roomOf } from '../ticket/cut.ts';
import { limits } from '../ticket/limits.ts';
import { type Block, type Inline, mapInlines, paragraph, plain, type Text } from '../ticket/text.ts';
import type { Quoted } from './inbound.ts';
import { strong } from './names.ts';

/** Characters of a quoted message, markup included. The rest stays where it was written. */
const mostQuoted = 4_000;

/**
 * The text of a ticket that somebody asked for below a message: their own words, and under them that message with its author
 * and the names of its files. Long messages are cut. Nobody in the quote is notified. The words alone where there is nothing
 * to quote, or no room for it.
 */
export function withQuote(words: Text, quoted: Quoted | null): Text {
  if (quoted === null) return words;
  const { author, text, files } = quoted;
  const named = isBlank(plain(text)) ? [] : mapInlines(text, byName);
  const copy = [...cutText(named, roomOf(mostQuoted)), ...files.map(({ name }) => paragraph(`📎 ${name}`))];
  if (copy.length === 0) return words;
  const quote: Block = { block: 'quote', blocks: [paragraph(strong(author.name), ':'), ...copy], copied: true };
  const own = isBlank(plain(words)) ? [] : words;
  const both = [...own, quote];
  return plain(both).length > limits.body ? words : both;
}

/** The messages that Docket copied into a text: what an edit of the words above them leaves as it is. */
export function copiesIn(text: Text): Text {
  return text.filter((block) => block.block === 'quote' && block.copied === true);
}

function byName(inline: Inline): Inline {
  const isPerson = typeof inline !== 'string' && (inline.inline === 'person' || inline.inline === 'mention');
  return isPerson ? inline.name : inline;
}
