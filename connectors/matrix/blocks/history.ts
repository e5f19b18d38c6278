import { paragraph, type Text } from '../../../src/ticket/text.ts';
import { type HistoryView, title, wholeTicket } from '../../connector.ts';
import { lineAmongOthers } from './line.ts';

/**
 * What happened to a ticket, oldest first, in about `most` characters. Where not all of it fits, texts are shortened, and the
 * oldest lines go first.
 */
export function historyText({ ticket, subject, lines }: HistoryView, most: number, url: string | null): Text {
  const shown = lines.slice(-(Math.floor(most / perLine) + 1));
  const room = Math.floor(most / Math.max(1, shown.length));
  const earlier = lines.length - shown.length;
  return [
    paragraph(...title(ticket, subject)),
    ...(earlier === 0 ? [] : [paragraph(`… ${earlier} earlier `, ...wholeTicket(ticket, url))]),
    ...shown.flatMap((line) => lineAmongOthers(line, room)),
  ];
}

/** Characters that a line takes at least. */
const perLine = 250;
