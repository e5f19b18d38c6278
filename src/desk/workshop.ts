import { isConnectionLoss } from '../store/pool.ts';
import { refuse } from '../ticket/refusal.ts';
import type { Desk } from './desk.ts';
import type { Inbound } from './inbound.ts';
import { refused } from './notice.ts';
import { work } from './work.ts';

/** Where kept inbounds are worked. What one sender sends in one channel is worked in its order; the rest side by side. */
export interface Workshop {
  /** Works an inbound as soon as those before it are done. */
  add(inbox: number, inbound: Inbound): void;
  /** Whether the message that an inbound is about (its edit, its deletion) waits here or is being worked. */
  holds(inbound: Inbound): boolean;
  /** The message itself, while it waits here or is being worked; null where it does not. */
  said(message: { platform: string; channel: string; message: string }): Inbound | null;
  /** Works what a crash, or a database that was away, left behind. */
  recover(): Promise<void>;
  /** Resolves when nothing is being worked. */
  idle(): Promise<void>;
  /** Brings what is in hand to its end. The rest stays in the inbox, and is worked at the next start. */
  close(): Promise<void>;
}

/** A workshop for the desk. */
export function openWorkshop(desk: Desk): Workshop {
  const lines = new Map<string, Promise<void>>();
  const inHand = new Map<number, Inbound>();
  let closed = false;

  function add(inbox: number, inbound: Inbound): void {
    if (inHand.has(inbox)) return;
    inHand.set(inbox, inbound);
    const sender = JSON.stringify([inbound.where.platform, inbound.where.workspace, inbound.sender.id]);
    const before = lines.get(sender) ?? Promise.resolve();
    const line = before
      .then(() => (closed ? undefined : workSafely(desk, inbox, inbound)))
      .finally(() => {
        if (lines.get(sender) === line) lines.delete(sender);
        inHand.delete(inbox);
      });
    lines.set(sender, line);
  }

  return {
    add,
    holds: (inbound) => {
      const message = messageOf(inbound);
      return message !== null && [...inHand.values()].some((each) => isAbout(each, message) && isIn(each, inbound));
    },
    said: (message) => [...inHand.values()].find((each) => each.kind === 'message' && isAbout(each, message)) ?? null,
    recover: async () => {
      // Written by this program or an earlier one; what it cannot read by now is reported like any failing work.
      for (const { id, payload } of await desk.store.unfinished()) add(id, payload as Inbound);
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

type Message = Parameters<Workshop['said']>[0];

function messageOf(inbound: Inbound): Message | null {
  if (!('message' in inbound) || inbound.message === null) return null;
  const { platform, channel } = inbound.where;
  return { platform, channel, message: inbound.message };
}

function isAbout(inbound: Inbound, { platform, channel, message }: Message): boolean {
  const found = messageOf(inbound);
  return found?.message === message && found.channel === channel && found.platform === platform;
}

function isIn({ where }: Inbound, other: Inbound): boolean {
  return where.workspace === other.where.workspace;
}

/**
 * Works an inbound; a failure is reported to its sender and to the log, and never stops the rest. When the database
 * could not be reached, the row stays in the inbox and is worked at the next start.
 */
async function workSafely(desk: Desk, inbox: number, inbound: Inbound): Promise<void> {
  try {
    await work(desk, inbox, inbound);
  } catch (error) {
    desk.log.error({ err: error, inbox, kind: inbound.kind }, 'an inbound could not be worked');
    await settle(desk, inbox, inbound, error);
  }
}

async function settle(desk: Desk, inbox: number, inbound: Inbound, error: unknown): Promise<void> {
  const later = isConnectionLoss(error);
  try {
    if (!later) await desk.store.finish(inbox, 'failed');
    await desk.answer(inbound, {
      reaction: '❓',
      views: [
        refused(
          later
            ? refuse('conflict', 'The database cannot be reached. This is kept, and done as soon as it can be.')
            : refuse(
                'conflict',
                `Docket failed on this; nothing was changed. The log tells why, under inbox ${inbox}.`,
              ),
        ),
      ],
      form: null,
      tickets: [],
    });
  } catch (second) {
    desk.log.error({ err: second, inbox }, 'the sender could not be told of it either');
  }
}
