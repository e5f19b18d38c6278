import { randomUUID } from 'node:crypto';
import { RequestType } from '@matrix-org/matrix-sdk-crypto-wasm';
import { DeviceId, EncryptionSettings, RoomId, UserId } from '../../connectors/matrix/encryption/arguments.ts';
import { OlmMachine, storePath } from '../../connectors/matrix/encryption/machine.ts';
import type { MatrixKeys } from '../../src/store/matrix-keys.ts';
import type { Client } from '../synapse/client.ts';

const paths: Readonly<Partial<Record<RequestType, string>>> = {
  [RequestType.KeysUpload]: '/v3/keys/upload',
  [RequestType.KeysQuery]: '/v3/keys/query',
  [RequestType.KeysClaim]: '/v3/keys/claim',
};

/** Somebody who encrypts by hand, step by step: what they say and the key to it go out when the test lets them. */
export async function sender(person: Client, keys: MatrixKeys) {
  const machine = await OlmMachine.initialize(
    new UserId(person.userId),
    new DeviceId(person.deviceId),
    storePath(keys),
  );
  const post = async (request: { id: string | undefined; type: RequestType; body: string }) => {
    const answer = await person.call('POST', paths[request.type] ?? '', { body: JSON.parse(request.body) });
    await machine.markRequestAsSent(request.id ?? '', request.type, JSON.stringify(answer));
  };
  return {
    /** @returns the encrypted content of a message, and what sends the key to it */
    async encrypt(room: string, to: readonly string[], text: string) {
      const users = to.map((id) => new UserId(id));
      await machine.updateTrackedUsers(users);
      for (const request of await machine.outgoingRequests()) await post(request);
      const claim = await machine.getMissingSessions(users);
      if (claim !== null) await post(claim);
      const sharing = await machine.shareRoomKey(new RoomId(room), users, new EncryptionSettings());
      const content = JSON.stringify({ msgtype: 'm.text', body: text });
      const encrypted = await machine.encryptRoomEvent(new RoomId(room), 'm.room.message', content);
      const sendKey = async () => {
        for (const { eventType, body } of sharing) {
          await person.call('PUT', `/v3/sendToDevice/${eventType}/${randomUUID()}`, { body: JSON.parse(body) });
        }
      };
      return { content: JSON.parse(encrypted), sendKey };
    },
    close: () => machine.close(),
  };
}
