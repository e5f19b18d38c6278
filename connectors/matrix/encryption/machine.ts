import { randomUUID } from 'node:crypto';
import * as wasm from '@matrix-org/matrix-sdk-crypto-wasm';
import type { MatrixKeys } from '../../connector.ts';
import type { DeviceId, DeviceLists, EncryptionSettings, RoomId, UserId } from './arguments.ts';
import { Keeper } from './keeper.ts';
import type { OutgoingRequest } from './requests.ts';

const stores = new Map<string, MatrixKeys>();

/** @returns what `OlmMachine.initialize` takes as the path of its store */
export function storePath(keys: MatrixKeys): string {
  const path = randomUUID();
  stores.set(path, keys);
  return path;
}

/** What the machine wants sent to devices. */
interface ToDeviceRequest extends OutgoingRequest {
  readonly txnId: string;
  readonly eventType: string;
}

/** A failure of the library's own, beside those of what keeps its records. */
export class MachineFailure extends Error {}

/**
 * The OlmMachine of the native part (`@matrix-org/matrix-sdk-crypto-nodejs`) as far as matrix-bot-sdk 0.8 uses it. What
 * a call changed is kept before its answer is given: nothing leaves for the homeserver that a restart would not know.
 */
export class OlmMachine {
  readonly #machine: wasm.OlmMachine;
  readonly #keeper: Keeper;

  readonly #user: UserId;
  readonly #device: DeviceId;

  private constructor(machine: wasm.OlmMachine, keeper: Keeper, user: UserId, device: DeviceId) {
    this.#machine = machine;
    this.#keeper = keeper;
    this.#user = user;
    this.#device = device;
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
    return new OlmMachine(machine, keeper, user, device);
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
    const receiving = this.#machine.receiveSyncChanges(
      toDeviceEvents,
      new wasm.DeviceLists(lists.changed.map(fresh), lists.left.map(fresh)),
      new Map(Object.entries(counts)),
      new Set(unusedFallbackKeys),
      anyDevice(),
    );
    const received = await this.#kept(
      receiving.catch((error: unknown) => {
        throw new MachineFailure('The crypto library could not take messages of devices', { cause: error });
      }),
    );
    return `[${received.map(({ rawEvent }) => rawEvent).join()}]`;
  }

  async outgoingRequests(): Promise<readonly OutgoingRequest[]> {
    return (await this.#kept(this.#machine.outgoingRequests())).map(readable);
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

  /** Asks for the devices of Docket's own account, and for its identity. */
  queryOwnKeys(): OutgoingRequest {
    return readable(this.#machine.queryKeysForUsers([this.#user.fresh()]));
  }

  /** Whether the keys are there that devices of the account are signed with. */
  async hasSigningKeys(): Promise<boolean> {
    return (await this.#machine.crossSigningStatus()).hasSelfSigning;
  }

  /** Makes an identity where there is none; gives what is to be sent so that the homeserver has it, in this order. */
  async bootstrapCrossSigning(): Promise<{
    readonly keys: OutgoingRequest | null;
    /** The body of a request that has no id. */
    readonly signingKeys: string;
    readonly signatures: OutgoingRequest;
  }> {
    const made = await this.#kept(this.#machine.bootstrapCrossSigning(false));
    return {
      keys: made.uploadKeysRequest === undefined ? null : readable(made.uploadKeysRequest),
      signingKeys: made.uploadSigningKeysRequest.body,
      signatures: readable(made.uploadSignaturesRequest),
    };
  }

  /** Takes up the private keys of an identity that the homeserver knows; those of another one are left out. */
  async importCrossSigningKeys(master: string, selfSigning: string, userSigning: string): Promise<void> {
    await this.#kept(this.#machine.importCrossSigningKeys(master, selfSigning, userSigning));
  }

  /** The signature of this device by its owner, to be sent; null where it is signed. */
  async signOwnDevice(): Promise<OutgoingRequest | null> {
    const device = await this.#machine.getDevice(this.#user.fresh(), this.#device.fresh());
    if (device === undefined) return null;
    try {
      return device.isCrossSignedByOwner() ? null : readable(await this.#kept(device.verify()));
    } finally {
      device.free(); // It holds the store open, and `close` would wait until it is collected.
    }
  }

  /** Calls back for each key that somebody's client does not give to this device: the room, who and why (`m.unverified`). */
  onWithheld(told: (room: string, sender: string, code: string) => Promise<void>): void {
    this.#machine.registerRoomKeysWithheldCallback(async (all) => {
      for (const { roomId, sender, withheldCode } of all) {
        await told(roomId.toString(), sender.toString(), withheldCode);
      }
    });
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

/** A request of the WebAssembly's: of those to devices the body holds the messages alone. */
function readable(request: wasm.OutgoingRequest): OutgoingRequest {
  const { id, type, body } = request;
  return {
    ...{ id, type, body },
    ...('txn_id' in request ? { txnId: request.txn_id, eventType: request.event_type } : {}),
    ...('room_id' in request ? { room: request.room_id } : {}),
  };
}

/** Whoever is in a room may talk to a bot there, as in every client: nobody verifies their device with it first. */
const anyDevice = () => new wasm.DecryptionSettings(wasm.TrustRequirement.Untrusted);

const fresh = (id: UserId): wasm.UserId => id.fresh();
