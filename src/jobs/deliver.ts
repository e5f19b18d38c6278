import type { JobHelpers } from 'graphile-worker';
import { z } from 'zod';
import { TryLater, Undeliverable } from '../desk/outlet.ts';
import { type Delivery, failed, sent, type Target, waiting } from '../store/deliveries.ts';
import type { JobContext } from './context.ts';
import { reach } from './target.ts';
import { tell } from './tell.ts';

const target = z.union([z.strictObject({ place: z.int() }), z.strictObject({ person: z.int() })]);

/** Deliveries that are read at once. */
const batch = 50;

/** After this many attempts, which the queue's backoff spreads over days, a delivery is given up. */
const mostAttempts = 25;

/**
 * The `deliver` job: tells one target all that it still has to be told, in order. A platform that asks to wait is asked
 * again then; one that is down, later and later; what it can never take is put aside and reported.
 */
export async function deliver(context: JobContext, payload: unknown, helpers: JobHelpers): Promise<void> {
  const to = target.parse(payload);
  for (;;) {
    const deliveries = await waiting(context.desk.store, to, batch);
    if (deliveries.length === 0) return;
    if (!(await deliverAll(context, to, deliveries, helpers))) return;
  }
}

/** Tells deliveries in order. False when the rest has to wait. */
async function deliverAll(
  context: JobContext,
  to: Target,
  deliveries: readonly Delivery[],
  helpers: JobHelpers,
): Promise<boolean> {
  const { store, log } = context.desk;
  const done = new Set<number>();
  for (const delivery of deliveries) {
    if (done.has(delivery.id)) continue;
    const together = sameCard(delivery, deliveries);
    const ids = together.map(({ id }) => id);
    try {
      // A burst of changes is one edit: the card shows them all.
      const message = await tell(context.desk, together.at(-1) ?? delivery, await reach(context, to));
      await sent(store, ids, message);
    } catch (error) {
      const final = error instanceof Undeliverable || delivery.attempts + 1 >= mostAttempts;
      await failed(store, ids, error instanceof Error ? error.message : String(error), final);
      if (!final) return postpone(error, to, helpers);
      log.warn({ err: error, to, ticket: delivery.ticket, part: delivery.part }, 'a delivery was given up');
    }
    for (const id of ids) done.add(id);
  }
  return true;
}

/** The deliveries that one message settles: for a card, all of the same card that wait. */
function sameCard(delivery: Delivery, waitingNow: readonly Delivery[]): readonly Delivery[] {
  if (delivery.part !== 'card') return [delivery];
  return waitingNow.filter(({ part, ticket }) => part === 'card' && ticket === delivery.ticket);
}

/** Comes back when the platform said to; without a word from it, the job fails and the queue backs off. */
async function postpone(error: unknown, to: Target, helpers: JobHelpers): Promise<false> {
  if (!(error instanceof TryLater) || error.afterMs === null) throw error;
  await helpers.addJob('deliver', to, {
    runAt: new Date(Date.now() + error.afterMs),
    ...(helpers.job.key === null ? {} : { jobKey: helpers.job.key }),
    queueName: 'place' in to ? `deliver:place:${to.place}` : `deliver:person:${to.person}`,
  });
  return false;
}
