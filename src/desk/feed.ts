import type { Request } from '../language/request.ts';
import { addFeed, removeFeed } from '../store/feeds.ts';
import { placeId } from '../store/places.ts';
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

/**
 * Has a channel told of a queue, or no longer told. Who reads along in the channel is not known here, so that it is told
 * what a requestor may see; a feed for staff is a matter of the configuration.
 */
export async function changeFeed(
  desk: Desk,
  inbound: Inbound,
  speaker: Actor,
  request: FeedRequest,
): Promise<NoticeView | Refusal> {
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
    if (await removeFeed(desk.store, queue.name, place))
      return done(['This place is no longer told of ', code(queue.name), '.']);
    return refuse(
      'not found',
      'This place is not told of ',
      code(queue.name),
      '. ',
      say(`feed ${queue.name} here`),
      ' begins it.',
    );
  }
  await addFeed(desk.store, { queue: queue.name, place, audience: 'requestor', search: request.line });
  return done(['From now on this place is told what happens in ', code(queue.name), ', but for what only staff see.']);
}
