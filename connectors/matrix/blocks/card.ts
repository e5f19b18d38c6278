import { cutInlines, cutText, type Room, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type Block, paragraph, plain, type Text } from '../../../src/ticket/text.ts';
import { type CardView, type Fact, fileLines, marks, quietly, quietText, title, wholeTicket } from '../../connector.ts';
import { quoted } from './pieces.ts';

/** The live card without its buttons, with texts of about `most` characters. It calls nobody, however often it is drawn. */
export function cardText(card: CardView, most: number): Text {
  const room = roomOf(most);
  const excerpt = plain(card.excerpt).trim() === card.subject ? [] : cutText(card.excerpt, room);
  const facts = cutFacts(card.facts, room);
  return [
    paragraph(...title(card.ticket, card.subject)),
    paragraph(marks(card)),
    ...quoted(quietText(excerpt)),
    ...fileLines(card.attachments ?? []).map((file) => paragraph(file)),
    ...facts,
    ...(room.cut ? [paragraph(...wholeTicket(card.ticket, card.url))] : []),
  ];
}

function cutFacts(facts: readonly Fact[], room: Room): readonly Block[] {
  const lines: Block[] = [];
  for (const { label, value } of facts) {
    if (room.cut) break;
    const fact = cutInlines([{ inline: 'strong', inlines: [`${shorten(label, 60)}:`] }, ' ', ...value], room);
    lines.push(paragraph(...quietly(fact)));
  }
  return lines;
}
