import { createHash } from 'node:crypto';
import type { CryptoClient, MatrixClient } from 'matrix-bot-sdk';
import type { Attempts } from '../attempts.ts';
import { cancellations } from '../verification.ts';
import { DeviceLists, UserId } from './arguments.ts';
import { MachineFailure, type OlmMachine } from './machine.ts';
import { Requests } from './requests.ts';

/** What matrix-bot-sdk 0.8 makes of its machine (lib/e2ee/RustEngine.js). */
interface Engine {
  readonly machine: OlmMachine;
  readonly lock: { acquire<Result>(name: string, act: () => Promise<Result>): Promise<Result> };
  runOnly(...types: readonly number[]): Promise<void>;
}

/** The lock under which the library takes up messages of devices, and asks for keys. */
const syncLock = 'sync';

/** The engine of a client that was started. */
export function engineOf(crypto: CryptoClient): Engine {
  const engine = Reflect.get(crypto, 'engine') as Engine | undefined;
  if (engine === undefined) throw new Error('The encryption was not started');
  return engine;
}

/**
 * Puts `Requests` in the place of what the library sends, and sees to it that no message of a device holds up a sync. The
 * library makes its engine when it starts, and uses it at once: so it is mended at that moment.
 */
export function mendEngine(
  crypto: CryptoClient,
  client: MatrixClient,
  { attempts, failed }: { readonly attempts: Pick<Attempts, 'note' | 'skips'>; failed: (error: unknown) => void },
): void {
  let made: Engine | undefined;
  Object.defineProperty(crypto, 'engine', {
    get: () => made,
    set: (engine: Engine) => {
      const requests = new Requests(engine.machine, client, failed);
      engine.runOnly = (...types) => requests.send(...types);
      made = engine;
    },
  });
  crypto.updateSyncData = (messages, counts, fallbackKeys, changed, left) => {
    const { machine, lock, runOnly } = engineOf(crypto);
    const lists = new DeviceLists(ids(changed), ids(left));
    const receive = (told: readonly unknown[]) =>
      machine.receiveSyncChanges(JSON.stringify(told), lists, { ...counts }, fallbackKeys).then(parsed);
    return lock.acquire(syncLock, async () => {
      for (const { user, device, content } of cancellations(await receiveAll(messages, receive, attempts))) {
        await client
          .sendToDevices('m.key.verification.cancel', { [user]: { [device]: content } })
          .catch((error: unknown) => failed(error));
      }
      await runOnly();
    });
  };
}

/**
 * Hands messages of devices to the machine. Where it fails at them, each is handed over alone; one that it fails at again and
 * again is left out.
 *
 * @returns those that were handed over, decrypted where they were encrypted
 * @throws where it has to be tried again, by a machine that was started anew: a failure may leave this one unusable
 */
async function receiveAll(
  messages: readonly unknown[],
  receive: (told: readonly unknown[]) => Promise<readonly unknown[]>,
  attempts: Pick<Attempts, 'note' | 'skips'>,
): Promise<readonly unknown[]> {
  const wanted = messages.filter((message) => !attempts.skips(keyOf(message)));
  try {
    return await receive(wanted);
  } catch (error) {
    if (!(error instanceof MachineFailure)) throw error;
    const received: unknown[] = [];
    for (const message of wanted) {
      try {
        received.push(...(await receive([message])));
      } catch (failure) {
        if (failure instanceof MachineFailure) await attempts.note(keyOf(message), failure);
        throw failure;
      }
    }
    return received;
  }
}

const parsed = (messages: string) => JSON.parse(messages) as readonly unknown[];

/** They have no ids of their own. */
function keyOf(message: unknown): string {
  return `to-device ${createHash('sha256').update(JSON.stringify(message)).digest('base64url')}`;
}

function ids(users: readonly string[]): readonly UserId[] {
  return users.map((user) => new UserId(user));
}
