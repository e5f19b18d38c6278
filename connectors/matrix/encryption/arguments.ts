import * as wasm from '@matrix-org/matrix-sdk-crypto-wasm';

// What matrix-bot-sdk hands to the machine, in the native part's way: it uses these as often as it likes. The
// WebAssembly's own are consumed by the call that they are handed to, so each call gets fresh ones.

class Id {
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  toString(): string {
    return this.#id;
  }
}

export class UserId extends Id {
  fresh(): wasm.UserId {
    return new wasm.UserId(this.toString());
  }
}

export class DeviceId extends Id {
  fresh(): wasm.DeviceId {
    return new wasm.DeviceId(this.toString());
  }
}

export class RoomId extends Id {
  fresh(): wasm.RoomId {
    return new wasm.RoomId(this.toString());
  }
}

export class DeviceLists {
  constructor(
    readonly changed: readonly UserId[],
    readonly left: readonly UserId[],
  ) {}
}

/** How a room's messages are encrypted; what is undefined is as the machine would have it. */
export class EncryptionSettings {
  algorithm: wasm.EncryptionAlgorithm | undefined;
  historyVisibility: wasm.HistoryVisibility | undefined;
  /** In milliseconds: matrix-bot-sdk gives the room's setting as it stands, though the machine counts microseconds. */
  rotationPeriod: bigint | undefined;
  rotationPeriodMessages: bigint | undefined;

  fresh(): wasm.EncryptionSettings {
    const settings = new wasm.EncryptionSettings();
    if (this.algorithm !== undefined) settings.algorithm = this.algorithm;
    if (this.historyVisibility !== undefined) settings.historyVisibility = this.historyVisibility;
    if (this.rotationPeriod !== undefined) settings.rotationPeriod = this.rotationPeriod * 1_000n;
    if (this.rotationPeriodMessages !== undefined) settings.rotationPeriodMessages = this.rotationPeriodMessages;
    return settings;
  }
}
