import { cutInlines, cutText, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import type { Inline } from '../../../src/ticket/text.ts';
import { calledIn, type LineView } from '../../connector.ts';
import { fileComponents, isShown } from '../attached.ts';
import { type Drawing, inlineMarkdown, markdown, quietly, quoted } from '../markdown.ts';
import { fitted, type Message, message, rows, textDisplay, wholeTicket } from './pieces.ts';

/**
 * One happening, as a message. Whoever is called in what was written is called in Discord as well; the sentence above it
 * names people without calling them, for those whom it concerns are told by Docket.
 */
export function lineMessage(line: LineView, drawing: Drawing): Message {
  const called = [...calledIn(line), ...(line.calls ?? [])].flatMap((person) => drawing.user(person) ?? []);
  return message(
    [
      textDisplay(fitted((room) => lineText(line, drawing, room))),
      ...fileComponents(line.attachments),
      ...rows(line.buttons, [], drawing),
    ],
    called,
  );
}

function lineText(line: LineView, drawing: Drawing, most: number): string {
  const room = roomOf(most);
  const head = [...lock(line), ...cutInlines(line.head, room)];
  const body = room.cut ? [] : cutText(line.body, room);
  return [
    inlineMarkdown(head, quietly(drawing)),
    ...(body.length === 0 ? [] : [markdown(body, drawing)]),
    ...named(line.attachments.filter((each) => !isShown(each, line.attachments))),
    ...(room.cut ? [inlineMarkdown(wholeTicket(line.ticket, drawing), drawing)] : []),
  ].join('\n');
}

/** A line among others, in about `most` characters: with its moment, and what was written as a quote. */
export function lineAmongOthers(line: LineView, drawing: Drawing, most: number): string {
  const quiet = quietly(drawing);
  const room = roomOf(most);
  const head: Inline[] = [...lock(line), ...cutInlines(line.head, room), ' · ', { inline: 'time', at: line.at }];
  const body = room.cut ? [] : cutText(line.body, room);
  return [
    inlineMarkdown(head, quiet),
    ...(body.length === 0 ? [] : [quoted(body, quiet)]),
    ...named(line.attachments),
  ].join('\n');
}

/** Only staff are to see it. */
function lock({ staffOnly }: LineView): readonly Inline[] {
  return staffOnly ? ['🔒 '] : [];
}

const mostFiles = 10;

function named(attachments: LineView['attachments']): readonly string[] {
  const shown = attachments
    .slice(0, mostFiles)
    .map(({ name, size }) => inlineMarkdown([`📎 ${shorten(name, 80)} (${bytes(size)})`], noDrawing));
  const others = attachments.length - shown.length;
  return others === 0 ? shown : [...shown, `📎 and ${others} more`];
}

const noDrawing: Drawing = { user: () => null, ticketUrl: () => null, keyOf: () => null };

function bytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  return size < 1_000_000 ? `${Math.round(size / 1_000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
