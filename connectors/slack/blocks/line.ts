import type { RichTextBlockElement } from '@slack/types';
import { cutInlines, cutText, roomOf } from '../../../src/ticket/cut.ts';
import { type Inline, paragraph } from '../../../src/ticket/text.ts';
import { fileLines, type LineView, lock, wholeTicket } from '../../connector.ts';
import { limits } from '../limits.ts';
import { fallback } from '../mrkdwn.ts';
import { type Drawing, quietly, quote, richText, section } from '../rich-text.ts';
import { actions } from './actions.ts';
import { fitted, type Message, richBlock } from './pieces.ts';

/**
 * One happening, as a message. Whoever is called in what was written is called in Slack as well; the sentence above it
 * names people without calling them, for those whom it concerns are told by Docket.
 */
export function lineMessage(line: LineView, drawing: Drawing): Message {
  return {
    text: fallback([paragraph(lock(line), ...line.head)], line.body),
    blocks: fitted(
      (room) => [...richBlock(elements(line, drawing, room)), ...actions(line.buttons)],
      limits.messageJson,
    ),
  };
}

function elements(line: LineView, drawing: Drawing, most: number): RichTextBlockElement[] {
  const room = roomOf(most);
  const head = [lock(line), ...cutInlines(line.head, room)];
  const body = room.cut ? [] : cutText(line.body, room);
  return [
    ...section([head], quietly(drawing)),
    ...richText(body, drawing),
    ...section(
      [...files(line), ...(room.cut ? [wholeTicket(line.ticket, drawing.ticketUrl(line.ticket))] : [])],
      drawing,
    ),
  ];
}

/** A line among others, in about `most` characters of JSON: with its moment, and what was written as a quote. */
export function lineElements(line: LineView, drawing: Drawing, most: number): RichTextBlockElement[] {
  const room = roomOf(most);
  const head = [lock(line), ...cutInlines(line.head, room), ' · ', { inline: 'time', at: line.at } as const];
  const body = room.cut ? [] : cutText(line.body, room);
  return [...section([head], drawing), ...quote(body, drawing), ...section(files(line), drawing)];
}

function files({ attachments }: LineView): (readonly Inline[])[] {
  return fileLines(attachments).map((named) => [named]);
}
