import { type HistoryView, title, wholeTicket } from '../../connector.ts';
import { type Drawing, inlineMarkdown, quietly } from '../markdown.ts';
import { lineAmongOthers } from './line.ts';
import { fitted, type Message, message, rows, textDisplay } from './pieces.ts';

/** What happened to a ticket, oldest first. Where not all of it fits, texts are shortened, and the oldest lines go first. */
export function historyMessage(history: HistoryView, drawing: Drawing): Message {
  return message([
    textDisplay(fitted((room) => historyText(history, quietly(drawing), room))),
    ...rows(history.buttons, [], drawing),
  ]);
}

/** Characters that a line takes at least. */
const perLine = 150;

function historyText({ ticket, subject, lines }: HistoryView, drawing: Drawing, most: number): string {
  const shown = lines.slice(-(Math.floor(most / perLine) + 1));
  const room = Math.floor(most / Math.max(1, shown.length));
  const earlier = lines.length - shown.length;
  const left = [`… ${earlier} earlier `, ...wholeTicket(ticket, drawing.ticketUrl(ticket))];
  return [
    inlineMarkdown(title(ticket, subject), drawing),
    ...(earlier === 0 ? [] : [inlineMarkdown(left, drawing)]),
    ...shown.map((line) => lineAmongOthers(line, drawing, room)),
  ].join('\n');
}
