import path from 'node:path';
import type { CryptoClient, IStorageProvider, MatrixClient, RustSdkCryptoStorageProvider } from 'matrix-bot-sdk';
import type { MatrixKeys, Memory } from '../../connector.ts';
import type { Attempts } from '../attempts.ts';
import { part } from '../ids.ts';
import { crossSign, type Proofs, type Unsigned } from './cross-signing.ts';
import { engineOf, mendEngine } from './engine.ts';
import { Late } from './late.ts';
import { type Library, type Loaded, loadLibrary } from './library.ts';
import { isRefusal } from './requests.ts';
import { Rooms } from './rooms.ts';

export interface EncryptedClientOptions {
  readonly homeserverUrl: string;
  readonly accessToken: string;
  /** What the device keeps of its encryption. */
  readonly keys: MatrixKeys;
  /** What is known of the encryption of rooms. */
  readonly memory: Memory;
  /** Where the library's native part keeps its own files, where it is in use. */
  readonly folder: string;
  /** Bounds how often messages of devices that fail are tried. */
  readonly attempts: Pick<Attempts, 'note' | 'skips'>;
  /** Told of what went wrong beside a sync, and is made good when something is next encrypted. */
  readonly failed: (error: unknown) => void;
}

/** What the library emits, decrypted: `room.event` with the room and the event, `room.join`, `room.failed_decryption`… */
export type Hear = (type: string, ...payload: unknown[]) => Promise<unknown>;

/** The answer of a sync, as the homeserver gave it (spec.matrix.org/latest/client-server-api/#syncing). */
export type SyncAnswer = Parameters<Rooms['hear']>[0];

/** A client of matrix-bot-sdk. Its `start` makes it ready and listens to nothing: whoever has it asks for what is next. */
export interface EncryptedClient extends MatrixClient {
  /**
   * Waits for what there is next, and has it heard, in order, one after the other. What cannot be read yet is heard
   * encrypted, and once more when its key has come.
   *
   * @param since the position that the call before gave; null at the very first
   * @returns the position from which to go on. Where this fails, the same is told once more by a call with the same one.
   */
  next(since: string | null, hear: Hear): Promise<string>;
  /** Has the answer of a sync heard that was asked for elsewhere, as `next` does. */
  take(told: SyncAnswer, hear: Hear): Promise<void>;
  /**
   * Has Docket's device cross-signed; gives why it could not be, null when it is.
   *
   * @throws where the homeserver does not answer
   */
  crossSign(proofs: Proofs): Promise<Unsigned | null>;
  /** Calls back for each key that somebody's client withholds from this device: the room, who and why (`m.unverified`). */
  onWithheld(told: (room: string, sender: string, code: string) => Promise<void>): void;
  /** Lets go of the device, and of what is in memory for it. */
  end(): Promise<void>;
}

/**
 * A client that reads and writes in encrypted rooms. It is the only one of its device, wherever: one that is started
 * later takes the device over, and nothing is encrypted or decrypted here from then on.
 */
