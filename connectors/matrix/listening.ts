import { setTimeout } from 'node:timers/promises';
import type { ILogger } from 'matrix-bot-sdk';
import type { Logger } from 'pino';
import { z } from 'zod';
import { TryLater, Undeliverable } from '../connector.ts';
import type { Session } from './api.ts';
import { cipherOf } from './cipher.ts';
import { createEncryptedClient, type EncryptedClient, type SyncAnswer } from './encryption/client.ts';
import { loadLibrary } from './encryption/library.ts';
import { mirrorGroups } from './groups.ts';
import { hear } from './hear.ts';
import { onInvitation } from './invitations.ts';
import type { Matrix } from './matrix.ts';
import type { Sync } from './payloads.ts';
import { platform } from './platform.ts';
import { nextSync } from './sync.ts';

/** Until the next attempt, where the homeserver is away: doubled each time, up to the last. Milliseconds. */
const firstPause = 500;
const lastPause = 8_000;

const keptShape = z.object({ since: z.string() }).catch({ since: '' });

/** Until the next attempt, where somebody has to mend something first. Milliseconds. */
const mendPause = 30_000;

/** Listens until the signal ends it, or until something is in the way: then it may be tried again at once. */
export async function listen(matrix: Matrix, signedIn: () => Session, signal: AbortSignal): Promise<void> {
  try {
    await listenOn(matrix, signedIn, signal);
  } catch (error) {
    if (error instanceof TryLater) {
      matrix.log.info({ why: error.message }, 'Matrix cannot be heard; it is tried again');
      await setTimeout(error.afterMs ?? lastPause, undefined, { signal }).catch(() => undefined);
      return;
    }
    if (!(error instanceof Undeliverable)) throw error;
    matrix.log.error({ why: error.message, mend: error.mend }, 'Matrix cannot be heard');
    await setTimeout(mendPause, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Listens as one device. The position stands in the database, and is moved on when all before it was handed to the
 * house: whoever takes over hears again what may not have been, and the inbox passes over what it knows.
 */
async function listenOn(matrix: Matrix, signedIn: () => Session, signal: AbortSignal): Promise<void> {
  const { memory } = matrix.options;
  // The library cannot sign in anew: where the token is not good any more, this does.
  await matrix.api.call({ path: '/client/v3/account/whoami', shape: z.unknown() });
  const session = signedIn();
  const name = `matrix position ${session.userId}`;
  const client = await encryptedClient(matrix, session);
  let since = keptShape.parse(await memory.load(name)).since || null;
  let pause = firstPause;
  try {
    await client.start();
    matrix.device.hold(await cipherOf(client));
    await greet(matrix);
    // A new token is for a new client.
    while (!signal.aborted && signedIn().accessToken === session.accessToken) {
      try {
        const told = await nextSync(matrix, since, signal);
        await takeUp(matrix, client, told);
        await memory.save(name, { since: told.next_batch });
        since = told.next_batch;
        pause = firstPause;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof TryLater)) throw error;
        matrix.log.info({ why: error.message, pause }, 'Matrix cannot be heard; it is tried again');
        await setTimeout(error.afterMs ?? pause, undefined, { signal }).catch(() => undefined);
        pause = Math.min(pause * 2, lastPause);
      }
    }
  } finally {
    matrix.device.hold(null);
    await client.end();
  }
}

async function encryptedClient({ api, options, log }: Matrix, { accessToken }: Session): Promise<EncryptedClient> {
  const { keys, memory, folder } = options;
  (await loadLibrary()).library.LogService.setLogger(quietLogger(log));
  const failed = (error: unknown) => log.warn({ err: error }, 'the encryption is behind; it catches up by itself');
  return createEncryptedClient({ homeserverUrl: api.url, accessToken, keys, memory, folder, failed });
}

/** The library logs what it is about to throw as well; what it says is kept for those who look for it. */
function quietLogger(log: Logger): ILogger {
  const say = (module: string, ...words: unknown[]) => {
    const said = words.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' ');
    log.trace({ matrix: `${module}: ${said}` }, 'the library of Matrix says');
  };
  return { trace: say, debug: say, info: say, warn: say, error: say };
}

/** What may have changed while nobody listened. */
async function greet(matrix: Matrix): Promise<void> {
  await matrix.successors.load();
  await mirrorGroups(matrix);
  await matrix.door.reachable({ platform, workspace: matrix.server, channel: null });
}

/** Hands on all that a sync tells, in its order. */
async function takeUp(matrix: Matrix, client: EncryptedClient, told: Sync): Promise<void> {
  for (const [room, { invite_state }] of Object.entries(told.rooms.invite)) {
    await onInvitation(matrix, room, invite_state.events);
  }
  await client.take(told as SyncAnswer, async (type, room, event) => {
    if (type === 'room.event') await hear(matrix, String(room), event);
  });
}
