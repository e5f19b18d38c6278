import type { RichTextBlockElement } from '@slack/types';
import { cutInlines, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import type { Inline } from '../../../src/ticket/text.ts';
import { type ListView, marks, title } from '../../connector.ts';
import { limits } from '../limits.ts';
import { fallback } from '../mrkdwn.ts';
import { type Drawing, section } from '../rich-text.ts';
import { actions } from './actions.ts';
import { fitted, type Message, richBlock } from './pieces.ts';

type Row = ListView['rows'][number];

/** Tickets below each other. */
export function listMessage(list: ListView, drawing: Drawing): Message {
  const heading = `${shorten(list.title, 150)} (${list.total})`;
  const top = section([[{ inline: 'strong', inlines: [heading] }]], drawing);
  return {
    text: fallback(heading, ...list.rows.map(({ ticket, subject }) => `#${ticket} ${subject}`)),
    blocks: fitted(
      (room) => [...richBlock([...top, ...listElements(list, drawing, room)]), ...actions(list.buttons)],
      limits.messageJson,
    ),
  };
}

/** The rows of a list, or what it says when there are none, in about `most` characters of JSON. */
export function listElements(list: ListView, drawing: Drawing, most: number): RichTextBlockElement[] {
  if (list.rows.length === 0) return section([cutInlines(list.empty, roomOf(most))], drawing);
  const shown = list.rows.slice(0, Math.floor(most / perRow) + 1);
  const left = list.rows.length - shown.length;
  return [
    ...shown.flatMap((row) => section([rowLine(row)], drawing)),
    ...section(left === 0 ? [] : [[`… and ${left} more`]], drawing),
  ];
}

/** Characters of JSON that a row takes, about. */
const perRow = 450;
const factsRoom = 400;

function rowLine(row: Row): readonly Inline[] {
  const facts = cutInlines(row.facts, roomOf(factsRoom));
  return [...title(row.ticket, row.subject), ` ${marks(row)}`, ...(facts.length === 0 ? [] : [' · ', ...facts])];
}
