import { z } from 'zod';
import type { Address } from '../connector.ts';
import { isOfRoom } from './failure.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { redact } from './sending.ts';

const page = z.object({
  chunk: z.array(z.object({ event_id: z.string(), sender: z.string() })),
  next_batch: z.string().optional(),
});

/** Edits that are read at a time, and how often. */
const pageSize = 100;
const mostPages = 10;

/**
 * Takes back a message of Docket's with every version of it: an edit leaves the earlier words in the history that clients show.
 * What is gone already, or may not be taken back, is passed over.
 *
 * @throws TryLater
 */
export async function erase(matrix: Matrix, { channel }: Pick<Address, 'channel'>, message: string): Promise<void> {
  const room = matrix.successors.newest(channel);
  for (const event of [...(await editsOf(matrix, room, message)), message]) {
    try {
      await redact(matrix, room, event);
    } catch (error) {
      if (!isOfRoom(error)) throw error;
      matrix.log.warn({ err: error, room, event }, 'A message could not be taken back');
    }
  }
}

async function editsOf({ api, bot }: Matrix, room: string, message: string): Promise<readonly string[]> {
  const own: string[] = [];
  const path = `/client/v1/rooms/${part(room)}/relations/${part(message)}/m.replace`;
  let from: string | undefined;
  try {
    for (let nth = 0; nth < mostPages; nth++) {
      const query = { limit: String(pageSize), ...(from === undefined ? {} : { from }) };
      const { chunk, next_batch } = await api.call({ path, query, room, shape: page });
      own.push(...chunk.filter(({ sender }) => sender === bot).map(({ event_id }) => event_id));
      if (next_batch === undefined) break;
      from = next_batch;
    }
  } catch (error) {
    if (!isOfRoom(error)) throw error;
  }
  return own;
}
