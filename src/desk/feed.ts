import type { Request } from '../language/request.ts';
import { isFed } from '../store/feeds.ts';
import { placeId } from '../store/places.ts';
import type { FeedWrite } from '../store/unit.ts';
import type { Actor } from '../ticket/actor.ts';
import { code, say } from '../ticket/inline.ts';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import { may } from '../ticket/rights.ts';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';
import { namesFor } from './look.ts';
import { done } from './notice.ts';
import type { NoticeView } from './view.ts';

type FeedRequest = Extract<Request, { do: 'feed' | 'unfeed' }>;

/** What a request about a feed leads to: what is to be written, and what is answered when it is. */
export interface FeedChange {
  readonly write: FeedWrite;
  readonly view: NoticeView;
}

/**
 * Decides whether a channel is told of a queue, or no longer told. Who reads along in the channel is not known here, so that it is told
 * what a requestor may see; a feed for staff is a matter of the configuration.
 *
 * @param earlier what the same message has changed before
 */
export async function decideFeed(
  desk: Desk,
  inbound: Inbound,
  speaker: Actor,
  request: FeedRequest,
  earlier: readonly FeedWrite[],
): Promise<FeedChange | Refusal> {
  const queue = desk.policy.queues.get(request.queue);
  if (queue === undefined || !namesFor(desk.policy, speaker).queues.includes(queue.name)) {
    return refuse('not found', 'There is no queue ', code(request.queue), ' that you can see.');
  }
  if (!may(speaker, 'AdminQueue', queue, null)) {
    return refuse(
      'not allowed',
      'You may not change the feeds of ',
      code(queue.name),
      '. That takes the right AdminQueue.',
    );
  }
  const place = await placeId(desk.store, { ...inbound.where, thread: null });
  if (request.do === 'unfeed') {
    const before = earlier.findLast((write) => write.queue === queue.name && write.place === place);
    const isThere = before === undefined ? await isFed(desk.store, queue.name, place) : before.feed !== null;
    if (isThere) {
      const view = done(['This place is no longer told of ', code(queue.name), '.']);
      return { write: { queue: queue.name, place, feed: null }, view };
    }
    return refuse(
      'not found',
      'This place is not told of ',
      code(queue.name),
      '. ',
      say(`feed ${queue.name} here`),
      ' begins it.',
    );
  }
  return {
    write: { queue: queue.name, place, feed: { audience: 'requestor', search: request.line } },
    view: done(['From now on this place is told what happens in ', code(queue.name), ', but for what only staff see.']),
  };
}
