import type { Request } from '../language/request.ts';
import { feeds, isFed } from '../store/feeds.ts';
import { placeId, placeName } from '../store/places.ts';
import type { FeedWrite } from '../store/unit.ts';
import type { Actor } from '../ticket/actor.ts';
import { code, say } from '../ticket/inline.ts';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import { may } from '../ticket/rights.ts';
import type { Desk } from './desk.ts';
import { confirmFeed, unentitledIn } from './feed-readers.ts';
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
 * Decides whether a channel is told of a queue, or no longer told. By a command it is told what requestors may see; a feed
 * for staff is set in the configuration, and only there can that be changed.
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
  const configured = (await feeds(desk.store)).some(
    (feed) => feed.place === place && feed.queue === queue.name && feed.source === 'config',
  );
  if (configured) {
    return refuse(
      'not allowed',
      'The feed of ',
      code(queue.name),
      ' here is set in docket.yaml, under ',
      code(`queues.${queue.name}.feeds`),
      '. Change it there.',
    );
  }
  if (request.do === 'unfeed') {
    const before = earlier.findLast((write) => write.queue === queue.name && write.place === place);
    const isThere = before === undefined ? await isFed(desk.store, queue.name, place) : before.feed !== null;
    if (isThere) {
      const view = done(['This channel no longer follows ', code(queue.name), '.']);
      return { write: { queue: queue.name, place, feed: null }, view };
    }
    return refuse(
      'not found',
      'This channel does not follow ',
      code(queue.name),
      '. To follow it: ',
      say(`feed ${queue.name} here`),
      '.',
    );
  }
  const unentitled = await unentitledIn(desk, queue, inbound.where);
  if (unentitled !== null) {
    if (!request.anyway) return confirmFeed(queue, unentitled, request.line);
    const by = { queue: queue.name, place: placeName(inbound.where), person: speaker.name };
    desk.log.warn({ ...by, unentitled }, 'a feed was set up where not everybody may see the queue');
  }
  return {
    write: { queue: queue.name, place, feed: { audience: 'requestor', search: request.line } },
    view: done(['This channel now follows ', code(queue.name), '. Internal notes are not posted here.']),
  };
}
