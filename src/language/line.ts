import { type Markup, parseMarkup } from '../ticket/markup.ts';
import { type Block, type Inline, plain, text as plainText, type Text } from '../ticket/text.ts';

/** What was typed, as one run of characters to be read, from which pieces can be cut with their formatting. */
export interface Line {
  /** Every character, blocks separated by a line break. Someone mentioned stands as `<@id>`, a ticket as `#123`. */
  readonly words: string;
  /** `words` with code and quotes blotted out, character by character: what may be read as shorthand. */
  readonly talk: string;
  /** The text between two offsets into `words`, with its formatting. */
  cut(from: number, to: number): Text;
  /** The same as it was typed, for what is not shown with formatting. */
  typed(from: number, to: number): string;
}

/**
 * A line that came as characters: the arguments of a slash command, the command of a button.
 *
 * @param markup how formatting is typed in them; without it they have none
 */
export function lineOf(typed: string | Text, markup?: Markup): Line {
  if (typeof typed !== 'string') {
    const cut = (from: number, to: number) => cutBlocks(typed, from, to);
    return { words: wordsOf(typed, false), talk: wordsOf(typed, true), cut, typed: (from, to) => plain(cut(from, to)) };
  }
  const read = (words: string) => (markup === undefined ? plainText(words) : parseMarkup(words, markup));
  return {
    words: typed,
    talk: typed,
    cut: (from, to) => (from < to ? mentions(read(typed.slice(from, to))) : []),
    typed: (from, to) => (from < to ? plain(mentions(plainText(typed.slice(from, to)))) : ''),
  };
}

/** Stands for a character of code or of a quote. */
export const blot = '\uFFFC';
// Without `<` in it: a long row of beginnings is then read once, and not from each of them to the end.
const mention = /<@([^<>|\s]+)(?:\|([^<>]*))?>/g;

/** Platforms name people in a command's arguments as `<@id>`, or `<@id|name>` (Slack). */
function mentions(tree: Text): Text {
  return tree.map((block) => {
    if (block.block === 'code') return block;
    if (block.block === 'quote') return { block: 'quote', blocks: mentions(block.blocks) };
    return { block: 'paragraph', inlines: block.inlines.flatMap(withMentions) };
  });
}

function withMentions(inline: Inline): Inline[] {
  if (typeof inline === 'string') return mentioned(inline);
  if (inline.inline !== 'strong') return [inline];
  return [{ inline: 'strong', inlines: inline.inlines.flatMap(withMentions) }];
}

function mentioned(words: string): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const found of words.matchAll(mention)) {
    inlines.push(words.slice(end, found.index), { inline: 'mention', id: found[1] ?? '', name: found[2] || found[0] });
    end = found.index + found[0].length;
  }
  inlines.push(words.slice(end));
  return inlines.filter((inline) => inline !== '');
}

function wordsOf(tree: Text, blotted: boolean): string {
  return tree.map((block) => blockWords(block, blotted)).join('\n');
}

function blockWords(block: Block, blotted: boolean): string {
  switch (block.block) {
    case 'paragraph':
      return block.inlines.map((inline) => inlineWords(inline, blotted)).join('');
    case 'code':
      return blotted ? blot.repeat(block.code.length) : block.code;
    case 'quote': {
      const words = wordsOf(block.blocks, false);
      return blotted ? blot.repeat(words.length) : words;
    }
  }
}

function inlineWords(inline: Inline, blotted: boolean): string {
  if (typeof inline === 'string') return inline;
  switch (inline.inline) {
    case 'strong':
      return inline.inlines.map((part) => inlineWords(part, blotted)).join('');
    case 'code':
      return blotted ? blot.repeat(inline.code.length) : inline.code;
    case 'link':
      return inline.label;
    case 'person':
      return `@"${inline.name}"`;
    case 'mention':
      return `<@${inline.id}>`;
    case 'ticket':
      return `#${inline.ticket}`;
    case 'command':
      return inline.command;
    case 'time':
      return inline.at;
  }
}

function cutBlocks(tree: Text, from: number, to: number): Text {
  const kept: Block[] = [];
  let start = 0;
  for (const block of tree) {
    if (start >= to) break;
    const length = blockWords(block, false).length;
    const end = start + length;
    const inside = length === 0 ? from < start && start < to : start < to && from < end;
    if (inside) kept.push(cutBlock(block, Math.max(0, from - start), Math.min(length, to - start)));
    start = end + 1;
  }
  return kept;
}

function cutBlock(block: Block, from: number, to: number): Block {
  switch (block.block) {
    case 'paragraph':
      return { block: 'paragraph', inlines: cutInlines(block.inlines, from, to) };
    case 'code':
      return { block: 'code', code: block.code.slice(from, to) };
    case 'quote':
      return { block: 'quote', blocks: cutBlocks(block.blocks, from, to) };
  }
}

function cutInlines(inlines: readonly Inline[], from: number, to: number): Inline[] {
  const kept: Inline[] = [];
  let start = 0;
  for (const inline of inlines) {
    const length = inlineWords(inline, false).length;
    const end = start + length;
    if (start < to && from < end) kept.push(cutInline(inline, Math.max(0, from - start), Math.min(length, to - start)));
    start = end;
  }
  return kept;
}

function cutInline(inline: Inline, from: number, to: number): Inline {
  const words = inlineWords(inline, false);
  if (from === 0 && to === words.length) return inline;
  if (typeof inline !== 'string' && inline.inline === 'strong') {
    return { inline: 'strong', inlines: cutInlines(inline.inlines, from, to) };
  }
  if (typeof inline !== 'string' && inline.inline === 'code') return { inline: 'code', code: words.slice(from, to) };
  // Half of a link or of a mention leads nowhere; its words stay.
  return words.slice(from, to);
}
