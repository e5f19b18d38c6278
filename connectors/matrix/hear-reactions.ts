import { TryLater, Undeliverable } from '../connector.ts';
import { buttonsKey, isSign, pressed } from './buttons.ts';
import { type Found, findEvent } from './events.ts';
import { Refused } from './failure.ts';
import { addressOf, readIncoming, senderOf } from './incoming.ts';
import type { Matrix } from './matrix.ts';
import { messageContent, type RoomEvent, reactionContent } from './payloads.ts';
import { commandOf } from './posting.ts';
import { redact } from './sending.ts';

/** The emoji that makes a ticket of a message. */
const ticketSigns: ReadonlySet<string> = new Set(['🎫', '🎟️', '🎟']);

/** Hears a reaction: on a message of Docket's own it presses a button, and 🎫 on any other makes a ticket of it. */
export async function onReaction(matrix: Matrix, room: string, event: RoomEvent): Promise<void> {
  const relation = reactionContent.safeParse(event.content).data?.['m.relates_to'];
  if (event.sender === matrix.bot || relation === undefined) return;
  const { key } = relation;
  if (!ticketSigns.has(key) && !isSign(key)) return;
  const on = await findEvent(matrix, room, relation.event_id);
  if (on === null) return;
  if (on.event.sender === matrix.bot) await onPress(matrix, room, event, key, on);
  else if (ticketSigns.has(key)) await onTicketMark(matrix, room, event, on);
}

async function onPress(matrix: Matrix, room: string, event: RoomEvent, key: string, on: Found): Promise<void> {
  const buttons = on.content[buttonsKey];
  const named = typeof buttons === 'object' && buttons !== null ? pressed({ ...buttons }, key) : null;
  const command = named === null ? null : await commandOf(matrix, named);
  if (command === null) return;
  await matrix.door.receive({
    kind: 'press',
    event: event.event_id,
    at: matrix.options.now(),
    sender: await senderOf(matrix, room, event),
    where: await addressOf(matrix, room, on.thread),
    answerTo: {},
    command,
    message: on.event.event_id,
  });
  await clear(matrix, room, event.event_id);
}

/**
 * Takes a press away, where Docket may, so that the same button can be pressed again: to clients a second press of a sign takes
 * the first one back.
 */
async function clear(matrix: Matrix, room: string, press: string): Promise<void> {
  try {
    await redact(matrix, room, press);
  } catch (error) {
    // Where Docket may not, people take their press back themselves; and nothing else waits for it.
    const known = error instanceof Refused || error instanceof Undeliverable || error instanceof TryLater;
    if (!known) throw error;
    matrix.log.debug({ err: error, room }, 'a press could not be cleared');
  }
}

async function onTicketMark(matrix: Matrix, room: string, event: RoomEvent, on: Found): Promise<void> {
  if (on.event.type !== 'm.room.message') return;
  const { text, files } = await readIncoming(matrix, room, messageContent.parse(on.content), on.event.sender);
  await matrix.door.receive({
    kind: 'reaction',
    event: event.event_id,
    at: matrix.options.now(),
    sender: await senderOf(matrix, room, event),
    where: await addressOf(matrix, room, on.thread),
    answerTo: {},
    message: on.event.event_id,
    emoji: '🎫',
    author: await senderOf(matrix, room, on.event),
    text,
    files,
  });
}
