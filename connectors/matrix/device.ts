import { TryLater } from '../connector.ts';
import { encryptFile } from './encrypted-file.ts';
import type { RoomEvent } from './payloads.ts';

/** What a device does with the rooms that are encrypted. */
export interface Cipher {
  isEncrypted(room: string): Promise<boolean>;
  /** @returns the content of an `m.room.encrypted` */
  encrypt(room: string, type: string, content: object): Promise<object>;
  /** @throws where there is no key to it */
  decrypt(room: string, event: RoomEvent): Promise<RoomEvent>;
}

/** Docket's one device: of all processes only the one that listens holds its keys. */
export class Device {
  #cipher: Cipher | null = null;

  /** @param ask whether a room is encrypted, as the homeserver has it: for processes without the keys */
  constructor(private readonly ask: (room: string) => Promise<boolean>) {}

  /** Takes hold of the keys, or (null) lets go of them. */
  hold(cipher: Cipher | null): void {
    this.#cipher = cipher;
  }

  /**
   * What is to be sent so that the members of a room, and nobody else, read it.
   *
   * @throws TryLater where another process has the keys
   */
  async sealed(room: string, type: string, content: object): Promise<{ type: string; content: object }> {
    // Reactions stay readable, as those of other clients do.
    if (type === 'm.reaction' || !(await this.isEncrypted(room))) return { type, content };
    const cipher = this.#cipher;
    if (cipher === null) throw new TryLater('another process has the keys of the room', 1_000);
    return { type: 'm.room.encrypted', content: await cipher.encrypt(room, type, content) };
  }

  /** The bytes of a file as they are to be uploaded for a room, and the key to them; null where they are not encrypted. */
  async sealedFile(room: string, bytes: Uint8Array) {
    return (await this.isEncrypted(room)) ? encryptFile(bytes) : { bytes, key: null };
  }

  /** An event as it reads; as it is where it is not encrypted, or there is no key to it. */
  async readable(room: string, event: RoomEvent): Promise<RoomEvent> {
    if (event.type !== 'm.room.encrypted' || this.#cipher === null) return event;
    return this.#cipher.decrypt(room, event).catch(() => event);
  }

  isEncrypted(room: string): Promise<boolean> {
    return this.#cipher === null ? this.ask(room) : this.#cipher.isEncrypted(room);
  }
}
