import type { Block, Inline, Text } from '../../src/ticket/text.ts';
import { address, isAddress } from './addresses.ts';
import { fenced, literal } from './code.ts';

/** What a text is drawn with. */
export interface Drawing {
  /** The id of the Discord user that a person is, who is to be called; null when they are none, or are not to be. */
  readonly user: (person: number) => string | null;
  /** The address of a ticket's page; null when no web address is configured. */
  readonly ticketUrl: (ticket: number) => string | null;
  /** The key of a text that is too long for a button, and was remembered. */
  readonly keyOf: (text: string) => string | null;
}

/** The same, calling nobody: people stand by name, in what Docket tells of its own accord. */
export function quietly(drawing: Drawing): Drawing {
  return { ...drawing, user: () => null };
}

/**
 * A text as Discord's markdown, in which nothing that people wrote is read as markup
 * (docs.discord.com/developers/reference, "Message Formatting").
 */
export function markdown(text: Text, drawing: Drawing): string {
  return text.map((block) => ofBlock(block, drawing)).join('\n');
}

/** A run of inlines as Discord's markdown. */
export function inlineMarkdown(inlines: readonly Inline[], drawing: Drawing): string {
  return joined(merged(parts(inlines, drawing)).flatMap(pieces));
}

/** A text as a quote; Discord has no quotes within quotes, and no code blocks there on every device. */
export function quoted(text: Text, drawing: Drawing): string {
  const lines = quoteLines(text, drawing).flatMap((line) => line.split('\n'));
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines.map((line) => `> ${line}`).join('\n');
}

function ofBlock(block: Block, drawing: Drawing): string {
  switch (block.block) {
    case 'paragraph':
      return inlineMarkdown(block.inlines, drawing);
    case 'code':
      return fenced(block.code);
    case 'quote':
      return quoted(block.blocks, drawing);
  }
}

function quoteLines(text: Text, drawing: Drawing): readonly string[] {
  return text.flatMap((block) => {
    if (block.block === 'code') return literal(block.code);
    if (block.block === 'quote') return quoteLines(block.blocks, drawing).map((line) => `\\> ${line}`);
    return inlineMarkdown(block.inlines, drawing);
  });
}

/** What stands in a line: words that are still to be escaped, code, or what is markdown already. */
type Part =
  | { readonly kind: 'words'; readonly words: string; readonly bold: boolean }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'drawn'; readonly drawn: string; readonly bold: boolean };

function parts(inlines: readonly Inline[], drawing: Drawing, bold = false): readonly Part[] {
  return inlines.flatMap((inline) => partsOf(inline, drawing, bold)).filter((part) => !isEmpty(part));
}

function isEmpty(part: Part): boolean {
  return (part.kind === 'words' && part.words === '') || (part.kind === 'code' && part.code === '');
}

function partsOf(inline: Inline, drawing: Drawing, bold: boolean): readonly Part[] {
  const words = (text: string): readonly Part[] => [{ kind: 'words', words: text, bold }];
  const drawn = (markup: string): readonly Part[] => [{ kind: 'drawn', drawn: markup, bold }];
  if (typeof inline === 'string') return words(inline);
  switch (inline.inline) {
    case 'strong':
      return parts(inline.inlines, drawing, true);
    case 'code':
      return [{ kind: 'code', code: inline.code }];
    case 'command':
      return [{ kind: 'code', code: `/ticket ${inline.command}` }];
    case 'link':
      return [linked(inline.url, inline.label, bold)];
    case 'person': {
      const user = drawing.user(inline.person);
      return user === null ? words(inline.name) : drawn(`<@${user}>`);
    }
    case 'mention':
      return words(inline.name);
    case 'ticket': {
      const url = drawing.ticketUrl(inline.ticket);
      return url === null ? drawn(`#${inline.ticket}`) : [linked(url, `#${inline.ticket}`, bold)];
    }
    case 'time': {
      const time = Date.parse(inline.at);
      return Number.isNaN(time) ? words(inline.at) : drawn(`<t:${Math.floor(time / 1_000)}:f>`);
    }
  }
}

/** Words, and code, that stand next to each other as one: alone, neither knows what the other would make of it. */
function merged(all: readonly Part[]): readonly Part[] {
  const done: Part[] = [];
  for (const part of all) {
    const last = done.at(-1);
    const both = last === undefined ? null : together(last, part);
    if (both === null) done.push(part);
    else done[done.length - 1] = both;
  }
  return done;
}

function together(one: Part, two: Part): Part | null {
  if (one.kind === 'code' && two.kind === 'code') return { kind: 'code', code: one.code + two.code };
  if (one.kind !== 'words' || two.kind !== 'words' || one.bold !== two.bold) return null;
  return { ...one, words: one.words + two.words };
}

/** A piece of a line, and whether it is to be bold. */
interface Piece {
  readonly bold: boolean;
  readonly drawn: string;
}

/** Code and addresses are never bold: stars in them would end it. */
function pieces(part: Part): readonly Piece[] {
  switch (part.kind) {
    case 'words':
      return addressed(part.words, part.bold);
    case 'code':
      return [{ bold: false, drawn: literal(part.code) }];
    case 'drawn':
      return [part];
  }
}

function joined(all: readonly Piece[]): string {
  const runs: Piece[] = [];
  for (const piece of all) {
    const last = runs.at(-1);
    if (last?.bold === piece.bold) runs[runs.length - 1] = { ...last, drawn: last.drawn + piece.drawn };
    else runs.push(piece);
  }
  return runs.map(({ bold, drawn }) => (bold ? drawn.split('\n').map(starred).join('\n') : drawn)).join('');
}

/** Nothing, or blanks, between the stars would be stars. */
function starred(line: string): string {
  return line.trim() === '' ? line : line.replace(/^(\s*)(.*?)(\s*)$/s, '$1**$2**$3');
}

/**
 * Words in which every sign stands for itself. Addresses go in angle brackets: bare ones would take along whatever follows,
 * backslashes too.
 */
function addressed(text: string, bold: boolean): readonly Piece[] {
  return text
    .split(new RegExp(`(${address})`))
    .map((part, nth) =>
      nth % 2 === 1 && isAddress(part) ? { bold: false, drawn: `<${part}>` } : { bold, drawn: escaped(part) },
    )
    .filter(({ drawn }) => drawn !== '');
}

/**
 * The signs of markup, and those that mean something at the start of a line alone: headings, lists, quotes, small print. The
 * blanks before these are without all that `^` follows: else each of many line separators would be looked from to the end.
 */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\`*_~|<[\]@]|:(?!\s)/g, '\\$&')
    .replace(/^([^\S\r\n\u2028\u2029]*)(>|#{1,3}(?=\s|$)|[+-](?=[\s#]|$))/gm, '$1\\$2')
    .replace(/^([^\S\r\n\u2028\u2029]*\d+)([.)])(?=\s|$)/gm, '$1\\$2');
}

/**
 * A link; where Discord makes none, its words. That is so for addresses that are none of the web, and for labels that look
 * like another address, or have brackets.
 */
function linked(url: string, label: string, bold: boolean): Part {
  const shown = label.replace(/\s+/g, ' ').trim();
  const words = label === url ? url : `${label} (${url})`;
  if (!isAddress(url) || /[[\]]|:\/\//.test(shown)) return { kind: 'words', words, bold };
  if (shown === '') return { kind: 'words', words: url, bold };
  const target = url.replace(/[()\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return { kind: 'drawn', drawn: `[${escaped(shown)}](<${target}>)`, bold: false };
}
