import { cutInlines, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type ListView, marks, title } from '../../connector.ts';
import { type Drawing, escaped, inlineMarkdown, quietly } from '../markdown.ts';
import { fitted, type Message, message, rows, textDisplay } from './pieces.ts';

type Row = ListView['rows'][number];

/** Tickets below each other. */
export function listMessage(list: ListView, drawing: Drawing): Message {
  const quiet = quietly(drawing);
  const heading = inlineMarkdown(
    [{ inline: 'strong', inlines: [`${shorten(list.title, 150)} (${list.total})`] }],
    quiet,
  );
  return message([
    textDisplay(fitted((room) => `${heading}\n${rowsIn(list, quiet, room)}`)),
    ...rows(list.buttons, [], drawing),
  ]);
}

/** Characters that a row takes, about, and its facts at most. */
const perRow = 200;
const factsRoom = 200;

function rowsIn(list: ListView, drawing: Drawing, most: number): string {
  if (list.rows.length === 0) return inlineMarkdown(cutInlines(list.empty, roomOf(most)), drawing);
  const shown = list.rows.slice(0, Math.floor(most / perRow) + 1);
  const left = list.rows.length - shown.length;
  return [...shown.map((row) => rowLine(row, drawing)), ...(left === 0 ? [] : [`… and ${left} more`])].join('\n');
}

function rowLine(row: Row, drawing: Drawing): string {
  const facts = cutInlines(row.facts, roomOf(factsRoom));
  const told = facts.length === 0 ? '' : ` · ${inlineMarkdown(facts, drawing)}`;
  const named = inlineMarkdown(title(row.ticket, shorten(row.subject, 80)), drawing);
  return `${named} ${escaped(marks(row))}${told}`;
}
