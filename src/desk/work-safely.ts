import { setTimeout as delay } from 'node:timers/promises';
import { tellAdministrators } from '../store/administrators.ts';
import { beginInbox } from '../store/inbox.ts';
import { isConnectionLoss } from '../store/pool.ts';
import { refuse } from '../ticket/refusal.ts';
import type { Desk } from './desk.ts';
import { enriched } from './enrich.ts';
import type { Inbound } from './inbound.ts';
import { refused } from './notice.ts';
import { TryLater, Undeliverable } from './outlet.ts';
import { work } from './work.ts';

/** How soon a database that is away is asked again. Milliseconds. */
const reconnectMs = 500;

interface Options {
  /** Work that takes longer has failed. Milliseconds. */
  readonly limitMs: number;
  /** It was left behind by an earlier process, or another one: that its work begins again is counted first. */
  readonly isRecovered: boolean;
  readonly isClosed: () => boolean;
}

/**
 * Works an inbound; never throws, and never takes much longer than its limit. A failure is reported to its sender, to the
 * log and to the administrators. While the database cannot be reached the work is begun again, until it can or Docket ends.
 */
export async function workSafely(desk: Desk, inbox: number, inbound: Inbound, options: Options): Promise<void> {
  let isCounted = !options.isRecovered;
  let isTold = false;
  while (!options.isClosed()) {
    try {
      if (!isCounted && !(await beginInbox(desk.store, inbox))) return;
      isCounted = true;
      const whole = await enriched(desk, inbound, options.isClosed);
      if (whole === null) return void (await desk.store.finish(inbox, 'nothing'));
      return await within(options.limitMs, work(desk, inbox, whole));
    } catch (error) {
      // Left to the next start.
      if (error instanceof TryLater && options.isClosed()) return;
      desk.log.error({ err: error, inbox, kind: inbound.kind }, 'an inbound could not be worked');
      if (error instanceof TryLater || !isConnectionLoss(error)) return fail(desk, inbox, inbound, error);
    }
    if (!isTold) await tell(desk, inbox, inbound, kept);
    isTold = true;
    await delay(reconnectMs);
  }
}

/** What is still going on after that long can change nothing any more: its inbox row has ended. */
async function within(ms: number, working: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the work did not end within ${ms / 1_000} s`)), ms);
  });
  try {
    await Promise.race([working, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function fail(desk: Desk, inbox: number, inbound: Inbound, error: unknown): Promise<void> {
  try {
    const reason = error instanceof Error ? error.message : String(error);
    const ended = await desk.store.finish(inbox, 'failed', reason);
    await tell(desk, inbox, inbound, ended === 'done before' ? doneBefore(inbox) : failed(inbox, error));
    if (ended !== 'done before') await tellAdministrators(desk.store, 'inbox');
  } catch (second) {
    desk.log.error({ err: second, inbox }, 'a failure could not be noted');
  }
}

/** Reports a row that ended as failed because the work on it never ended, to its sender, the log and the administrators. */
export async function reportFailed(desk: Desk, inbox: number, inbound: Inbound): Promise<void> {
  desk.log.error(
    { inbox, kind: inbound.kind },
    'an inbound stopped Docket, or hung, each time it was worked: it is given up',
  );
  await tellAdministrators(desk.store, 'inbox');
  await tell(desk, inbox, inbound, failed(inbox));
}

async function tell(desk: Desk, inbox: number, inbound: Inbound, what: string): Promise<void> {
  try {
    const views = [refused(refuse('conflict', what))];
    await desk.answer(inbound, { reaction: '❓', audience: 'author', views, form: null, tickets: [] });
  } catch (error) {
    desk.log.error({ err: error, inbox }, 'the sender could not be told of it either');
  }
}

const kept = 'The database cannot be reached. This is kept, and done as soon as it can be.';

function doneBefore(inbox: number): string {
  return `This was done, but Docket failed to say what came of it. The log tells why, under inbox ${inbox}.`;
}

function failed(inbox: number, error?: unknown): string {
  if (error instanceof Undeliverable) return `Nothing was changed: ${error.message}. ${error.mend}`.trim();
  return `Docket failed on this; nothing was changed. The log tells why, under inbox ${inbox}.`;
}
