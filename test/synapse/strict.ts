import { randomUUID } from 'node:crypto';
import * as wasm from '@matrix-org/matrix-sdk-crypto-wasm';
import type { Client } from './client.ts';
import type { Content, RoomEvent } from './events.ts';

/** A request of the crypto library, with where it goes (spec.matrix.org/latest/client-server-api/#end-to-end-encryption). */
interface Outgoing {
  readonly id: string | undefined;
  readonly type: wasm.RequestType;
  readonly body: string;
  readonly event_type?: string;
  readonly txn_id?: string;
}

const paths: Readonly<Partial<Record<wasm.RequestType, string>>> = {
  [wasm.RequestType.KeysUpload]: '/v3/keys/upload',
  [wasm.RequestType.KeysQuery]: '/v3/keys/query',
  [wasm.RequestType.KeysClaim]: '/v3/keys/claim',
  [wasm.RequestType.SignatureUpload]: '/v3/keys/signatures/upload',
};

/**
 * Somebody at Element's own crypto library, set to "exclude insecure devices" (MSC4153): it gives keys only to devices that
 * their owner has cross-signed, and reads nothing from others. Its user is cross-signed.
 */
export class StrictClient {
  readonly #machine: wasm.OlmMachine;
  #since: string | null = null;
  readonly toDevice: Content[] = [];

  private constructor(
    readonly person: Client,
    machine: wasm.OlmMachine,
    private readonly onlyVerified: boolean,
  ) {
    this.#machine = machine;
  }

  /** @param onlyVerified gives keys to no device that was not verified, as "never send to unverified devices" does */
  static async start(person: Client, { onlyVerified = false } = {}): Promise<StrictClient> {
    await wasm.initAsync();
    const machine = await wasm.OlmMachine.initialize(
      new wasm.UserId(person.userId),
      new wasm.DeviceId(person.deviceId),
    );
    const strict = new StrictClient(person, machine, onlyVerified);
    await strict.sync();
    await strict.#crossSign();
    return strict;
  }

  /** Takes up what the homeserver has for this device. */
  async sync(timeoutMs = 0): Promise<void> {
    const query = { timeout: String(timeoutMs), ...(this.#since === null ? {} : { since: this.#since }) };
    const told = await this.person.call('GET', '/v3/sync', { query });
    const lists = told['device_lists'] as { changed?: string[]; left?: string[] } | undefined;
    const events = (told['to_device'] as { events?: Content[] } | undefined)?.events ?? [];
    const ids = (users: readonly string[] = []) => users.map((id) => new wasm.UserId(id));
    const processed = await this.#machine.receiveSyncChanges(
      JSON.stringify(events),
      new wasm.DeviceLists(ids(lists?.changed), ids(lists?.left)),
      new Map(Object.entries((told['device_one_time_keys_count'] as Record<string, number>) ?? {})),
      new Set((told['device_unused_fallback_key_types'] as string[]) ?? []),
      decryption(),
    );
    this.toDevice.push(...events, ...processed.map(({ rawEvent }) => JSON.parse(rawEvent) as Content));
    this.#since = String(told['next_batch']);
    await this.#sendAll();
  }

  /** Encrypts for those who are named; gives the event's id and to whom the key was refused: `m.unverified`, by device. */
  async say(
    room: string,
    to: readonly string[],
    content: Content,
  ): Promise<{ readonly event: string; readonly withheld: Content }> {
    const users = () => to.map((id) => new wasm.UserId(id));
    await this.#machine.updateTrackedUsers(users());
    await this.#sendAll();
    const claim = await this.#machine.getMissingSessions(users());
    if (claim !== null && claim !== undefined) await this.#send(claim as Outgoing);
    const settings = new wasm.EncryptionSettings();
    settings.sharingStrategy = this.onlyVerified
      ? wasm.CollectStrategy.onlyTrustedDevices()
      : wasm.CollectStrategy.identityBasedStrategy();
    const requests = await this.#machine.shareRoomKey(new wasm.RoomId(room), users(), settings);
    const withheld: Record<string, unknown> = {};
    for (const request of requests as Outgoing[]) {
      if (request.event_type === 'm.room_key.withheld') {
        for (const devices of Object.values(JSON.parse(request.body).messages as Record<string, object>)) {
          for (const [device, { code }] of Object.entries(devices)) withheld[device] = code;
        }
      }
      await this.#send(request);
    }
    const sealed = await this.#machine.encryptRoomEvent(
      new wasm.RoomId(room),
      'm.room.message',
      JSON.stringify({ msgtype: 'm.text', ...content }),
    );
    const relation = content['m.relates_to'] === undefined ? {} : { 'm.relates_to': content['m.relates_to'] };
    const event = await this.person.send(room, 'm.room.encrypted', { ...JSON.parse(sealed), ...relation });
    return { event, withheld };
  }

