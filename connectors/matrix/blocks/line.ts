import { cutInlines, cutText, roomOf } from '../../../src/ticket/cut.ts';
import { shorten } from '../../../src/ticket/shorten.ts';
import { type Block, paragraph, type Text } from '../../../src/ticket/text.ts';
import type { LineView } from '../../connector.ts';
import { quietly, quietText, quoted, wholeTicket } from './pieces.ts';

/**
 * One happening, with texts of about `most` characters. Whoever is called in what was written is called in Matrix as well;
 * the sentence above it names people without calling them, for those whom it concerns are told by Docket.
 */
export function lineText(line: LineView, most: number, url: string | null): Text {
  const room = roomOf(most);
  const head = cutInlines(line.head, room);
  const body = room.cut ? [] : cutText(line.body, room);
  return [
    paragraph(lock(line), ...quietly(head)),
    ...body,
    ...files(line),
    ...(room.cut ? [paragraph(...wholeTicket(line.ticket, url))] : []),
  ];
}

/** A line among others: with its moment, and what was written as a quote. */
export function lineAmongOthers(line: LineView, most: number): Text {
  const room = roomOf(most);
  const head = [...cutInlines(line.head, room), ' · ', { inline: 'time', at: line.at } as const];
  const body = room.cut ? [] : cutText(line.body, room);
  return [paragraph(lock(line), ...quietly(head)), ...quoted(quietText(body)), ...files(line)];
}

/** Only staff are to see it. */
function lock({ staffOnly }: LineView): string {
  return staffOnly ? '🔒 ' : '';
}

const mostFiles = 10;

function files({ attachments }: LineView): readonly Block[] {
  const named = attachments
    .slice(0, mostFiles)
    .map(({ name, size }) => paragraph(`📎 ${shorten(name, 80)} (${bytes(size)})`));
  const others = attachments.length - named.length;
  return others === 0 ? named : [...named, paragraph(`📎 and ${others} more`)];
}

function bytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  return size < 1_000_000 ? `${Math.round(size / 1_000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
