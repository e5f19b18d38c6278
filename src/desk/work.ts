import { actor, personOf } from '../store/people.ts';
import { refuse } from '../ticket/refusal.ts';
import { ask } from './ask.ts';
import { askAgain } from './ask-again.ts';
import { decideWishes } from './change.ts';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';
import { audienceOf, look } from './look.ts';
import { answerTo, type Outcome } from './outcome.ts';
import type { Situation } from './situation.ts';
import { readingOf } from './told.ts';
import { understand } from './understand.ts';

/** How often work is decided anew because its tickets moved on, before the person is asked to try again. */
const attempts = 20;

/**
 * Works a kept inbound to its end: understood, decided, committed together with the end of its inbox row, answered.
 * Decides again on what is stored by then when a ticket has moved on in between.
 */
export async function work(desk: Desk, inbox: number, inbound: Inbound): Promise<void> {
  const speaker = await actor(desk.store, await personOf(desk.store, inbound.where, inbound.sender));
  const { situation, speaking } = await look(desk, inbound, speaker);
  const wishes = understand(inbound, situation, speaking);
  const asked = { inbound, speaker, speaking, wishes };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { outcomes, unit } = await decideWishes(desk, { inbox, inbound, situation, speaker, wishes });
    const result = unit.tickets.length === 0 ? await desk.store.finish(inbox, 'done') : await desk.store.commit(unit);
    if (result === 'conflict') continue;
    if (result === 'done before') return;
    const all = [...outcomes, ...(await ask(desk, asked))];
    await answer(desk, inbound, situation, await askAgain(desk, asked, all));
    return;
  }
  await desk.store.finish(inbox, 'conflict');
  const busy = refuse('conflict', 'Too many people are changing this ticket at once. Please try again.');
  await answer(desk, inbound, situation, await askAgain(desk, asked, [{ was: 'refused', refusal: busy }]));
}

async function answer(desk: Desk, inbound: Inbound, situation: Situation, outcomes: readonly Outcome[]): Promise<void> {
  const changes = outcomes.flatMap((outcome) => (outcome.was === 'done' ? outcome.changes : []));
  // The speaker named these tickets and was let through, so they may be named back.
  const reading = await readingOf(desk, changes, () => true);
  try {
    await desk.answer(inbound, answerTo(inbound, isOpen(situation, outcomes), outcomes, reading));
  } catch (error) {
    // What was decided stands; the answer is not retried, and the card and the history show what came of it.
    desk.log.error({ err: error, kind: inbound.kind }, 'somebody could not be answered');
  }
}

/**
 * Whether requestors read along where something was done: unless the place is known for staff only, by its conversation
 * or, for what is said beside all threads, by the channel's feeds of the tickets' queues.
 */
function isOpen({ ticket, audience, feeds }: Situation, outcomes: readonly Outcome[]): boolean {
  if (ticket !== null || audience === 'staff') return audience === 'requestor';
  return outcomes.some((each) => each.was === 'done' && audienceOf(feeds, each.ticket.queue) === 'requestor');
}
