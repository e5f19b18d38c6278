import { setTimeout } from 'node:timers/promises';
import { conversationAt, type Talk } from '../store/conversations.ts';
import { aboutToBeTold } from '../store/deliveries.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';

/** How long what was said below a message waits at most for Docket to know whether that message is its own. Milliseconds. */
const patienceMs = 3_000;
const againMs = 50;

/** What is talked about where an inbound was said; null where no ticket is, as far as is known by now. */
export function conversationOf(desk: Desk, inbound: Inbound): Promise<Talk | null> {
  return conversationAt(desk.store, inbound.where, hangsOn(inbound));
}

/**
 * Whether an inbound may have been said below something that Docket is posting right now: people, and platforms, can be
 * quicker than its own note of the message. After a crash it is as long as until that post is looked up again.
 */
export async function mayBeBelowPost(desk: Desk, inbound: Inbound): Promise<boolean> {
  return hangsOn(inbound).length > 0 && (await aboutToBeTold(desk.store, inbound.where, null, null)) !== null;
}

/**
 * What is talked about where an inbound was said. Where nothing is known of, and Docket is about to post there, this is
 * awaited.
 */
export async function conversationBelow(desk: Desk, inbound: Inbound, speaker: PersonId): Promise<Talk | null> {
  const known = await conversationOf(desk, inbound);
  if (known !== null || hangsOn(inbound).length === 0) return known;
  const person = inbound.where.direct ? speaker : null;
  const until = performance.now() + patienceMs;
  let newest: number | null = null;
  for (;;) {
    // Asked first: what is not being told any more is known after this.
    const waits = await aboutToBeTold(desk.store, inbound.where, person, newest);
    const found = await conversationOf(desk, inbound);
    if (found !== null || waits === null || performance.now() > until) return found;
    newest ??= waits;
    await setTimeout(againMs);
  }
}

/** The messages that an inbound hangs on: the root of its thread, and what it replies to. */
export function hangsOn({ where, ...inbound }: Inbound): readonly string[] {
  const replyTo = inbound.kind === 'message' ? inbound.replyTo : null;
  return [where.thread, replyTo].filter((message) => message !== null);
}
