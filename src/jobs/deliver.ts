import type { JobHelpers } from 'graphile-worker';
import { z } from 'zod';
import { Undeliverable } from '../desk/outlet.ts';
import { tellAdministrators } from '../store/administrators.ts';
import { type Delivery, givenUp, postponed, sent, type Target, waiting, waitingAbout } from '../store/deliveries.ts';
import { comeBack, type Parking, park, parked, parkingName, resume } from '../store/parked.ts';
import { places } from '../store/places.ts';
import { mergedInto } from '../store/spoken.ts';
import type { Store } from '../store/store.ts';
import type { JobContext } from './context.ts';
import { patiently } from './patiently.ts';
import { setback } from './setback.ts';
import { reachPlace } from './target.ts';
import { tell } from './tell.ts';
import { tellPerson } from './tell-person.ts';

const target = z.union([z.strictObject({ place: z.int() }), z.strictObject({ person: z.int() })]);

/** Deliveries that are read at once. */
const batch = 50;

/**
 * The `deliver` job: tells one target all that it still has to be told, in order. What fails holds up the rest of its
 * target, and nobody else; `setback` says for how long, and what is given up.
 */
export async function deliver(context: JobContext, payload: unknown, helpers: JobHelpers): Promise<void> {
  const to = target.parse(payload);
  const { store, now } = context.desk;
  for (;;) {
    const { deliveries, again } = await waiting(store, to, batch);
    if (deliveries.length === 0) return;
    const pause = again === null ? 0 : Date.parse(again) - Date.parse(now());
    const afterMs = pause > 0 ? pause : await deliverAll(context, to, deliveries, helpers.abortSignal);
    if (afterMs === null) continue;
    const { key, priority } = helpers.job;
    return comeBack(store, to, { key, priority, afterMs });
  }
}

/**
 * Tells deliveries in order. Gives the milliseconds after which to come back for the rest; null when all are told. Once
 * Docket is `ending`, the rest is left to the next start.
 */
async function deliverAll(
  context: JobContext,
  to: Target,
  deliveries: readonly Delivery[],
  ending: AbortSignal,
): Promise<number | null> {
  const { store } = context.desk;
  const done = new Set<number>();
  for (const delivery of deliveries) {
    if (ending.aborted) return 0;
    if (done.has(delivery.id)) continue;
    const together = await settledWith(context, delivery, deliveries);
    const ids = together.map(({ id }) => id);
    try {
      const message = await tellTarget(context, to, together);
      // Who comes next has to know what was told, and what may have been: no other is to begin before it is written down.
      await patiently(
        () => sent(store, ids, message),
        () => ending.aborted,
      );
    } catch (error) {
      const afterMs = await fail(context, to, together, error, ending);
      if (afterMs !== null) return afterMs;
      for (const id of ids) done.add(id);
      continue;
    }
    if (delivery.attempts > 0) await wentThrough(context, to);
    for (const id of ids) done.add(id);
  }
  return null;
}

/** Gives the message by which they were told, null when there was nothing (left) to tell. */
async function tellTarget(context: JobContext, to: Target, together: Together): Promise<string | null> {
  const again = together[0].attempts > 0;
  if ('person' in to) return tellPerson(context, to.person, together[0], again);
  return tell(context.desk, together, { ...(await reachPlace(context, to.place)), again });
}

type Together = readonly [Delivery, ...Delivery[]];

/**
 * What one delivery settles, itself first. A burst of changes is one edit: the card shows them all. What was to be told
 * before a withdrawal is not told any more.
 */
async function settledWith({ desk }: JobContext, delivery: Delivery, read: readonly Delivery[]): Promise<Together> {
  const { id, part, ticket, to } = delivery;
  if (!('place' in to) || (part !== 'card' && part !== 'withdrawal')) return [delivery];
  const tickets = part === 'card' ? [ticket] : [ticket, ...(await mergedInto(desk.store, [ticket]))];
  const all = read.length < batch ? read : await waitingAbout(desk.store, to.place, tickets);
  const isSettled = (other: Delivery) =>
    part === 'card' ? other.part === 'card' && other.id > id : ['card', 'line'].includes(other.part) && other.id < id;
  return [delivery, ...all.filter((other) => tickets.includes(other.ticket) && isSettled(other))];
}

/** Puts deliveries off, or gives them up; gives the milliseconds until they are tried again, null where they are given up. */
async function fail(
  context: JobContext,
  to: Target,
  together: Together,
  error: unknown,
  ending: AbortSignal,
): Promise<number | null> {
  const { store, log, now } = context.desk;
  const [first] = together;
  const { afterMs, counts, parks, ends } = setback(error, first.attempts);
  const note = {
    error: error instanceof Error ? error.message : String(error),
    again: new Date(Date.parse(now()) + afterMs).toISOString(),
    counts,
  };
  const ids = together.map(({ id }) => id);
  const about = { err: error, to, ticket: first.ticket, part: first.part };
  await patiently(
    () => (ends ? givenUp(store, ids, note.error) : postponed(store, ids, note)),
    () => ending.aborted,
  );
  if (ends) {
    await patiently(
      () => tellAdministrators(store, 'deliveries'),
      () => ending.aborted,
    );
    log.error({ ...about, deliveries: ids }, 'a delivery was refused for good; `docket deliveries failed` lists it');
    return null;
  }
  if (!parks) log.info({ ...about, afterMs }, 'a delivery is tried again later');
  else if (await parkTarget(context, to, error)) {
    log.warn(about, 'nothing can be told there as things are; it waits, and the administrators are told');
  }
  return afterMs;
}

/** Parks a target, and the whole workspace where that is what fails. True when that is news. */
async function parkTarget({ desk }: JobContext, to: Target, error: unknown): Promise<boolean> {
  const [own] = await parkingsOf(desk.store, to);
  const workspace = error instanceof Undeliverable ? error.workspace : null;
  const reason = error instanceof Error ? error.message : String(error);
  const mend = error instanceof Undeliverable ? error.mend : `The log of Docket tells more.`;
  if (workspace === null) return own !== undefined && park(desk.store, own, { reason, mend });
  // A person may also be reached elsewhere, so that their own parking is noted too, of which nobody is told.
  if ('person' in to) await park(desk.store, to, { reason, mend }, false);
  return park(desk.store, { ...workspace, channel: null }, { reason, mend });
}

/** Something that failed before was told: what was parked with it goes on too. */
async function wentThrough({ desk }: JobContext, to: Target): Promise<void> {
  for (const mended of await parked(desk.store, await parkingsOf(desk.store, to))) {
    await resume(desk.store, mended);
    desk.log.info({ parked: parkingName(mended) }, 'it can be told again; what waited is told now');
  }
}

/** What a target is parked as, the narrowest first. */
async function parkingsOf(store: Store, to: Target): Promise<readonly Parking[]> {
  if ('person' in to) return [to];
  const place = (await places(store, [to.place])).get(to.place);
  if (place === undefined) return [];
  const { platform, workspace, channel } = place;
  return [
    { platform, workspace, channel },
    { platform, workspace, channel: null },
  ];
}
