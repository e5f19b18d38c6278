import { z } from 'zod';
import { isOfRoom, Refused } from './failure.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { eventShape, memberContent, type RoomEvent, type Sync, syncShape } from './payloads.ts';

/** How long the homeserver may wait for something to tell. Milliseconds. */
const pollMs = 30_000;
/** What it may take longer than that. */
const patience = 30_000;

/** Nothing of who is there or types; so many messages of a room at once. What is left out is asked for. */
const filter = JSON.stringify({
  presence: { types: [] },
  room: { timeline: { limit: 100 }, ephemeral: { types: [] } },
});

/**
 * What happened since a position, with every message of it: what the homeserver leaves out of a long while is asked for, and
 * what was said before Docket was invited is left out.
 *
 * @param since the position that the last one ended at; null at the very first, which begins with what comes from then on
 * @throws TryLater, Undeliverable, Refused
 */
export async function nextSync(matrix: Matrix, since: string | null, signal: AbortSignal): Promise<Sync> {
  let sync: Sync;
  try {
    sync = await matrix.api.call({
      path: '/client/v3/sync',
      query: { filter, timeout: String(since === null ? 0 : pollMs), ...(since === null ? {} : { since }) },
      shape: syncShape,
      within: pollMs + patience,
      signal,
    });
  } catch (error) {
    if (since === null || !isUnknownPosition(error)) throw error;
    matrix.log.warn(
      { err: error },
      'the homeserver, set up anew, does not know how far it was heard; it is heard from now on',
    );
    return nextSync(matrix, null, signal);
  }
  const join: Sync['rooms']['join'] = {};
  for (const [room, told] of Object.entries(sync.rooms.join)) {
    const events = since === null ? [] : await whole(matrix, room, told.timeline, since);
    join[room] = { ...told, timeline: { ...told.timeline, events: [...events] } };
  }
  return { ...sync, rooms: { ...sync.rooms, join } };
}

/** The homeserver's own word that a position says nothing to it: what stands before it may refuse a sync for reasons of its own. */
function isUnknownPosition(error: unknown): boolean {
  return error instanceof Refused && error.status === 400 && error.code !== '';
}

type Timeline = Sync['rooms']['join'][string]['timeline'];

async function whole(matrix: Matrix, room: string, timeline: Timeline, since: string): Promise<readonly unknown[]> {
  const { events, limited, prev_batch } = timeline;
  if (cameAt(matrix, events) !== null || !limited || prev_batch === undefined) return sinceInvited(matrix, events);
  matrix.rooms.forget(room);
  return sinceInvited(matrix, [...(await missed(matrix, room, prev_batch, since)), ...events]);
}

/** Messages at a time, and how often: who was away for longer than this many messages of a room begins with these. */
const page = 100;
const mostPages = 50;

const messages = z.object({ chunk: z.array(z.unknown()), end: z.string().optional() });

/** What was left out of a timeline, oldest first. */
async function missed(matrix: Matrix, room: string, from: string, since: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const path = `/client/v3/rooms/${part(room)}/messages`;
  for (let nth = 0, next = from; nth < mostPages; nth++) {
    const query = { dir: 'b', from: next, to: since, limit: String(page) };
    const { chunk, end } = await matrix.api.call({ path, query, room, shape: messages }).catch((error: unknown) => {
      if (!isOfRoom(error)) throw error;
      matrix.log.warn({ err: error, room }, 'it is not known what was said in a room meanwhile');
      return { chunk: [], end: undefined };
    });
    found.push(...chunk);
    if (end === undefined || chunk.length === 0 || cameAt(matrix, chunk) !== null) break;
    next = end;
  }
  return found.reverse();
}

/** What was said since Docket was invited to a room that it has just come to; all of it where it was there before. */
function sinceInvited(matrix: Matrix, events: readonly unknown[]): readonly unknown[] {
  const came = cameAt(matrix, events);
  if (came === null) return events;
  const invited = events.slice(0, came).findLastIndex((event) => membershipIn(matrix, event) === 'invite');
  return events.slice(invited === -1 ? came : invited);
}

/** The index of Docket's coming to a room among its events; null where it is not among them. */
function cameAt(matrix: Matrix, events: readonly unknown[]): number | null {
  const index = events.findLastIndex((event) => membershipIn(matrix, event) === 'join');
  return index === -1 ? null : index;
}

const before = z.object({ prev_content: memberContent });

/** What an event tells of Docket's own membership that is new; null where it tells nothing of it. */
function membershipIn({ bot }: Matrix, told: unknown): string | null {
  const event: RoomEvent | undefined = eventShape.safeParse(told).data;
  if (event?.type !== 'm.room.member' || event.state_key !== bot) return null;
  const membership = memberContent.safeParse(event.content).data?.membership ?? null;
  const previous = before.safeParse(event.unsigned).data?.prev_content.membership;
  return membership === previous ? null : membership;
}
