import path from 'node:path';
import type { CryptoClient, IStorageProvider, MatrixClient, RustSdkCryptoStorageProvider } from 'matrix-bot-sdk';
import type { MatrixKeys, Memory } from '../../connector.ts';
import { type Library, type Loaded, loadLibrary } from './library.ts';
import { Rooms } from './rooms.ts';

export interface EncryptedClientOptions {
  readonly homeserverUrl: string;
  readonly accessToken: string;
  /** Where the position in the sync is kept. */
  readonly storage: IStorageProvider;
  /** What the device keeps of its encryption. */
  readonly keys: MatrixKeys;
  /** What is known of the encryption of rooms. */
  readonly memory: Memory;
  /** Where the library's native part keeps its own files, where it is in use. */
  readonly folder: string;
  /** Told of what went wrong beside a sync, and is made good when something is next encrypted. */
  readonly failed: (error: unknown) => void;
}

/** Tells those who listen to the client, and waits for them. */
type Emit = (type: string, ...payload: unknown[]) => Promise<unknown>;

/**
 * A client of matrix-bot-sdk that reads and writes in encrypted rooms. It is the only one of its device, wherever: one
 * that is made later takes the device over, and nothing is encrypted or decrypted here from then on.
 */
export async function createEncryptedClient(options: EncryptedClientOptions): Promise<MatrixClient> {
  const loaded = await loadLibrary();
  const { library } = loaded;
  class EncryptedClient extends library.MatrixClient {
    readonly rooms = new Rooms(this, options.memory);

    protected override async processSync(raw: Parameters<Rooms['hear']>[0], emit?: Emit): Promise<unknown> {
      await this.rooms.hear(raw);
      return super.processSync(raw, emit);
    }
  }
  const cryptoStore = await cryptoStorage(loaded, options);
  const client = new EncryptedClient(options.homeserverUrl, options.accessToken, options.storage, cryptoStore);
  // Keys come with a sync once: it counts as taken up only when they are kept.
  Reflect.set(client, 'persistTokenAfterSync', true);
  Reflect.set(client.crypto, 'roomTracker', client.rooms);
  reportFailures(client.crypto, options.failed);
  return client;
}

/** Lets go of the device and of its memory. The client must have been stopped. */
export async function closeEncryption({ crypto }: MatrixClient): Promise<void> {
  const engine = Reflect.get(crypto, 'engine') as { machine: { close(): Promise<void> | void } } | undefined;
  await engine?.machine.close();
}

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

/** The library calls these and waits for neither: what goes wrong in them would end the process. */
function reportFailures(crypto: CryptoClient, failed: (error: unknown) => void): void {
  const { onRoomEvent, onRoomJoin } = crypto;
  crypto.onRoomEvent = (...told) => onRoomEvent.apply(crypto, told).catch(failed);
  crypto.onRoomJoin = (...told) => onRoomJoin.apply(crypto, told).catch(failed);
}
