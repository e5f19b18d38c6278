import { type APIComponentInContainer, ComponentType } from 'discord.js';
import { cutInlines, cutText, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type Inline, plain } from '../../../src/ticket/text.ts';
import { type CardView, fileLines, marks, title, wholeTicket } from '../../connector.ts';
import { type Drawing, escaped, inlineMarkdown, quietly, quoted } from '../markdown.ts';
import { colours, fitted, type Message, message, rows, textDisplay } from './pieces.ts';

/** The live card: a box in the colour of the status, with the buttons below. It calls nobody, however often it is drawn. */
export function cardMessage(card: CardView, drawing: Drawing): Message {
  const quiet = quietly(drawing);
  const components: APIComponentInContainer[] = [
    textDisplay(fitted((room) => cardText(card, quiet, room))),
    ...rows(card.buttons, card.more, drawing),
  ];
  return message([{ type: ComponentType.Container, accent_color: colours[card.kind], components }]);
}

function cardText(card: CardView, drawing: Drawing, most: number): string {
  const room = roomOf(most);
  const lines = [inlineMarkdown(title(card.ticket, card.subject), drawing), escaped(marks(card))];
  const excerpt = plain(card.excerpt).trim() === card.subject ? [] : cutText(card.excerpt, room);
  if (plain(excerpt).trim() !== '') lines.push(quoted(excerpt, drawing));
  lines.push(...fileLines(card.attachments ?? []).map(escaped));
  for (const { label, value } of card.facts) {
    if (room.cut) break;
    const named: Inline = { inline: 'strong', inlines: [`${shorten(label, 60)}:`] };
    lines.push(inlineMarkdown(cutInlines([named, ' ', ...value], room), drawing));
  }
  if (room.cut) lines.push(inlineMarkdown(wholeTicket(card.ticket, drawing.ticketUrl(card.ticket)), drawing));
  return lines.join('\n');
}
