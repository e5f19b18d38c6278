import { shorten } from '../ticket/shorten.ts';
import { type Inline, paragraph, type Text } from '../ticket/text.ts';
import type { CardView, LineView, NoticeView } from './view.ts';

/** What chat platforms say of views in the same words, each in its own markup. */

const statusMarks: Readonly<Record<CardView['kind'], string>> = { initial: '🔵', active: '🟢', inactive: '⚪' };

/** `🟢 open · General · P50`. */
export function marks(of: Pick<CardView, 'kind' | 'status' | 'queue' | 'priority'>): string {
  const { kind, status, queue, priority } = of;
  return `${statusMarks[kind]} ${shorten(status, 40)} · ${shorten(queue, 60)} · P${priority}`;
}

const longestSubject = 200;

/** `#12 Printer on fire`, the number a link where there is a page to go to. */
export function title(ticket: number, subject: string): readonly Inline[] {
  return [{ inline: 'ticket', ticket }, ' ', { inline: 'strong', inlines: [shorten(subject, longestSubject)] }];
}

/** Where the rest of something stands that was cut; `url` is the ticket's page, null where there is none. */
export function wholeTicket(ticket: number, url: string | null): readonly Inline[] {
  return url === null
    ? ['… The whole: ', { inline: 'command', command: `show ${ticket}` }]
    : ['… ', { inline: 'link', url, label: 'the whole ticket' }];
}

const tones: Readonly<Record<NoticeView['tone'], string>> = { info: '', done: '✅ ', refused: '❓ ' };

/** The text of a notice, begun with the sign of its tone. */
export function toned({ tone, text }: Pick<NoticeView, 'tone' | 'text'>): Text {
  const [first, ...rest] = text;
  return first?.block === 'paragraph'
    ? [paragraph(tones[tone], ...first.inlines), ...rest]
    : [paragraph(tones[tone].trimEnd()), ...text];
}

/** Before what only staff are to see. */
export function lock({ staffOnly }: Pick<LineView, 'staffOnly'>): string {
  return staffOnly ? '🔒 ' : '';
}

const mostFiles = 10;

/** A line for each file, as far as they are few: `📎 photo.png (120 kB)`. */
export function fileLines(attachments: LineView['attachments']): readonly string[] {
  const named = attachments.slice(0, mostFiles).map(({ name, size }) => `📎 ${shorten(name, 80)} (${bytes(size)})`);
  const others = attachments.length - named.length;
  return others === 0 ? named : [...named, `📎 and ${others} more`];
}

function bytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  return size < 1_000_000 ? `${Math.round(size / 1_000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
