import type { MessageAttachment } from '@slack/types';
import type { CardView } from '../connector.ts';
import { cardElements } from './blocks/card.ts';
import { fitted, marks, richBlock } from './blocks/pieces.ts';
import { limits } from './limits.ts';
import { fallback } from './mrkdwn.ts';
import type { Drawing } from './rich-text.ts';

/**
 * A ticket below a message that links to it, for `chat.unfurl` (docs.slack.dev/messaging/unfurling-links-in-messages):
 * a card without buttons and with its first facts only, for it stands where people talk of other things.
 */
export function unfurl(card: CardView, drawing: Drawing): MessageAttachment {
  const short = { ...card, facts: card.facts.slice(0, 3) };
  return {
    fallback: fallback(`#${card.ticket} ${card.subject}`, marks(card)),
    blocks: fitted((room) => richBlock(cardElements(short, drawing, Math.min(room, 1_500))), limits.messageJson),
  };
}
