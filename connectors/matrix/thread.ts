import { z } from 'zod';
import { Refused } from './failure.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { eventShape } from './payloads.ts';

/**
 * That an event stands in a thread. Clients that know no threads show it as a reply to `last`, the newest event of the thread
 * (spec.matrix.org/latest/client-server-api/#fallback-for-unthreaded-clients), which is looked up where it is not known.
 *
 * @throws TryLater, Undeliverable
 */
export async function inThread(
  matrix: Matrix,
  room: string,
  root: string | null,
  last: string | null = null,
): Promise<object> {
  if (root === null) return {};
  return {
    'm.relates_to': {
      rel_type: 'm.thread',
      event_id: root,
      is_falling_back: true,
      'm.in_reply_to': { event_id: last ?? (await newestIn(matrix, room, root)) },
    },
  };
}

const bundled = z.object({ 'm.relations': z.object({ 'm.thread': z.object({ latest_event: eventShape }) }) });

/** The newest event of a thread, as homeservers tell it along with its root; the root where there is none. */
async function newestIn({ api, successors }: Matrix, room: string, root: string): Promise<string> {
  const newest = successors.newest(room);
  try {
    const path = `/client/v3/rooms/${part(newest)}/event/${part(root)}`;
    const { unsigned } = await api.call({ path, room: newest, shape: eventShape });
    return bundled.safeParse(unsigned).data?.['m.relations']['m.thread'].latest_event.event_id ?? root;
  } catch (error) {
    if (error instanceof Refused) return root;
    throw error;
  }
}
