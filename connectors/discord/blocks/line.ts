import { cutInlines, cutText, type Room, roomOf } from '../../../src/ticket/cut.ts';
import type { Inline } from '../../../src/ticket/text.ts';
import { calledIn, fileLines, type LineView, lock, wholeTicket } from '../../connector.ts';
import { fileComponents, isShown } from '../attached.ts';
import { limits } from '../limits.ts';
import { type Drawing, escaped, inlineMarkdown, markdown, quietly, quoted } from '../markdown.ts';
import { fitted, type Message, message, rows, textDisplay } from './pieces.ts';

/**
 * One happening, as a message. Whoever is called in what was written is called in Discord as well; the sentence above it
 * names people without calling them, for those whom it concerns are told by Docket.
 */
export function lineMessage(line: LineView, drawing: Drawing): Message {
  const called = [...calledIn(line), ...(line.calls ?? [])].flatMap((person) => drawing.user(person) ?? []);
  return message(
    [
      textDisplay(fitted((most) => lineText(line, drawing, roomOf(most)))),
      ...fileComponents(line.attachments),
      ...rows(line.buttons, [], drawing),
    ],
    called,
  );
}

/** Whether a message shows all of a line: as `fitted` draws it first. */
export function lineFits(line: LineView, drawing: Drawing): boolean {
  const room = roomOf(5 * limits.messageText);
  return lineText(line, drawing, room).length <= limits.messageText && !room.cut;
}

function lineText(line: LineView, drawing: Drawing, room: Room): string {
  const head = [lock(line), ...cutInlines(line.head, room)];
  const body = room.cut ? [] : cutText(line.body, room);
  return [
    inlineMarkdown(head, quietly(drawing)),
    ...(body.length === 0 ? [] : [markdown(body, drawing)]),
    ...fileLines(line.attachments.filter((each) => !isShown(each, line.attachments))).map(escaped),
    ...(room.cut ? [inlineMarkdown(wholeTicket(line.ticket, drawing.ticketUrl(line.ticket)), drawing)] : []),
  ].join('\n');
}

/** A line among others, in about `most` characters: with its moment, and what was written as a quote. */
export function lineAmongOthers(line: LineView, drawing: Drawing, most: number): string {
  const quiet = quietly(drawing);
  const room = roomOf(most);
  const head: Inline[] = [lock(line), ...cutInlines(line.head, room), ' · ', { inline: 'time', at: line.at }];
  const body = room.cut ? [] : cutText(line.body, room);
  return [
    inlineMarkdown(head, quiet),
    ...(body.length === 0 ? [] : [quoted(body, quiet)]),
    ...fileLines(line.attachments).map(escaped),
  ].join('\n');
}
