import { feeds } from '../store/feeds.ts';
import type { Actor } from '../ticket/actor.ts';
import { code, say } from '../ticket/inline.ts';
import { paragraph } from '../ticket/text.ts';
import type { Desk } from './desk.ts';
import type { Address } from './inbound.ts';
import { namesFor, sameChannel } from './look.ts';
import { strong } from './names.ts';
import { info } from './notice.ts';
import type { NoticeView } from './view.ts';

/** The feeds of a channel: of which queues it is told, how much, and where each can be changed. Unknown queues are left out. */
export async function feedsView(desk: Desk, reader: Actor, where: Address): Promise<NoticeView> {
  const known = namesFor(desk.policy, reader).queues;
  const here = (await feeds(desk.store)).filter(
    (feed) => feed.key.thread === null && sameChannel(feed.key, where) && known.includes(feed.queue),
  );
  if (here.length === 0) {
    return info([paragraph('This channel has no feeds. To add one: ', say('feed QUEUE here'), '.')]);
  }
  return info(
    here.map(({ queue, audience, search, source }) =>
      paragraph(
        strong(queue),
        ...(search === '' ? [': all tickets'] : [': tickets that match ', code(search)]),
        audience === 'staff' ? ', with internal notes' : ', without internal notes',
        source === 'config' ? ' (set in docket.yaml)' : ' (set by a command)',
      ),
    ),
  );
}