export async function createEncryptedClient(options: EncryptedClientOptions): Promise<EncryptedClient> {
  const loaded = await loadLibrary();
  const { library } = loaded;
  const { homeserverUrl, accessToken, memory, failed } = options;

  class Client extends library.MatrixClient implements EncryptedClient {
    readonly #rooms = new Rooms(this, memory);
    readonly #late = new Late(memory, (room, id) => this.#ask(room, id));

    constructor(storage: RustSdkCryptoStorageProvider) {
      super(homeserverUrl, accessToken, forgetful, storage);
      Reflect.set(this.crypto, 'roomTracker', this.#rooms);
      reportFailures(this.crypto, failed);
      if (!loaded.native) mendEngine(this.crypto, this, options);
      leaveDirects(this);
    }

    async next(since: string | null, hear: Hear): Promise<string> {
      const told = await this.doSync(since ?? '');
      await this.take(told, hear);
      return told.next_batch;
    }

    async take(told: SyncAnswer, hear: Hear): Promise<void> {
      await this.#rooms.hear(told);
      await this.processSync(told, async (type, ...payload) => {
        this.emit(type, ...payload); // The library listens to itself.
        const [room, event] = payload as [string, { event_id: string }];
        if (type === 'room.failed_decryption') await this.#late.wait(room, event.event_id, event);
        await hear(type, ...payload);
      });
      if ((told.to_device?.events?.length ?? 0) === 0) return;
      const decrypt = async (room: string, event: unknown) =>
        (await this.crypto.decryptRoomEvent(new library.EncryptedRoomEvent(event), room)).raw;
      await this.#late.retry(decrypt, (room, event) => hear('room.event', room, event));
    }

    async crossSign(proofs: Proofs): Promise<Unsigned | null> {
      if (loaded.native) return nativeUnsigned;
      return crossSign(this, engineOf(this.crypto).machine, proofs);
    }

    onWithheld(told: (room: string, sender: string, code: string) => Promise<void>): void {
      if (!loaded.native) engineOf(this.crypto).machine.onWithheld(told);
    }

    async end(): Promise<void> {
      const engine = Reflect.get(this.crypto, 'engine') as { machine: { close(): Promise<void> | void } } | undefined;
      await engine?.machine.close();
    }

    /**
     * Whom the library encrypts for: also those who are invited, where they may read what was said since. Docket writes to
     * people before they have come to the conversation that it opened with them.
     */
    override async getJoinedRoomMembers(room: string): Promise<string[]> {
      const { historyVisibility } = await this.#rooms.getRoomCryptoConfig(room);
      if (historyVisibility === 'joined') return super.getJoinedRoomMembers(room);
      const members = await this.getRoomMembers(room, undefined, ['join', 'invite']);
      return members.map(({ membershipFor }) => membershipFor);
    }

    /** An event as it was sent; null where it is gone. */
    async #ask(room: string, id: string): Promise<unknown> {
      const path = `/_matrix/client/v3/rooms/${part(room)}/event/${part(id)}`;
      try {
        return await this.doRequest('GET', path);
      } catch (error) {
        if (error instanceof library.MatrixError && isRefusal(error)) return null;
        throw error;
      }
    }

    /** The library's own loop loses what fails to be heard, rests up to 15 s, and grows with each round. */
    protected override async startSyncInternal(): Promise<void> {}
  }
  return new Client(await cryptoStorage(loaded, options));
}

const nativeUnsigned: Unsigned = {
  what: "The device of Docket is not cross-signed: matrix-bot-sdk's native crypto part is in use, which cannot do it.",
  mend: 'Install without install scripts (npm ci --ignore-scripts), sign Docket in as a new device, and restart it.',
};

/**
 * The library keeps a list of its own of direct conversations: it takes up any that Docket is invited to, also where that is
 * declined, writes it over the one that Docket keeps, and where that fails, ends the process, for it does not wait for it.
 */
function leaveDirects(client: MatrixClient): void {
  for (const type of ['account_data', 'room.invite']) client.removeAllListeners(type);
}

/** Nothing is left to the library to store: it is told the position each time. */
const forgetful: IStorageProvider = {
  setSyncToken: () => undefined,
  getSyncToken: () => null,
  setFilter: () => undefined,
  getFilter: () => ({ id: 0, filter: null }),
  storeValue: () => undefined,
  readValue: () => null,
};

async function cryptoStorage(
  { library, native }: Loaded,
  { keys, folder }: EncryptedClientOptions,
): Promise<RustSdkCryptoStorageProvider> {
  if (native) return new library.RustSdkCryptoStorageProvider(path.join(folder, 'matrix'), 0);
  const { storePath } = await import('./machine.ts');
  return storageWithoutFiles(library, storePath(keys));
}

/**
 * matrix-bot-sdk takes no storage but its own, which makes folders and files. Nothing is left to store: the homeserver
 * says which device it is, and `Rooms` knows how rooms are encrypted.
 */
function storageWithoutFiles({ RustSdkCryptoStorageProvider }: Library, storagePath: string) {
  const storage: RustSdkCryptoStorageProvider = Object.create(RustSdkCryptoStorageProvider.prototype);
  const getDeviceId = async () => '';
  const setDeviceId = async () => undefined;
  return Object.assign(storage, { storagePath, storageType: 0, getDeviceId, setDeviceId });
}

/**
 * The library calls these and waits for neither: what goes wrong in them would end the process. It would also ask for
 * the devices of everybody who comes to any room, and use up a key of each: here they are of the encrypted rooms.
 */
function reportFailures(crypto: CryptoClient, failed: (error: unknown) => void): void {
  const { onRoomEvent, onRoomJoin } = crypto;
  const follow: CryptoClient['onRoomEvent'] = async (room, event) => {
    if (typeof event.state_key !== 'string' || !(await crypto.isRoomEncrypted(room))) return;
    await onRoomEvent.call(crypto, room, event);
  };
  crypto.onRoomEvent = (...told) => follow(...told).catch(failed);
  crypto.onRoomJoin = (...told) => onRoomJoin.apply(crypto, told).catch(failed);
}
