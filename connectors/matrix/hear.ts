import { ZodError } from 'zod';
import { isOfRoom } from './failure.ts';
import { onMessage, onRedaction } from './hear-messages.ts';
import { onReaction } from './hear-reactions.ts';
import { onMember, onPower, onTombstone } from './hear-rooms.ts';
import type { Matrix } from './matrix.ts';
import { eventShape, type RoomEvent } from './payloads.ts';
import { inWords, pollTypes, stickerType } from './stickers-and-polls.ts';

type Hear = (matrix: Matrix, room: string, event: RoomEvent) => Promise<void>;

const all: Readonly<Record<string, Hear>> = {
  'm.room.message': onMessage,
  ...Object.fromEntries([stickerType, ...pollTypes].map((type) => [type, onOther])),
  'm.reaction': onReaction,
  'm.room.redaction': onRedaction,
  'm.room.member': onMember,
  'm.room.power_levels': onPower,
  'm.room.tombstone': onTombstone,
};

/** A sticker, or a poll. */
function onOther(matrix: Matrix, room: string, event: RoomEvent): Promise<void> {
  return onMessage(matrix, room, inWords(event));
}

/**
 * Hears one event of a room. What cannot be worked, whatever is done, is passed over, so that it does not stand in the way of
 * what follows; all else fails here, and is heard again: also what cannot be while the homeserver does not let Docket in.
 */
export async function hear(matrix: Matrix, room: string, told: unknown): Promise<void> {
  const event = eventShape.safeParse(told).data;
  const act = event === undefined ? undefined : all[event.type];
  if (event === undefined || act === undefined) return;
  try {
    await act(matrix, room, event);
  } catch (error) {
    if (!isHopeless(error)) throw error;
    matrix.log.error({ err: error, room, event: event.event_id }, 'an event of Matrix could not be worked');
  }
}

function isHopeless(error: unknown): boolean {
  return (
    error instanceof ZodError ||
    isOfRoom(error) ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof SyntaxError
  );
}
