import type { Block, Inline, Text } from '../../src/ticket/text.ts';

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

/** A run of inlines as Discord's markdown, as the beginning of a line. */
export function inlineMarkdown(inlines: readonly Inline[], drawing: Drawing): string {
  return atLineStart(inlines.map((inline) => ofInline(inline, drawing)).join(''));
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

/** A text as a quote; Discord has no quotes within quotes, and no code blocks. */
export function quoted(text: Text, drawing: Drawing): string {
  return text
    .flatMap((block) => (block.block === 'quote' ? block.blocks : [block]))
    .flatMap((block) =>
      block.block === 'code' ? block.code.split('\n').map(literal) : ofBlock(block, drawing).split('\n'),
    )
    .map((line) => (line.startsWith('> ') ? line : `> ${line}`))
    .join('\n');
}

function ofInline(inline: Inline, drawing: Drawing): string {
  if (typeof inline === 'string') return escaped(inline);
  switch (inline.inline) {
    case 'strong': {
      const inner = inline.inlines.map((each) => ofInline(each, drawing)).join('');
      // Nothing, or blanks, between the stars would be stars.
      return inner.trim() === '' || inner.includes('\n') ? inner : inner.replace(/^(\s*)(.*?)(\s*)$/s, '$1**$2**$3');
    }
    case 'code':
      return literal(inline.code);
    case 'link':
      return linked(inline.url, inline.label);
    case 'person': {
      const user = drawing.user(inline.person);
      return user === null ? escaped(inline.name) : `<@${user}>`;
    }
    case 'mention':
      return escaped(inline.name);
    case 'ticket': {
      const url = drawing.ticketUrl(inline.ticket);
      return url === null ? `#${inline.ticket}` : `[#${inline.ticket}](<${url}>)`;
    }
    case 'command':
      return literal(`/ticket ${inline.command}`);
    case 'time':
      return moment(inline.at);
  }
}

/** A moment in the reader's own zone; what is none stays as it is. */
export function moment(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? escaped(at) : `<t:${Math.floor(time / 1_000)}:f>`;
}

/** What Discord takes for an address by itself, to its end. */
const address = /https?:\/\/[^\s<>"'`*|[\]()\\]*[^\s<>"'`*|[\]()\\.,:;!?_~]/g;

/** Text in which every sign stands for itself. Addresses stay as they are: in them, nothing can be escaped. */
export function escaped(text: string): string {
  let drawn = '';
  let from = 0;
  for (const found of text.matchAll(address)) {
    drawn += signs(text.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return drawn + signs(text.slice(from));
}

function signs(text: string): string {
  return text.replace(/[\\`*_~|<[\]@:]/g, '\\$&');
}

/** Signs that mean something at the start of a line alone: headings, lists, quotes, small print. */
function atLineStart(drawn: string): string {
  return drawn.replace(/^(\s*)([>#+-])/gm, '$1\\$2').replace(/^(\s*\d+)\./gm, '$1\\.');
}

/** Code within a line. A backtick in it takes a fence of more. */
function literal(code: string): string {
  if (code === '') return '';
  const runs = [...code.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const pad = /^`|`$|^\s+$/.test(code) ? ' ' : '';
  return runs.length === 0 && pad === '' ? `\`${code}\`` : `${fence}${pad}${code}${pad}${fence}`;
}

/** A block of code. Its end cannot be escaped: a character that nobody sees stands in what looks like it. */
function fenced(code: string): string {
  return `\`\`\`\n${code.replaceAll('```', `\`\`${unseen}\``)}\n\`\`\``;
}

/** Zero width space. */
export const unseen = '\u200b';

function linked(url: string, label: string): string {
  if (!/^https?:\/\/[^\s<>]+$/i.test(url)) return label === url ? escaped(url) : `${escaped(label)} (${escaped(url)})`;
  if (label === url) return `<${url}>`;
  return `[${escaped(label.replaceAll('\n', ' ')) || 'link'}](<${url}>)`;
}
