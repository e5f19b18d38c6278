import type { Cipher } from './device.ts';
import type { EncryptedClient } from './encryption/client.ts';
import { loadLibrary } from './encryption/library.ts';
import { eventShape } from './payloads.ts';

/** What a client of matrix-bot-sdk does with the rooms that are encrypted, event by event. */
export async function cipherOf({ crypto }: EncryptedClient): Promise<Cipher> {
  const { EncryptedRoomEvent } = (await loadLibrary()).library;
  return {
    isEncrypted: (room) => crypto.isRoomEncrypted(room),
    encrypt: (room, type, content) => crypto.encryptRoomEvent(room, type, content),
    decrypt: async (room, event) =>
      eventShape.parse((await crypto.decryptRoomEvent(new EncryptedRoomEvent(event), room)).raw),
  };
}
