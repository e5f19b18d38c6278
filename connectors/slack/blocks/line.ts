import type { RichTextBlockElement } from '@slack/types';
import { cutInlines, cutText, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type Inline, paragraph } from '../../../src/ticket/text.ts';
import type { LineView } from '../../connector.ts';
import { limits } from '../limits.ts';
import { fallback } from '../mrkdwn.ts';
import { type Drawing, quietly, quote, richText, section } from '../rich-text.ts';
import { actions } from './actions.ts';
import { fitted, type Message, richBlock, wholeTicket } from './pieces.ts';

/**
 * One happening, as a message. Whoever is called in what was written is called in Slack as well; the sentence above it
 * names people without calling them, for those whom it concerns are told by Docket.
 */
export function lineMessage(line: LineView, drawing: Drawing): Message {
  return {
    text: fallback([paragraph(...lock(line), ...line.head)], line.body),
    blocks: fitted(
      (room) => [...richBlock(elements(line, drawing, room)), ...actions(line.buttons)],
      limits.messageJson,
    ),
  };
}

function elements(line: LineView, drawing: Drawing, most: number): RichTextBlockElement[] {
  const room = roomOf(most);
  const head = [...lock(line), ...cutInlines(line.head, room)];
  const body = room.cut ? [] : cutText(line.body, room);
  return [
    ...section([head], quietly(drawing)),
    ...richText(body, drawing),
    ...section([...files(line), ...(room.cut ? [wholeTicket(line.ticket, drawing)] : [])], drawing),
  ];
}

/** A line among others, in about `most` characters of JSON: with its moment, and what was written as a quote. */
export function lineElements(line: LineView, drawing: Drawing, most: number): RichTextBlockElement[] {
  const room = roomOf(most);
  const head = [...lock(line), ...cutInlines(line.head, room), ' · ', { inline: 'time', at: line.at } as const];
  const body = room.cut ? [] : cutText(line.body, room);
  return [...section([head], drawing), ...quote(body, drawing), ...section(files(line), drawing)];
}

/** Only staff are to see it. */
function lock({ staffOnly }: LineView): readonly Inline[] {
  return staffOnly ? ['🔒 '] : [];
}

const mostFiles = 10;

function files({ attachments }: LineView): (readonly Inline[])[] {
  const named = attachments.slice(0, mostFiles).map(({ name, size }) => [`📎 ${shorten(name, 80)} (${bytes(size)})`]);
  const others = attachments.length - named.length;
  return others === 0 ? named : [...named, [`📎 and ${others} more`]];
}

function bytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  return size < 1_000_000 ? `${Math.round(size / 1_000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