  /** The content of an encrypted event. Rejects where the strict settings refuse its sender's device. */
  async read(room: string, event: RoomEvent): Promise<Content> {
    await this.sync();
    const read = await this.#machine.decryptRoomEvent(JSON.stringify(event), new wasm.RoomId(room), decryption());
    return (JSON.parse(read.event) as { content: Content }).content;
  }

  /** What the library knows of somebody's devices: whether their owner has signed them, by id. */
  async devicesOf(user: string): Promise<Readonly<Record<string, boolean>>> {
    await this.#send(this.#machine.queryKeysForUsers([new wasm.UserId(user)]) as Outgoing);
    const devices = (await this.#machine.getUserDevices(new wasm.UserId(user))).devices();
    return Object.fromEntries(devices.map((device) => [device.deviceId.toString(), device.isCrossSignedByOwner()]));
  }

  /** Asks somebody to verify a device; gives the id of the request. */
  async askToVerify(user: string, device: string): Promise<string> {
    await this.devicesOf(user);
    const found = await this.#machine.getDevice(new wasm.UserId(user), new wasm.DeviceId(device));
    if (found === undefined) throw new Error(`${user} has no device ${device}`);
    const [request, outgoing] = found.requestVerification([wasm.VerificationMethod.SasV1]);
    await this.#send(outgoing as Outgoing);
    return request.flowId;
  }

  /** The private keys of the user's identity, as its secret storage keeps them. */
  async identity(): Promise<{ readonly master: string; readonly selfSigning: string; readonly userSigning: string }> {
    const keys = await this.#machine.exportCrossSigningKeys();
    return {
      master: keys?.masterKey ?? '',
      selfSigning: keys?.self_signing_key ?? '',
      userSigning: keys?.userSigningKey ?? '',
    };
  }

  async toDeviceTo(user: string, device: string, type: string, content: Content): Promise<void> {
    await this.person.call('PUT', `/v3/sendToDevice/${type}/${randomUUID()}`, {
      body: { messages: { [user]: { [device]: content } } },
    });
  }

  async #crossSign(): Promise<void> {
    const { uploadKeysRequest, uploadSigningKeysRequest, uploadSignaturesRequest } =
      await this.#machine.bootstrapCrossSigning(true);
    if (uploadKeysRequest !== undefined) await this.#send(uploadKeysRequest as Outgoing);
    await this.person.call('POST', '/v3/keys/device_signing/upload', {
      body: JSON.parse(uploadSigningKeysRequest.body),
    });
    await this.#send(uploadSignaturesRequest as Outgoing);
  }

  async #sendAll(): Promise<void> {
    for (const request of await this.#machine.outgoingRequests()) await this.#send(request as Outgoing);
  }

  async #send({ id, type, body, event_type, txn_id }: Outgoing): Promise<void> {
    const toDevice = `/v3/sendToDevice/${event_type}/${txn_id}`;
    const answer =
      type === wasm.RequestType.ToDevice
        ? await this.person.call('PUT', toDevice, { body: JSON.parse(body) })
        : await this.person.call('POST', paths[type] ?? '', { body: JSON.parse(body) });
    if (id !== undefined) await this.#machine.markRequestAsSent(id, type, JSON.stringify(answer));
  }
}

const decryption = () => new wasm.DecryptionSettings(wasm.TrustRequirement.CrossSignedOrLegacy);
