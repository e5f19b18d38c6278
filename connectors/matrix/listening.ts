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
import { eventShape, type Sync } from './payloads.ts';
import { platform } from './platform.ts';
import { nextSync } from './sync.ts';
import { reportWithheld } from './withheld.ts';

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
    client.onWithheld((room, sender, code) => reportWithheld(matrix, room, sender, code));
    await crossSign(matrix, client, session);
    matrix.device.hold(await cipherOf(client));
    await greet(matrix);
    // A new token is for a new client.
    while (!signal.aborted && signedIn().accessToken === session.accessToken) {
      try {
        const told = await nextSync(matrix, since, signal);
        await takeUpOrSkip(matrix, client, told, since);
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

async function encryptedClient(
  { api, options, log, attempts }: Matrix,
  { accessToken }: Session,
): Promise<EncryptedClient> {
  const { keys, memory, folder } = options;
  (await loadLibrary()).library.LogService.setLogger(quietLogger(log));
  const failed = (error: unknown) => log.warn({ err: error }, 'the encryption is behind; it catches up by itself');
  return createEncryptedClient({ homeserverUrl: api.url, accessToken, keys, memory, folder, attempts, failed });
}

/** What cannot be signed is read by many clients all the same: everything else goes on. */
async function crossSign({ options, door, log }: Matrix, client: EncryptedClient, { userId, deviceId }: Session) {
  const { password, recoveryKey } = options.settings;
  try {
    const unsigned = await client.crossSign({ password, recoveryKey });
    if (unsigned === null) return;
    const what = `The Matrix device of Docket is not cross-signed, so some clients neither show its messages nor let it read theirs. ${unsigned.what}`;
    log.warn({ mend: unsigned.mend }, what);
    await door.alert({ key: `matrix cross-signing ${userId} ${deviceId}`, what, mend: unsigned.mend });
  } catch (error) {
    log.warn(
      { err: error },
      'The Matrix device of Docket could not be cross-signed; it is tried again at the next start',
    );
  }
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

/** More than these failures at one position, beside those of single events, and what was told there is skipped. */
const mostFailures = 50;

/** Hands on what a sync tells. What fails each time, in a way that single events do not account for, is skipped in the end. */
async function takeUpOrSkip(matrix: Matrix, client: EncryptedClient, told: Sync, since: string | null): Promise<void> {
  const key = `sync ${since}`;
  if (matrix.attempts.skips(key)) return;
  try {
    await takeUp(matrix, client, told);
  } catch (error) {
    await matrix.attempts.note(key, error, mostFailures);
    throw error;
  }
}

/** Hands on all that a sync tells, in its order. */
async function takeUp(matrix: Matrix, client: EncryptedClient, told: Sync): Promise<void> {
  const { attempts } = matrix;
  for (const [room, { invite_state }] of Object.entries(told.rooms.invite)) {
    await attempts.handle(`invitation ${room}`, () => onInvitation(matrix, room, invite_state.events));
  }
  await client.take(told as SyncAnswer, async (type, room, event) => {
    if (type !== 'room.event') return;
    await attempts.handle(`event ${nameOf(event)}`, () => hear(matrix, String(room), event));
  });
}

function nameOf(told: unknown): string {
  return eventShape.safeParse(told).data?.event_id ?? 'without an id';
}
