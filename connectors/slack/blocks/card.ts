import type { RichTextBlockElement } from '@slack/types';
import { cutInlines, cutText, type Room, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type Inline, plain } from '../../../src/ticket/text.ts';
import { type CardView, type Fact, fileLines, marks, title, wholeTicket } from '../../connector.ts';
import { limits } from '../limits.ts';
import { fallback } from '../mrkdwn.ts';
import { type Drawing, quietly, quote, section } from '../rich-text.ts';
import { actions } from './actions.ts';
import { fitted, type Message, richBlock } from './pieces.ts';

/**
 * The live card. Facts stand one below the other instead of in a section's fields: those are mrkdwn, in which what
 * people wrote cannot be kept from being read as markup.
 */
export function cardMessage(card: CardView, drawing: Drawing): Message {
  return {
    text: fallback(`#${card.ticket} ${card.subject}`, marks(card)),
    blocks: fitted(
      (room) => [...richBlock(cardElements(card, drawing, room)), ...actions(card.buttons, card.more)],
      limits.messageJson,
    ),
  };
}

/** A card without its buttons, in about `most` characters of JSON. It calls nobody, however often it is drawn. */
export function cardElements(card: CardView, drawing: Drawing, most: number): RichTextBlockElement[] {
  const quiet = quietly(drawing);
  const room = roomOf(most);
  const excerpt = plain(card.excerpt).trim() === card.subject ? [] : cutText(card.excerpt, room);
  const facts = cutFacts(card.facts, room);
  return [
    ...section([title(card.ticket, card.subject), [marks(card)]], quiet),
    ...quote(excerpt, quiet),
    ...section(
      fileLines(card.attachments ?? []).map((file) => [file]),
      quiet,
    ),
    ...section(room.cut ? [...facts, wholeTicket(card.ticket, drawing.ticketUrl(card.ticket))] : facts, quiet),
  ];
}

function cutFacts(facts: readonly Fact[], room: Room): (readonly Inline[])[] {
  const lines: (readonly Inline[])[] = [];
  for (const { label, value } of facts) {
    if (room.cut) break;
    lines.push(cutInlines([{ inline: 'strong', inlines: [`${shorten(label, 60)}:`] }, ' ', ...value], room));
  }
  return lines;
}
