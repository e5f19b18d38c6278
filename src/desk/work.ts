import { forgetFeeds } from '../store/feeds.ts';
import { actor, personOf } from '../store/people.ts';
import { type Audience, staffOnly } from '../ticket/audience.ts';
import type { Change } from '../ticket/change.ts';
import { isRefusal, refuse } from '../ticket/refusal.ts';
import { ask } from './ask.ts';
import { askAgain } from './ask-again.ts';
import { decideWishes } from './change.ts';
import type { Desk } from './desk.ts';
import { lostNotices } from './files.ts';
import type { Inbound } from './inbound.ts';
import { audienceOf, isKnown, look } from './look.ts';
import { withPeople } from './mentions.ts';
import { answerTo, type Outcome } from './outcome.ts';
import type { Situation } from './situation.ts';
import { readingOf } from './told.ts';
import { understand } from './understand.ts';
import type { Wish } from './wish.ts';

/** How often work is decided anew because its tickets moved on, before the person is asked to try again. */
const attempts = 20;

/**
 * Works a kept inbound to its end: understood, decided, committed together with the end of its inbox row, answered.
 * Decides again on what is stored by then when a ticket has moved on in between.
 */
export async function work(desk: Desk, inbox: number, inbound: Inbound): Promise<void> {
  const speaker = await actor(desk.store, await personOf(desk.store, inbound.where, inbound.sender));
  const { situation, speaking } = await look(desk, inbound, speaker);
  const said = { where: inbound.where, speaker };
  const wishes = withinAllowance(desk, inbound, await withPeople(desk, said, understand(inbound, situation, speaking)));
  const asked = { inbound, speaker, speaking, wishes };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { outcomes, unit } = await decideWishes(desk, { inbox, inbound, situation, speaker, wishes });
    const isChange = unit.tickets.length + unit.feeds.length > 0;
    const result = isChange ? await desk.store.commit(unit) : await desk.store.finish(inbox, 'done');
    if (unit.feeds.length > 0) forgetFeeds(desk.store);
    if (result === 'conflict') continue;
    if (result === 'done before') return;
    const lost: readonly Outcome[] =
      wishes.length === 0 ? [] : [{ was: 'shown', views: lostNotices(desk, situation.lost) }];
    const all = [...outcomes, ...(await ask(desk, asked)), ...lost];
    await answer(desk, inbound, situation, await askAgain(desk, asked, all));
    return;
  }
  await desk.store.finish(inbox, 'conflict');
  const busy = refuse('conflict', 'Too many people are changing this ticket at once. Please try again.');
  await answer(desk, inbound, situation, await askAgain(desk, asked, [{ was: 'refused', refusal: busy }]));
}

/** What is asked for, with a refusal in place of each ticket that is more than the speaker may open. */
function withinAllowance({ allowance }: Desk, inbound: Inbound, wishes: readonly Wish[]): readonly Wish[] {
  return wishes.map((wish) => {
    if (isRefusal(wish) || (wish.do !== 'new' && wish.do !== 'take up')) return wish;
    const waitMs = allowance.ticket(inbound);
    if (waitMs === 0) return wish;
    return refuse(
      'too many',
      `One person can open ${allowance.limits.ticketsPerHour} tickets an hour. This one was not opened: ` +
        `try again in ${Math.ceil(waitMs / 60_000)} min.`,
    );
  });
}

async function answer(desk: Desk, inbound: Inbound, situation: Situation, outcomes: readonly Outcome[]): Promise<void> {
  const changes = outcomes.flatMap((outcome) => (outcome.was === 'done' ? outcome.changes : []));
  // The speaker named these tickets and was let through, so they may be named back.
  const reading = await readingOf(desk, changes, { sees: () => true, knows: () => true });
  try {
    await desk.answer(inbound, answerTo(inbound, isSecretHere(desk, inbound, situation, outcomes), outcomes, reading));
  } catch (error) {
    // What was decided stands; the answer is not retried, and the card and the history show what came of it.
    desk.log.error({ err: error, kind: inbound.kind }, 'somebody could not be answered');
  }
}

/**
 * Whether what was done may not be read by all who read along where it was said: staff matters where requestors are, and
 * a new ticket of a queue of which not everybody there may know. A place is known for staff only by its conversation or,
 * for what is said beside all threads, by the channel's feeds of the tickets' queues.
 */
function isSecretHere(desk: Desk, { where }: Inbound, situation: Situation, outcomes: readonly Outcome[]): boolean {
  if (where.direct) return false;
  return outcomes.some((each) => {
    if (each.was !== 'done') return false;
    const { queue } = each.ticket;
    if (audienceIn(situation, queue) === 'staff') return false;
    const told = (change: Change) =>
      change.type === 'create' ? isKnown(desk.policy, queue, where) : !staffOnly(change);
    return !each.changes.every(told);
  });
}

function audienceIn({ ticket, audience, feeds }: Situation, queue: string): Audience {
  return ticket !== null || audience === 'staff' ? audience : audienceOf(feeds, queue);
}
