import type { KnownBlock, MessageAttachment } from '@slack/types';
import { paragraph } from '../../src/ticket/text.ts';
import { type CardView, marks } from '../connector.ts';
import { plainText } from './blocks/pieces.ts';
import { fallback, worded } from './mrkdwn.ts';

const longestExcerpt = 300;
const longestFact = 150;
const mostFacts = 3;

/**
 * A ticket below a message that links to it, for `chat.unfurl` (docs.slack.dev/messaging/unfurling-links-in-messages):
 * a card without buttons and with its first facts only, for it stands where people talk of other things. It is plain text
 * throughout, since `chat.unfurl` refuses rich text (slackapi/java-slack-sdk issue 948).
 */
export function unfurl(card: CardView): MessageAttachment {
  const name = `#${card.ticket} ${card.subject}`;
  const excerpt = worded(card.excerpt).trim();
  const facts = card.facts
    .slice(0, mostFacts)
    .map(({ label, value }) => plainText(`${label}: ${worded([paragraph(...value)])}`, longestFact));
  const blocks: KnownBlock[] = [
    { type: 'section', text: plainText(name, longestExcerpt) },
    { type: 'context', elements: [plainText(marks(card), longestExcerpt)] },
  ];
  if (excerpt !== '' && excerpt !== card.subject) {
    blocks.push({ type: 'section', text: plainText(excerpt, longestExcerpt) });
  }
  if (facts.length > 0) blocks.push({ type: 'section', fields: facts });
  return { fallback: fallback(name, marks(card)), blocks };
}
