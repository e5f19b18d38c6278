import type { RichTextBlockElement, RichTextElement, RichTextText } from '@slack/types';
import type { Block, Inline, Text } from '../../src/ticket/text.ts';
import { limits } from './limits.ts';
import { utc } from './mrkdwn.ts';

/** What a text is drawn with. */
export interface Drawing {
  /** The id of the Slack user of this workspace that a person is; null when they are none, or are not to be called. */
  readonly slackUser: (person: number) => string | null;
  /** The address of a ticket's page; null when no web address is configured. */
  readonly ticketUrl: (ticket: number) => string | null;
}

/** The same, calling nobody: people stand by name, in what Docket tells of its own accord. */
export function quietly(drawing: Drawing): Drawing {
  return { ...drawing, slackUser: () => null };
}

type Style = NonNullable<RichTextText['style']>;

/**
 * A text as the elements of a `rich_text` block. Nothing that people wrote is read as markup there, `<!channel>` and
 * `:emoji:` neither, so that nothing needs escaping (docs.slack.dev/reference/block-kit/blocks/rich-text-block).
 * Paragraphs that follow each other make one section; a section that something else follows ends with a line break, as
 * those do that Slack's own composer sends.
 */
export function richText(text: Text, drawing: Drawing): RichTextBlockElement[] {
  const elements: RichTextBlockElement[] = [];
  for (let at = 0; at < text.length; ) {
    const block = text[at];
    if (block?.block !== 'paragraph') {
      if (block !== undefined) elements.push(...other(block, drawing));
      at += 1;
      continue;
    }
    let end = at + 1;
    while (text[end]?.block === 'paragraph') end++;
    const lines = text.slice(at, end).flatMap((line) => inlinesOf(line));
    elements.push(...section(end === text.length ? lines : [...lines, []], drawing));
    at = end;
  }
  return elements;
}

/** Lines as one section; none where there is nothing to show. */
export function section(lines: readonly (readonly Inline[])[], drawing: Drawing): RichTextBlockElement[] {
  const elements = joined(lines, drawing);
  return elements.length === 0 ? [] : [{ type: 'rich_text_section', elements }];
}

/** A text as one quote, whatever is in it; none where there is nothing to show. */
export function quote(text: Text, drawing: Drawing): RichTextBlockElement[] {
  const elements = joined(quoteLines(text), drawing);
  return elements.length === 0 ? [] : [{ type: 'rich_text_quote', elements }];
}

function other(block: Exclude<Block, { block: 'paragraph' }>, drawing: Drawing): RichTextBlockElement[] {
  if (block.block === 'quote') return quote(block.blocks, drawing);
  if (block.code === '') return [];
  return [{ type: 'rich_text_preformatted', elements: words(block.code) }];
}

/** Slack's quotes hold neither blocks of code nor quotes. */
function quoteLines(text: Text): (readonly Inline[])[] {
  return text.flatMap((block): (readonly Inline[])[] => {
    if (block.block === 'code') return block.code.split('\n').map((code) => [{ inline: 'code', code }]);
    if (block.block === 'quote') return quoteLines(block.blocks).map((line) => ['> ', ...line]);
    return inlinesOf(block);
  });
}

function inlinesOf(block: Block): (readonly Inline[])[] {
  return block.block === 'paragraph' ? [block.inlines] : [];
}

function joined(lines: readonly (readonly Inline[])[], drawing: Drawing): RichTextElement[] {
  const elements = lines.flatMap((line, index) => [
    ...(index === 0 ? [] : words('\n')),
    ...line.flatMap((inline) => drawn(inline, drawing, {})),
  ]);
  return elements.reduce<RichTextElement[]>(merge, []);
}

/** Neighbours of the same look become one element: fewer to send, and the text reads back as it was. */
function merge(elements: RichTextElement[], next: RichTextElement): RichTextElement[] {
  const last = elements.at(-1);
  if (last?.type !== 'text' || next.type !== 'text' || !sameStyle(last.style, next.style)) elements.push(next);
  else elements[elements.length - 1] = { ...last, text: last.text + next.text };
  return elements;
}

function sameStyle(one: Style = {}, two: Style = {}): boolean {
  return one.bold === two.bold && one.code === two.code;
}

function drawn(inline: Inline, drawing: Drawing, style: Style): RichTextElement[] {
  if (typeof inline === 'string') return words(inline, style);
  switch (inline.inline) {
    case 'strong':
      return inline.inlines.flatMap((part) => drawn(part, drawing, { ...style, bold: true }));
    case 'code':
      return words(inline.code, { ...style, code: true });
    case 'link':
      return link(inline.url, inline.label, style);
    case 'person':
      return person(drawing.slackUser(inline.person), inline.name, style);
    case 'mention':
      return words(inline.name, style);
    case 'ticket':
      return ticket(inline.ticket, drawing.ticketUrl(inline.ticket), style);
    case 'command':
      return words(`/ticket ${inline.command}`, { ...style, code: true });
    case 'time':
      return moment(inline.at, style);
  }
}

/** Slack refuses a text element without a character. */
function words(text: string, style: Style = {}): RichTextText[] {
  return text === '' ? [] : [{ type: 'text', text: text.toWellFormed(), ...styled(style) }];
}

function styled(style: Style): { style?: Style } {
  return Object.keys(style).length === 0 ? {} : { style };
}

/** Only addresses that Slack follows become links; any other stays text. */
function link(url: string, label: string, style: Style): RichTextElement[] {
  // `URL` passes over blanks around an address, and over line breaks in it; Slack does not.
  const whole = url.length <= limits.url && !/\s/.test(url) && URL.canParse(url);
  const scheme = whole ? new URL(url).protocol : '';
  if (!['http:', 'https:', 'mailto:'].includes(scheme)) {
    return words(label === url ? url : `${label} (${url})`, style);
  }
  const text = label === '' || label === url ? {} : { text: label.toWellFormed() };
  return [{ type: 'link', url: url.toWellFormed(), ...text, ...styled(style) }];
}

function person(id: string | null, name: string, style: Style): RichTextElement[] {
  return id === null ? words(name, style) : [{ type: 'user', user_id: id, ...styled(style) }];
}

function ticket(number: number, url: string | null, style: Style): RichTextElement[] {
  return url === null ? words(`#${number}`, style) : link(url, `#${number}`, style);
}

/** Slack shows it in the reader's zone and words: `Dec 1 at 2:00 PM`, `tomorrow at 9:00 AM`. */
function moment(at: string, style: Style): RichTextElement[] {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return words(at, style);
  const format = '{date_short_pretty} at {time}';
  return [{ type: 'date', timestamp: Math.floor(time / 1000), format, fallback: utc(at), ...styled(style) }];
}
