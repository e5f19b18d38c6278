import { cutInlines, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type Inline, paragraph, type Text } from '../../../src/ticket/text.ts';
import { type ListView, marks, quietly, title } from '../../connector.ts';

type Row = ListView['rows'][number];

/** Tickets below each other, in about `most` characters. */
export function listText(list: ListView, most: number): Text {
  const heading = paragraph({ inline: 'strong', inlines: [`${shorten(list.title, 150)} (${list.total})`] });
  if (list.rows.length === 0) return [heading, paragraph(...cutInlines(quietly(list.empty), roomOf(most)))];
  const shown = list.rows.slice(0, Math.floor(most / perRow) + 1);
  const left = list.rows.length - shown.length;
  return [
    heading,
    ...shown.map((row) => paragraph(...rowLine(row))),
    ...(left === 0 ? [] : [paragraph(`… and ${left} more`)]),
  ];
}

/** Characters that a row takes, about. */
const perRow = 450;
const factsRoom = 400;

function rowLine(row: Row): readonly Inline[] {
  const facts = cutInlines(quietly(row.facts), roomOf(factsRoom));
  return [...title(row.ticket, row.subject), ` ${marks(row)}`, ...(facts.length === 0 ? [] : [' · ', ...facts])];
}
