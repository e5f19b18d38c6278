import { setTimeout } from 'node:timers/promises';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';
import { TryLater } from './outlet.ts';

/** Milliseconds between two attempts: at first soon, for somebody waits. */
const pauses = [500, 1_000, 2_000, 5_000, 10_000];
const lastPause = 30_000;

/** How often it is looked whether Docket ends. Milliseconds. */
const lookMs = 250;

/** After this long, whoever waits for an answer has asked again. Milliseconds. */
const patience = 15 * 60_000;

/**
 * An inbound with what its connector left out of it. The platform is asked again, for a quarter of an hour, while it has
 * trouble. Null where nothing comes of the inbound.
 *
 * @param isClosed whether Docket ends: nothing is waited for then
 * @throws TryLater after a quarter of an hour, Undeliverable where the platform says nothing as things are
 */
export async function enriched(desk: Desk, inbound: Inbound, isClosed: () => boolean): Promise<Inbound | null> {
  if (inbound.raw === undefined) return inbound;
  const until = performance.now() + patience;
  for (let attempt = 0; ; attempt++) {
    try {
      return await desk.enrich(inbound);
    } catch (error) {
      if (isClosed() || !(error instanceof TryLater) || performance.now() > until) throw error;
      desk.log.info({ err: error, kind: inbound.kind }, 'an event waits for its platform to say who sent it');
      await wait(error.afterMs ?? pauses[attempt] ?? lastPause, isClosed);
    }
  }
}

async function wait(ms: number, isClosed: () => boolean): Promise<void> {
  const until = performance.now() + ms;
  for (let left = ms; left > 0 && !isClosed(); left = until - performance.now()) {
    await setTimeout(Math.min(left, lookMs));
  }
}
