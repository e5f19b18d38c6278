import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { MatrixClient } from 'matrix-bot-sdk';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeviceId, UserId } from '../../connectors/matrix/encryption/arguments.ts';
import { crossSign } from '../../connectors/matrix/encryption/cross-signing.ts';
import { OlmMachine, storePath } from '../../connectors/matrix/encryption/machine.ts';
import { Requests } from '../../connectors/matrix/encryption/requests.ts';
import { readRecoveryKey } from '../../connectors/matrix/encryption/secret-storage.ts';
import { type MatrixKeys, matrixKeys } from '../../src/store/matrix-keys.ts';
import { openPool } from '../../src/store/pool.ts';
import { freshDatabase } from '../support/postgres.ts';
import { MatrixError, type Method } from '../synapse/call.ts';
import { type Client, logIn } from '../synapse/client.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { StrictClient } from '../synapse/strict.ts';

const nothing = { password: null, recoveryKey: null };

onSynapse("the cross-signing of Docket's device", (synapse) => {
  let keys: MatrixKeys;
  let end: () => Promise<void>;
  let ada: StrictClient;
  beforeAll(async () => {
    const database = await freshDatabase();
    const pool = openPool(database.url, pino({ level: 'silent' }));
    keys = matrixKeys({ pool });
    ada = await StrictClient.start(await synapse().register('ada'));
    end = async () => {
      await pool.end();
      await database.drop();
    };
  });
  afterAll(() => end());

  /** A device of an account's, as Docket has it when it has started. */
  async function device(person: Client, instead: Parameters<typeof asClient>[1] = () => null) {
    const client = asClient(person, instead);
    const machine = await OlmMachine.initialize(
      new UserId(person.userId),
      new DeviceId(person.deviceId),
      storePath(keys),
    );
    await new Requests(machine, client, () => undefined).send();
    return {
      crossSign: (proofs: Parameters<typeof crossSign>[2]) => crossSign(client, machine, proofs),
      close: () => machine.close(),
    };
  }
  const isSigned = async ({ userId, deviceId }: Client) => (await ada.devicesOf(userId))[deviceId];

  test('an account without an identity gets one, whose keys are kept over a restart', async () => {
    const docket = await synapse().register('fresh');
    const first = await device(docket);
    expect(await first.crossSign(nothing)).toBeNull();
    expect(await isSigned(docket)).toBe(true);
    const identity = await masterKey(docket);
    const second = await device(docket);
    expect(await second.crossSign(nothing)).toBeNull();
    expect(await masterKey(docket)).toBe(identity);
    await second.close();
  });

  test('an upload that was cut off is made up for at the next start, with the same identity', async () => {
    const docket = await synapse().register('cut-off');
    const cut = await device(docket, (path) => (path.endsWith('/signatures/upload') ? new Error('cut off') : null));
    await expect(cut.crossSign(nothing)).rejects.toThrow('cut off');
    const identity = await masterKey(docket);
    const again = await device(docket);
    expect(await again.crossSign(nothing)).toBeNull();
    expect(await isSigned(docket)).toBe(true);
    expect(await masterKey(docket)).toBe(identity);
    await again.close();
  });

  test('the password proves it where the homeserver asks; without one, it is said what to do', async () => {
    const docket = await synapse().register('asked');
    const asks = (path: string, body: object) =>
      path.endsWith('/device_signing/upload') && !('auth' in body)
        ? Object.assign(new Error('401'), {
            statusCode: 401,
            body: { session: 's', flows: [{ stages: ['m.login.sso'] }, { stages: ['m.login.password'] }] },
          })
        : null;
    const started = await device(docket, asks);
    expect(await started.crossSign(nothing)).toEqual({
      what: 'The homeserver wants a password before it takes cross-signing keys.',
      mend: 'Set MATRIX_PASSWORD to the password of the account, and restart Docket.',
    });
    expect(await isSigned(docket)).toBe(false);
    expect(await started.crossSign({ password: 'asked password', recoveryKey: null })).toBeNull();
    expect(await isSigned(docket)).toBe(true);
    await started.close();
  });

  test('an identity that another client made is used with the recovery key, and with nothing else', async () => {
    const elsewhere = await synapse().register('shared');
    const element = await StrictClient.start(elsewhere);
    const recovery = randomBytes(32);
    await keepSecrets(elsewhere, recovery, await element.identity());
    const docket = await logIn(synapse().url, 'shared', 'shared password');
    const started = await device(docket);
    expect(await started.crossSign(nothing)).toMatchObject({ mend: expect.stringContaining('MATRIX_RECOVERY_KEY') });
    const wrong = { password: null, recoveryKey: recoveryKey(randomBytes(32)) };
    expect(await started.crossSign(wrong)).toMatchObject({
      what: 'MATRIX_RECOVERY_KEY does not open the secret storage of the account.',
    });
    expect(await isSigned(docket)).toBe(false);
    expect(await started.crossSign({ password: null, recoveryKey: recoveryKey(recovery) })).toBeNull();
    expect(await isSigned(docket)).toBe(true);
    await started.close();
  });
});

