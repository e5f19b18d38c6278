import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import { cutInlines, cutText, type Room, roomOf } from '../../../src/ticket/cut.ts';
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
    blocks: fitted((most) => blocksOf(line, drawing, roomOf(most)), limits.messageJson),
  };
}

/** Whether a message shows all of a line: as `fitted` draws it first. */
export function lineFits(line: LineView, drawing: Drawing): boolean {
  const room = roomOf(limits.messageJson);
  return JSON.stringify(blocksOf(line, drawing, room)).length <= limits.messageJson && !room.cut;
}

function blocksOf(line: LineView, drawing: Drawing, room: Room): KnownBlock[] {
  return [...richBlock(elements(line, drawing, room)), ...actions(line.buttons)];
}

function elements(line: LineView, drawing: Drawing, room: Room): RichTextBlockElement[] {
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
