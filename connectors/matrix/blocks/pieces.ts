import { shorten } from '../../../src/ticket/shorten.ts';
import { type Inline, paragraph, type Text } from '../../../src/ticket/text.ts';
import type { CardView } from '../../connector.ts';

/** `🟢 open · General · P50`. */
export function marks(of: Pick<CardView, 'kind' | 'status' | 'queue' | 'priority'>): string {
  const { kind, status, queue, priority } = of;
  return `${statusMarks[kind]} ${shorten(status, 40)} · ${shorten(queue, 60)} · P${priority}`;
}

const statusMarks: Readonly<Record<CardView['kind'], string>> = { initial: '🔵', active: '🟢', inactive: '⚪' };

/** `#12 Printer on fire`, the number a link where there is a page to go to. */
export function title(ticket: number, subject: string): readonly Inline[] {
  return [{ inline: 'ticket', ticket }, ' ', { inline: 'strong', inlines: [shorten(subject, longestSubject)] }];
}

const longestSubject = 200;

/** Where the rest of something stands that was cut. */
export function wholeTicket(ticket: number, url: string | null): readonly Inline[] {
  return url === null
    ? ['… The whole: ', { inline: 'command', command: `show ${ticket}` }]
    : ['… ', { inline: 'link', url, label: 'the whole ticket' }];
}

/** `words` as the first paragraph of a text, or at the start of it. */
export function begunWith(words: string, text: Text): Text {
  const [first, ...rest] = text;
  return first?.block === 'paragraph'
    ? [paragraph(words, ...first.inlines), ...rest]
    : [paragraph(words.trimEnd()), ...text];
}

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
