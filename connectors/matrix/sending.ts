import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Undeliverable } from '../connector.ts';
import { inSending } from './failure.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';

const sent = z.object({ event_id: z.string() });

/**
 * The transaction id of something, by its key: what is sent again under it is the same event
 * (spec.matrix.org/latest/client-server-api/#transaction-identifiers).
 */
export function transactionOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/**
 * Sends an event to a room, encrypted where the room is; gives its id. In a room that was replaced it goes to the one in its
 * place.
 *
 * @throws TryLater, Undeliverable, Rejected, Refused
 */
export async function send(
  matrix: Matrix,
  room: string,
  type: string,
  content: object,
  transaction: string,
): Promise<string> {
  return inNewest(matrix, room, async (newest) => {
    const sealed = await matrix.device.sealed(newest, type, content);
    const path = `/client/v3/rooms/${part(newest)}/send/${part(sealed.type)}/${part(transaction)}`;
    const body = { method: 'PUT', body: sealed.content } as const;
    try {
      return (await matrix.api.call({ path, ...body, room: newest, shape: sent })).event_id;
    } catch (error) {
      throw inSending(error);
    }
  });
}

/** Takes an event of Docket's back. */
export async function redact(matrix: Matrix, room: string, event: string): Promise<void> {
  const path = `/client/v3/rooms/${part(room)}/redact/${part(event)}/${transactionOf(`redact ${event}`)}`;
  await matrix.api.call({ path, method: 'PUT', body: {}, room, shape: sent });
}

/** Does something in a room, or in the room that has taken its place, as soon as that shows. */
async function inNewest<Result>(
  matrix: Matrix,
  room: string,
  act: (newest: string) => Promise<Result>,
): Promise<Result> {
  const newest = matrix.successors.newest(room);
  try {
    return await act(newest);
  } catch (error) {
    if (!(error instanceof Undeliverable) || !(await follow(matrix, newest))) throw error;
    return act(matrix.successors.newest(room));
  }
}

const tombstone = z.object({ replacement_room: z.string() });
const successor = z.object({ predecessor: z.object({ room_id: z.string() }) });

/** The room that a room says it has replaced; null where it says nothing. */
export async function predecessorOf({ rooms }: Matrix, room: string): Promise<string | null> {
  const { content } = await rooms.creation(room);
  return successor.safeParse(content).data?.predecessor.room_id ?? null;
}

/**
 * Goes over to the room that has replaced one, if one has; from then on all that is told there goes to it. False where there
 * is none, or Docket is not let in, or that room says nothing of it: anybody can name any room in a tombstone of their own.
 */
export async function follow(matrix: Matrix, room: string): Promise<boolean> {
  const { rooms, successors, api, log } = matrix;
  try {
    const replaced = tombstone.safeParse(await rooms.state(room, 'm.room.tombstone')).data;
    if (replaced === undefined) return false;
    const next = replaced.replacement_room;
    await api.call({ path: `/client/v3/join/${part(next)}`, method: 'POST', body: {}, shape: z.unknown() });
    if ((await predecessorOf(matrix, next)) !== room) {
      log.warn({ room, next }, 'a room names another as its replacement that is not; it is not followed');
      return false;
    }
    await successors.learn(room, next);
    log.info({ room, next }, 'a room was replaced; Docket goes on in the new one');
    return true;
  } catch (error) {
    log.warn({ err: error, room }, 'it is not known, or cannot be entered, what has replaced a room');
    return false;
  }
}
