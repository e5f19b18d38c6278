import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sameSign } from './buttons.ts';
import { Refused } from './failure.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { reactionContent } from './payloads.ts';
import { redact, send } from './sending.ts';

/**
 * Reacts to an event. What stands there already stays (spec.matrix.org/latest/client-server-api/#mannotation: a second one is
 * refused).
 *
 * @throws TryLater, Undeliverable, Refused
 */
export async function react(
  matrix: Matrix,
  room: string,
  event: string,
  sign: string,
  transaction: string,
): Promise<void> {
  const relation = { rel_type: 'm.annotation', event_id: event, key: sign };
  try {
    await send(matrix, room, 'm.reaction', { 'm.relates_to': relation }, transaction);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'M_DUPLICATE_ANNOTATION') throw error;
  }
}

/**
 * Makes the row of Docket's own reactions under a message these, whatever stands there: takes back those that do not hold any
 * more, and sets the new ones.
 *
 * @throws TryLater, Undeliverable, Refused
 */
export async function setRow(matrix: Matrix, room: string, event: string, signs: readonly string[]): Promise<void> {
  const standing = await ownReactions(matrix, room, event);
  for (const { id, sign } of standing) {
    if (!signs.some((each) => sameSign(each, sign))) await redact(matrix, room, id);
  }
  for (const sign of signs) {
    // A transaction of its own: one that was taken back before is a new event.
    if (!standing.some((each) => sameSign(each.sign, sign))) await react(matrix, room, event, sign, randomUUID());
  }
}

/** Below what Docket refused. */
export const refusedSign = '❓';

/**
 * Takes back what Docket has set below a message that it refused, and did nothing of.
 *
 * @returns whether it was one
 * @throws TryLater, Undeliverable, Refused
 */
export async function takeRefusalBack(matrix: Matrix, room: string, event: string): Promise<boolean> {
  const own = await ownReactions(matrix, room, event);
  if (own.length === 0 || !own.every(({ sign }) => sameSign(sign, refusedSign))) return false;
  for (const { id } of own) await redact(matrix, room, id);
  return true;
}

const page = z.object({
  chunk: z.array(z.object({ event_id: z.string(), sender: z.string(), content: z.unknown() })),
  next_batch: z.string().optional(),
});

/** Reactions that are read at a time, and how often. */
const pageSize = 100;
const mostPages = 10;

async function ownReactions({ api, bot }: Matrix, room: string, event: string) {
  const own: { readonly id: string; readonly sign: string }[] = [];
  const path = `/client/v1/rooms/${part(room)}/relations/${part(event)}/m.annotation/m.reaction`;
  let from: string | undefined;
  for (let nth = 0; nth < mostPages; nth++) {
    const query = { limit: String(pageSize), ...(from === undefined ? {} : { from }) };
    const { chunk, next_batch } = await api.call({ path, query, room, shape: page });
    for (const { event_id, sender, content } of chunk) {
      const relation = reactionContent.safeParse(content).data?.['m.relates_to'];
      if (sender === bot && relation !== undefined) own.push({ id: event_id, sign: relation.key });
    }
    if (next_batch === undefined) break;
    from = next_batch;
  }
  return own;
}