test('recovery keys are read as the specification writes them', () => {
  // spec.matrix.org/latest/client-server-api/#recovery-key; the key is that of the specification's own sample.
  const key = Buffer.from('dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=', 'base64');
  expect(recoveryKey(key)).toMatch(/^Es/);
  expect(readRecoveryKey(recoveryKey(key))).toEqual(key);
  expect(readRecoveryKey(recoveryKey(key).replace(/.{4}/g, '$& '))).toEqual(key);
  const typo = recoveryKey(key).replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
  for (const none of ['', 'a phrase', typo, 'z'.repeat(5_000)]) expect(readRecoveryKey(none)).toBeNull();
});

/** What the encryption uses of matrix-bot-sdk's client, over plain HTTP. `instead`: what a call fails with. */
function asClient(person: Client, instead: (path: string, body: object) => Error | null): MatrixClient {
  const doRequest = async (method: Method, endpoint: string, _query: unknown, body: Record<string, unknown>) => {
    const failure = instead(endpoint, body);
    if (failure !== null) throw failure;
    try {
      return await person.call(method, endpoint.replace('/_matrix/client', ''), body === undefined ? {} : { body });
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      throw Object.assign(new Error(error.message), { statusCode: error.status, body: error.answer });
    }
  };
  return { doRequest, getUserId: async () => person.userId } as unknown as MatrixClient;
}

async function masterKey(person: Client): Promise<string> {
  const answer = await person.call('POST', '/v3/keys/query', { body: { device_keys: { [person.userId]: [] } } });
  return JSON.stringify((answer['master_keys'] as Record<string, { keys: object }>)[person.userId]?.keys);
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function recoveryKey(key: Buffer): string {
  const bytes = [0x8b, 0x01, ...key];
  let number = BigInt(`0x${Buffer.from([...bytes, bytes.reduce((sum, byte) => sum ^ byte, 0)]).toString('hex')}`);
  let signs = '';
  for (; number > 0n; number /= 58n) signs = alphabet[Number(number % 58n)] + signs;
  return signs;
}

/** Puts an identity in its account's secret storage, as clients do (spec.matrix.org/latest/client-server-api/#storage). */
async function keepSecrets(
  person: Client,
  key: Buffer,
  { master, selfSigning, userSigning }: Awaited<ReturnType<StrictClient['identity']>>,
): Promise<void> {
  const put = (type: string, body: Record<string, unknown>) =>
    person.call('PUT', `/v3/user/${encodeURIComponent(person.userId)}/account_data/${type}`, { body });
  const seal = (name: string, text: string | Buffer) => {
    const both = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(32), name, 64));
    const iv = randomBytes(16);
    const sealed = createCipheriv('aes-256-ctr', both.subarray(0, 32), iv).update(text);
    const mac = createHmac('sha256', both.subarray(32)).update(sealed).digest('base64');
    return { iv: iv.toString('base64'), ciphertext: sealed.toString('base64'), mac };
  };
  const { iv, mac } = seal('', Buffer.alloc(32));
  await put('m.secret_storage.key.k', { algorithm: 'm.secret_storage.v1.aes-hmac-sha2', iv, mac });
  await put('m.secret_storage.default_key', { key: 'k' });
  for (const [name, secret] of Object.entries({ master, self_signing: selfSigning, user_signing: userSigning })) {
    await put(`m.cross_signing.${name}`, { encrypted: { k: seal(`m.cross_signing.${name}`, secret) } });
  }
}
