import { setTimeout } from 'node:timers/promises';
import { isInHand, isUnfinished, type KeptRow, leaseMs } from '../store/inbox.ts';
import { hangsOn } from './conversation.ts';
import type { Desk } from './desk.ts';
import { InHand } from './in-hand.ts';
import type { Inbound } from './inbound.ts';
import { reportFailed, workSafely } from './work-safely.ts';

/**
 * Where kept inbounds are worked. What one sender sends is worked in its order, and what is about a message (its thread, a
 * reply, a reaction) after that message; the rest side by side. This holds across processes too.
 */
export interface Workshop {
  /** Works an inbound as soon as those before it are done. */
  add(row: KeptRow, inbound: Inbound): void;
  /**
   * Whether a message that an inbound is about waits or is being worked, here or in another process: what becomes of it is
   * not known yet.
   */
  holds(inbound: Inbound): Promise<boolean>;
  /** The message itself, while it waits here or is being worked; null where it does not. */
  said(message: { platform: string; channel: string; message: string }): Inbound | null;
  /**
   * Works what a crash left behind, a bounded number at a time. What another process took in hand within the last `olderMs`
   * milliseconds is left to that. Resolves when the first of it is in hand. Runs do not overlap.
   */
  recover(olderMs?: number): Promise<void>;
  /** Resolves when nothing is being worked. */
  idle(): Promise<void>;
  /** Brings what is in hand to its end. The rest stays in the inbox, and is worked at the next start. */
  close(): Promise<void>;
}

export interface WorkshopOptions {
  /** Work on one inbound that takes longer has failed. Milliseconds. */
  readonly limitMs?: number;
  /** Rows that were left behind and are in hand at the same time, with their texts in memory. */
  readonly mostRecovered?: number;
  /** Inbounds in hand; beyond them, what comes in waits in the inbox until it is recovered. */
  readonly mostInHand?: number;
}

/** How long an inbound waits at most for another process to work what it is about; files may have to be fetched. Milliseconds. */
const patienceMs = 15_000;
/** The same for what its sender sent before. A process that is gone has lost its rows to another by then. */
const orderPatienceMs = 3 * leaseMs;
const againMs = 50;

/** A workshop for the desk. */
export function openWorkshop(
  desk: Desk,
  { limitMs = 5 * 60_000, mostRecovered = 200, mostInHand = 2_000 }: WorkshopOptions = {},
): Workshop {
  const inHand = new InHand();
  let closed = false;
  let recovering: Promise<void> | null = null;
  /** Settles with the last work that ran alone. */
  let alone: Promise<void> = Promise.resolve();

  function add(row: KeptRow, inbound: Inbound, attempts: number | null = null): Promise<void> {
    const known = inHand.get(row.id);
    if (known !== undefined) return known.worked;
    const previous = inHand.previous(row.id, inbound);
    const before = [...inHand.messages(inbound, about(inbound))].filter(({ id }) => id < row.id);
    const item = inHand.add(row.id, inbound, async () => {
      await Promise.all([previous, ...before].map((each) => each?.worked));
      await awaitOthers(row, inbound, previous?.id ?? 0);
      if (closed) return;
      const options = { limitMs, isRecovered: attempts !== null, isClosed: () => closed };
      const work = () => workSafely(desk, row.id, inbound, options);
      // Of what was begun twice and never ended, one may stop the process again: at most one is blamed for it.
      await ((attempts ?? 0) > 1 ? oneByOne(work) : work());
    });
    return item.worked;
  }

  function oneByOne(work: () => Promise<void>): Promise<void> {
    alone = alone.then(work);
    return alone;
  }

  /** Resolves when no other process works what has to be done before, this one has ended, or it took too long. */
  async function awaitOthers({ id, after }: KeptRow, inbound: Inbound, previous: number): Promise<void> {
    const start = performance.now();
    const isPatient = (ms: number) => !closed && performance.now() < start + ms;
    try {
      while ((await isHeldBefore(desk, inbound, id)) && isPatient(patienceMs)) await setTimeout(againMs);
      if (after === null || after <= previous) return;
      while ((await isUnfinished(desk.store, after)) && isPatient(orderPatienceMs)) {
        // It may have been taken over by this process meanwhile.
        await Promise.race([inHand.get(after)?.worked ?? setTimeout(againMs), setTimeout(1_000)]);
      }
    } catch (error) {
      desk.log.warn({ err: error, inbox: id }, 'could not look for what has to be worked before');
    }
  }

  async function renew(): Promise<void> {
    if (inHand.size > 0) await desk.store.renew(inHand.ids());
  }

  /** @param begun called when the first of them are in hand */
  async function recover(olderMs: number, begun: () => void): Promise<void> {
    await renew();
    for (const { id, payload } of await desk.store.endInVain()) {
      // Written by this program or an earlier one: of what cannot be read, that too is reported.
      await reportFailed(desk, id, payload as Inbound);
    }
    const recovered = new Set<Promise<void>>();
    for (;;) {
      const most = mostRecovered - recovered.size;
      const rows = closed ? [] : await desk.store.claim({ olderMs, except: inHand.ids(), most });
      for (const row of rows) {
        const worked = add(row, row.payload as Inbound, row.attempts);
        recovered.add(worked);
        void worked.finally(() => recovered.delete(worked));
      }
      begun();
      if (rows.length < most) return;
      while (recovered.size > mostRecovered / 2) await Promise.race(recovered);
    }
  }

  async function idle(): Promise<void> {
    while (inHand.size > 0 || recovering !== null) await Promise.all([recovering, ...inHand.all()]);
  }

  return {
    add: (row, inbound) => {
      if (inHand.size < mostInHand) void add(row, inbound);
    },
    holds: async (inbound) =>
      [...inHand.messages(inbound, about(inbound))].length > 0 || (await isHeldBefore(desk, inbound, null)),
    said: (message) => inHand.said(message),
    recover: async (olderMs = 0) => {
      if (recovering !== null) return renew();
      await new Promise<void>((begun) => {
        recovering = recover(olderMs, begun)
          .catch((error: unknown) => desk.log.error({ err: error }, 'what was left behind could not be recovered'))
          .finally(() => {
            recovering = null;
            begun();
          });
      });
    },
    idle,
    close: () => {
      closed = true;
      return idle();
    },
  };
}

async function isHeldBefore(desk: Desk, inbound: Inbound, inbox: number | null): Promise<boolean> {
  // A command, a button and a form name their ticket.
  const ids = ['command', 'press', 'submit'].includes(inbound.kind) ? [] : about(inbound);
  return ids.length > 0 && isInHand(desk.store, inbound.where, ids, inbox);
}

/** The messages that an inbound is about: the root of its thread, what it replies to, what it edits, deletes or marks. */
function about(inbound: Inbound): readonly string[] {
  const own = inbound.kind === 'message' || !('message' in inbound) ? null : inbound.message;
  return own === null ? hangsOn(inbound) : [...hangsOn(inbound), own];
}
