import { z } from 'zod';
import { Refused } from './failure.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { eventShape, messageContent, type RoomEvent } from './payloads.ts';

/** An event of a room, readable where it was encrypted. */
export interface Found {
  readonly event: RoomEvent;
  /** Its content by now: that of its newest edit. */
  readonly content: Readonly<Record<string, unknown>>;
  /** The root of the thread that it stands in; null where it stands in none. */
  readonly thread: string | null;
}

/**
 * An event of a room; null where it is gone, or Docket may not see it.
 *
 * @throws TryLater, Undeliverable
 */
export async function findEvent(matrix: Matrix, room: string, id: string): Promise<Found | null> {
  const { api, device } = matrix;
  try {
    const path = `/client/v3/rooms/${part(room)}/event/${part(id)}`;
    const raw = await api.call({ path, room, shape: eventShape });
    if (raw.unsigned?.['redacted_because'] !== undefined) return null;
    const event = await device.readable(room, raw);
    const edit = (await sealedEditOf(matrix, room, raw)) ?? editOf(raw);
    const edited = edit === null ? null : (await device.readable(room, edit)).content['m.new_content'];
    const content = z.record(z.string(), z.unknown()).safeParse(edited).data ?? event.content;
    return { event, content, thread: threadOf(raw) };
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The newest edit, which homeservers tell along with an event (spec.matrix.org/latest/client-server-api/#server-side-aggregation). */
function editOf({ unsigned, sender }: RoomEvent): RoomEvent | null {
  const relations = z.object({ 'm.replace': eventShape }).safeParse(unsigned?.['m.relations']);
  return relations.success && relations.data['m.replace'].sender === sender ? relations.data['m.replace'] : null;
}

const edits = z.object({ chunk: z.array(eventShape) });

/** Newest edits that are looked through: nobody else's count. */
const mostEdits = 20;

/**
 * The newest edit of what Docket wrote before the room was encrypted: homeservers tell along only edits of an event's own
 * type, which those that are encrypted are not.
 */
async function sealedEditOf(
  { api, bot, device }: Matrix,
  room: string,
  { event_id, type, sender }: RoomEvent,
): Promise<RoomEvent | null> {
  if (type === 'm.room.encrypted' || sender !== bot || !(await device.isEncrypted(room))) return null;
  const path = `/client/v1/rooms/${part(room)}/relations/${part(event_id)}/m.replace/m.room.encrypted`;
  const query = { limit: String(mostEdits), dir: 'b' };
  const { chunk } = await api.call({ path, query, room, shape: edits });
  return chunk.find((edit) => edit.sender === sender) ?? null;
}

/** The root of the thread that an event stands in; null where it stands in none. */
export function threadOf({ content }: Pick<RoomEvent, 'content'>): string | null {
  const relation = messageContent.safeParse(content).data?.['m.relates_to'];
  return relation?.rel_type === 'm.thread' ? (relation.event_id ?? null) : null;
}
