import { RequestType } from '@matrix-org/matrix-sdk-crypto-wasm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  DeviceId,
  DeviceLists,
  EncryptionSettings,
  RoomId,
  UserId,
} from '../../connectors/matrix/encryption/arguments.ts';
import { OlmMachine, storePath } from '../../connectors/matrix/encryption/machine.ts';
import { type MatrixKeys, matrixKeys } from '../../src/store/matrix-keys.ts';
import { openPool } from '../../src/store/pool.ts';
import { freshDatabase } from '../support/postgres.ts';

const docket = new UserId('@docket:matrix.test');
const ada = new UserId('@ada:matrix.test');
const room = new RoomId('!room:matrix.test');

let keys: MatrixKeys;
let pool: ReturnType<typeof openPool>;
const machines: OlmMachine[] = [];
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeEach(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, pino({ level: 'silent' }));
  keys = matrixKeys({ pool });
});
afterEach(async () => {
  for (const machine of machines.splice(0)) await machine.close().catch(() => undefined); // Some were taken over.
  await pool.end();
  await database.drop();
});

async function start(store: MatrixKeys = keys): Promise<OlmMachine> {
  const machine = await OlmMachine.initialize(docket, new DeviceId('DOCKET'), storePath(store));
  machines.push(machine);
  return machine;
}

const signingKey = (machine: OlmMachine) => machine.identityKeys.ed25519.toBase64();

test('nobody is waited for who is being asked about, and the same ids serve for every call', async () => {
  const machine = await start();
  const users = [ada, docket];
  await machine.updateTrackedUsers(users);
  await machine.updateTrackedUsers(users);
  const begun = performance.now();
  expect(await machine.getMissingSessions(users)).toBeNull();
  expect(performance.now() - begun).toBeLessThan(4_500); // The machine itself waits 5 s.
  const lists = new DeviceLists(users, [ada]);
  await machine.receiveSyncChanges('[]', lists, { signed_curve25519: 0 }, []);
  await machine.receiveSyncChanges('[]', lists, { signed_curve25519: 0 }, []);
});

test('what a call changed is kept before it answers', async () => {
  const upload = async (machine: OlmMachine) =>
    (await machine.outgoingRequests()).find(({ type }) => type === RequestType.KeysUpload);
  const first = await start();
  const wanted = await upload(first);
  const uploaded = JSON.stringify({ one_time_key_counts: { signed_curve25519: 50 } });
  await first.markRequestAsSent(wanted?.id ?? '', RequestType.KeysUpload, uploaded);
  const second = await start();
  expect(signingKey(second)).toBe(signingKey(first));
  expect(await upload(second)).toBeUndefined();
});

test('a machine whose device another one took over encrypts nothing more', async () => {
  const settings = new EncryptionSettings();
  const before = await start();
  await before.shareRoomKey(room, [], settings);
  await before.encryptRoomEvent(room, 'm.room.message', '{}');
  const now = await start();
  await expect(before.encryptRoomEvent(room, 'm.room.message', '{}')).rejects.toThrow(
    'Another process uses the Matrix device @docket:matrix.test/DOCKET now',
  );
  const { session_id } = JSON.parse(await now.encryptRoomEvent(room, 'm.room.message', '{}'));
  expect(session_id).toEqual(expect.any(String));
});

test('a call whose change could not be kept fails, and the next that can be kept keeps it too', async () => {
  let away = false;
  const first = await start({
    async hold(device) {
      const { records, write } = await keys.hold(device);
      return { records, write: (changes) => (away ? Promise.reject(new Error('away')) : write(changes)) };
    },
  });
  away = true;
  await expect(first.shareRoomKey(room, [], new EncryptionSettings())).rejects.toThrow('away');
  away = false;
  const sent = JSON.parse(await first.encryptRoomEvent(room, 'm.room.message', '{}'));
  const second = await start();
  const again = JSON.parse(await second.encryptRoomEvent(room, 'm.room.message', '{}'));
  expect(again.session_id).toBe(sent.session_id);
});
