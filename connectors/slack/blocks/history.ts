import type { RichTextBlockElement } from '@slack/types';
import { paragraph } from '../../../src/ticket/text.ts';
import { type HistoryView, title, wholeTicket } from '../../connector.ts';
import { limits } from '../limits.ts';
import { fallback } from '../mrkdwn.ts';
import { type Drawing, section } from '../rich-text.ts';
import { actions } from './actions.ts';
import { lineElements } from './line.ts';
import { fitted, type Message, richBlock } from './pieces.ts';

/** What happened to a ticket, oldest first. Where not all of it fits, texts are shortened, and the oldest lines go first. */
export function historyMessage(history: HistoryView, drawing: Drawing): Message {
  const heads = history.lines.map(({ head }) => paragraph(...head));
  return {
    text: fallback(`#${history.ticket} ${history.subject}`, heads),
    blocks: fitted(
      (room) => [...richBlock(elements(history, drawing, room)), ...actions(history.buttons)],
      limits.messageJson,
    ),
  };
}

/** Characters of JSON that a line takes at least. */
const perLine = 250;

function elements({ ticket, subject, lines }: HistoryView, drawing: Drawing, most: number): RichTextBlockElement[] {
  const shown = lines.slice(-(Math.floor(most / perLine) + 1));
  const room = Math.floor(most / shown.length);
  const earlier = lines.length - shown.length;
  const left = earlier === 0 ? [] : [[`… ${earlier} earlier `, ...wholeTicket(ticket, drawing.ticketUrl(ticket))]];
  return [
    ...section([title(ticket, subject), ...left], drawing),
    ...shown.flatMap((line) => lineElements(line, drawing, room)),
  ];
}
