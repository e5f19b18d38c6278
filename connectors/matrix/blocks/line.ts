import { cutInlines, cutText, type Room, roomOf } from '../../../src/ticket/cut.ts';
import { type Block, paragraph, type Text } from '../../../src/ticket/text.ts';
import { fileLines, type LineView, lock, quietly, quietText, wholeTicket } from '../../connector.ts';
import { quoted } from './pieces.ts';

/**
 * One happening, as far as there is room. Whoever is called in what was written is called in Matrix as well;
 * the sentence above it names people without calling them, for those whom it concerns are told by Docket.
 */
export function lineText(line: LineView, room: Room, url: string | null): Text {
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

function files({ attachments }: LineView): readonly Block[] {
  return fileLines(attachments).map((named) => paragraph(named));
}
