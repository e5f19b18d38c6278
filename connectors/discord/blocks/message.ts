import type { FormView, View } from '../../connector.ts';
import type { Drawing } from '../markdown.ts';
import { cardMessage } from './card.ts';
import { historyMessage } from './history.ts';
import { lineMessage } from './line.ts';
import { listMessage } from './list.ts';
import { noticeMessage } from './notice.ts';
import type { Message } from './pieces.ts';

export type { Message } from './pieces.ts';

/**
 * A view as a message. It keeps every limit of Discord's, whatever the view holds: what is too long is shortened with `…`
 * and, where it is a ticket's, a link to the whole.
 */
export function drawMessage(view: Exclude<View, FormView>, drawing: Drawing): Message {
  switch (view.view) {
    case 'card':
      return cardMessage(view, drawing);
    case 'line':
      return lineMessage(view, drawing);
    case 'list':
      return listMessage(view, drawing);
    case 'history':
      return historyMessage(view, drawing);
    case 'notice':
      return noticeMessage(view, drawing);
  }
}
