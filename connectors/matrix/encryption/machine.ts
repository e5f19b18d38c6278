import { randomUUID } from 'node:crypto';
import * as wasm from '@matrix-org/matrix-sdk-crypto-wasm';
import type { MatrixKeys } from '../../connector.ts';
import type { DeviceId, DeviceLists, EncryptionSettings, RoomId, UserId } from './arguments.ts';
import { Keeper } from './keeper.ts';

const stores = new Map<string, MatrixKeys>();

/** @returns what `OlmMachine.initialize` takes as the path of its store */
export function storePath(keys: MatrixKeys): string {
  const path = randomUUID();
  stores.set(path, keys);
  return path;
}

/** What a machine wants sent to the homeserver. */
interface OutgoingRequest {
  readonly id: string | undefined;
  readonly type: wasm.RequestType;
  readonly body: string;
}

/** What the machine wants sent to devices. */
interface ToDeviceRequest extends OutgoingRequest {
  readonly txnId: string;
  readonly eventType: string;
}

/**
 * The OlmMachine of the native part (`@matrix-org/matrix-sdk-crypto-nodejs`) as far as matrix-bot-sdk 0.8 uses it. What
 * a call changed is kept before its answer is given: nothing leaves for the homeserver that a restart would not know.
 */
export class OlmMachine {
  readonly #machine: wasm.OlmMachine;
  readonly #keeper: Keeper;

  private constructor(machine: wasm.OlmMachine, keeper: Keeper) {
    this.#machine = machine;
    this.#keeper = keeper;
  }

  static async initialize(user: UserId, device: DeviceId, path: string): Promise<OlmMachine> {
    const keys = stores.get(path);
    if (keys === undefined) throw new Error('The encryption was given no store');
    await wasm.initAsync();
    // A name of its own for each machine: one that was replaced in this process has its own memory still.
    const name = randomUUID();
    const keeper = new Keeper(`${name}::`, await keys.hold(`${user}/${device}`));
    await keeper.restore();
    const machine = await wasm.OlmMachine.initialize(user.fresh(), device.fresh(), name);
    await keeper.begin();
    return new OlmMachine(machine, keeper);
  }

  get identityKeys(): wasm.IdentityKeys {
    return this.#machine.identityKeys;
  }

  /** @returns the messages, decrypted where they were encrypted, as JSON */
  async receiveSyncChanges(
    toDeviceEvents: string,
    lists: DeviceLists,
    counts: Readonly<Record<string, number>>,
    unusedFallbackKeys: readonly string[],
  ): Promise<string> {
    const received = await this.#kept(
      this.#machine.receiveSyncChanges(
        toDeviceEvents,
        new wasm.DeviceLists(lists.changed.map(fresh), lists.left.map(fresh)),
        new Map(Object.entries(counts)),
        new Set(unusedFallbackKeys),
        anyDevice(),
      ),
    );
    return `[${received.map(({ rawEvent }) => rawEvent).join()}]`;
  }

  outgoingRequests(): Promise<readonly OutgoingRequest[]> {
    return this.#kept(this.#machine.outgoingRequests());
  }

  markRequestAsSent(id: string, type: wasm.RequestType, response: string): Promise<boolean> {
    return this.#kept(this.#machine.markRequestAsSent(id, type, response));
  }

  /**
   * Whose devices are being asked for is left out: the machine would wait up to 5 s for the answer, which comes only
   * when this one has been given. They are asked about again before anything is encrypted for them.
   */
  async getMissingSessions(users: readonly UserId[]): Promise<OutgoingRequest | null> {
    const asked = new Set<string>();
    for (const { type, body } of await this.outgoingRequests()) {
      if (type !== wasm.RequestType.KeysQuery) continue;
      const { device_keys } = JSON.parse(body) as { device_keys: Record<string, unknown> };
      for (const user of Object.keys(device_keys)) asked.add(user);
    }
    const known = users.filter((user) => !asked.has(user.toString()));
    return (await this.#kept(this.#machine.getMissingSessions(known.map(fresh)))) ?? null;
  }

  updateTrackedUsers(users: readonly UserId[]): Promise<void> {
    return this.#kept(this.#machine.updateTrackedUsers(users.map(fresh)));
  }

  async shareRoomKey(
    room: RoomId,
    users: readonly UserId[],
    settings: EncryptionSettings,
  ): Promise<readonly ToDeviceRequest[]> {
    const requests = await this.#kept(this.#machine.shareRoomKey(room.fresh(), users.map(fresh), settings.fresh()));
    return requests.map(({ id, type, body, txn_id, event_type }) => ({
      ...{ id, type, body },
      ...{ txnId: txn_id, eventType: event_type },
    }));
  }

  /** @returns the encrypted content, as JSON */
  encryptRoomEvent(room: RoomId, type: string, content: string): Promise<string> {
    return this.#kept(this.#machine.encryptRoomEvent(room.fresh(), type, content));
  }

  decryptRoomEvent(event: string, room: RoomId): Promise<{ readonly event: string }> {
    return this.#kept(this.#machine.decryptRoomEvent(event, room.fresh(), anyDevice()));
  }

  /** Lets go of the device and of what is in memory for it. */
  async close(): Promise<void> {
    this.#machine.close();
    await this.#keeper.close();
  }

  async #kept<Result>(work: Promise<Result>): Promise<Result> {
    const result = await work;
    await this.#keeper.flush();
    return result;
  }
}

/** Whoever is in a room may talk to a bot there, as in every client: nobody verifies their device with it first. */
const anyDevice = () => new wasm.DecryptionSettings(wasm.TrustRequirement.Untrusted);

const fresh = (id: UserId): wasm.UserId => id.fresh();
