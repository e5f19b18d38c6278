import { setTimeout } from 'node:timers/promises';
import { isInHand } from '../store/inbox.ts';
import { isConnectionLoss } from '../store/pool.ts';
import type { CommitResult } from '../store/unit.ts';
import { refuse } from '../ticket/refusal.ts';
import { hangsOn } from './conversation.ts';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';
import { refused } from './notice.ts';
import { work } from './work.ts';

/**
 * Where kept inbounds are worked. What one sender sends is worked in its order, and what is about a message (its thread, a
 * reply, a reaction) after that message; the rest side by side.
 */
export interface Workshop {
  /** Works an inbound as soon as those before it are done. */
  add(inbox: number, inbound: Inbound): void;
  /**
   * Whether a message that an inbound is about waits or is being worked, here or in another process: what becomes of it is
   * not known yet.
   */
  holds(inbound: Inbound): Promise<boolean>;
  /** The message itself, while it waits here or is being worked; null where it does not. */
  said(message: { platform: string; channel: string; message: string }): Inbound | null;
  /**
   * Works what a crash, or a database that was away, left behind. What came in within the last `olderMs` milliseconds may be
   * in the hands of another process, which alone can answer it as it has to be, and is left to that.
   */
  recover(olderMs?: number): Promise<void>;
  /** Resolves when nothing is being worked. */
  idle(): Promise<void>;
  /** Brings what is in hand to its end. The rest stays in the inbox, and is worked at the next start. */
  close(): Promise<void>;
}

/** A workshop for the desk. */
export function openWorkshop(desk: Desk): Workshop {
  const lines = new Map<string, Promise<void>>();
  const inHand = new Map<number, { readonly inbound: Inbound; readonly worked: Promise<void> }>();
  let closed = false;

  function before(inbound: Inbound): Promise<void>[] {
    const ids = about(inbound);
    if (ids.length === 0) return [];
    return [...inHand.values()].filter((each) => isOneOf(ids, each.inbound, inbound)).map(({ worked }) => worked);
  }

  function add(inbox: number, inbound: Inbound): void {
    if (inHand.has(inbox)) return;
    const sender = JSON.stringify([inbound.where.platform, inbound.where.workspace, inbound.sender.id]);
    const line = Promise.all([lines.get(sender), ...before(inbound)])
      .then(() => (closed ? undefined : workSafely(desk, inbox, inbound, () => closed)))
      .finally(() => {
        if (lines.get(sender) === line) lines.delete(sender);
        inHand.delete(inbox);
      });
    inHand.set(inbox, { inbound, worked: line });
    lines.set(sender, line);
  }

  return {
    add,
    holds: async (inbound) => before(inbound).length > 0 || (await isHeldBefore(desk, inbound, null)),
    said: ({ platform, channel, message }) => {
      const isThere = ({ where }: Inbound) => where.platform === platform && where.channel === channel;
      const all = [...inHand.values()].map(({ inbound }) => inbound);
      return all.find((each) => each.kind === 'message' && each.message === message && isThere(each)) ?? null;
    },
    recover: async (olderMs = 0) => {
      // Written by this program or an earlier one; what it cannot read by now is reported like any failing work.
      for (const { id, payload } of await desk.store.unfinished(olderMs)) add(id, payload as Inbound);
    },
    idle,
    close: () => {
      closed = true;
      return idle();
    },
  };

  async function idle(): Promise<void> {
    while (lines.size > 0) await Promise.all(lines.values());
  }
}

/** How long an inbound waits at most for another process to work what it is about; files may have to be fetched. Milliseconds. */
const patienceMs = 15_000;
const againMs = 50;

/** Resolves when no other process works a message that an inbound is about, or this one has `ended`. */
async function awaitOthers(desk: Desk, inbox: number, inbound: Inbound, ended: () => boolean): Promise<void> {
  const until = performance.now() + patienceMs;
  const isPatient = () => !ended() && performance.now() < until;
  while ((await isHeldBefore(desk, inbound, inbox)) && isPatient()) await setTimeout(againMs);
}

async function isHeldBefore(desk: Desk, inbound: Inbound, inbox: number | null): Promise<boolean> {
  // A command, a button and a form name their ticket.
  const ids = ['command', 'press', 'submit'].includes(inbound.kind) ? [] : about(inbound);
  return ids.length > 0 && isInHand(desk.store, inbound.where, ids, inbox);
}

function messageOf(inbound: Inbound): string | null {
  return 'message' in inbound ? inbound.message : null;
}

/** The messages that an inbound is about: the root of its thread, what it replies to, what it edits, deletes or marks. */
function about(inbound: Inbound): readonly string[] {
  const own = inbound.kind === 'message' ? null : messageOf(inbound);
  return own === null ? hangsOn(inbound) : [...hangsOn(inbound), own];
}

function isOneOf(messages: readonly string[], inbound: Inbound, { where }: Inbound): boolean {
  const { platform, workspace, channel } = inbound.where;
  const isThere = platform === where.platform && workspace === where.workspace && channel === where.channel;
  return isThere && messages.includes(messageOf(inbound) ?? '');
}

/**
 * Works an inbound; a failure is reported to its sender and to the log, and never stops the rest. When the database
 * could not be reached, the row stays in the inbox and is worked at the next start.
 */
async function workSafely(desk: Desk, inbox: number, inbound: Inbound, ended: () => boolean): Promise<void> {
  try {
    await awaitOthers(desk, inbox, inbound, ended);
    if (ended()) return;
    await work(desk, inbox, inbound);
  } catch (error) {
    desk.log.error({ err: error, inbox, kind: inbound.kind }, 'an inbound could not be worked');
    await settle(desk, inbox, inbound, error);
  }
}

async function settle(desk: Desk, inbox: number, inbound: Inbound, error: unknown): Promise<void> {
  try {
    const what = isConnectionLoss(error) ? kept : failed(inbox, await desk.store.finish(inbox, 'failed'));
    await desk.answer(inbound, {
      reaction: '❓',
      views: [refused(refuse('conflict', what))],
      form: null,
      tickets: [],
    });
  } catch (second) {
    desk.log.error({ err: second, inbox }, 'the sender could not be told of it either');
  }
}

const kept = 'The database cannot be reached. This is kept, and done as soon as it can be.';

/** @param ended `done before`: it failed only after what was asked for had been written */
function failed(inbox: number, ended: CommitResult): string {
  return ended === 'done before'
    ? `This was done, but Docket failed to say what came of it. The log tells why, under inbox ${inbox}.`
    : `Docket failed on this; nothing was changed. The log tells why, under inbox ${inbox}.`;
}
