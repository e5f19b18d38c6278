import type { MatrixClient } from 'matrix-bot-sdk';
import { z } from 'zod';
import { part } from '../ids.ts';
import type { OlmMachine } from './machine.ts';
import { isRefusal, Requests } from './requests.ts';
import { readSecrets, StorageClosed } from './secret-storage.ts';

/** With what the account may prove that it is itself. */
export interface Proofs {
  /** Of the account; null where Docket has only a token. */
  readonly password: string | null;
  /** Of the account's secret storage, where another client keeps its identity; null where none was given. */
  readonly recoveryKey: string | null;
}

/** Why Docket's device is not cross-signed, and what to do about it; a sentence each. */
export interface Unsigned {
  readonly what: string;
  readonly mend: string;
}

const published = z.object({ master_keys: z.record(z.string(), z.unknown()).default({}) });

const secrets = ['m.cross_signing.master', 'm.cross_signing.self_signing', 'm.cross_signing.user_signing'] as const;

const setPassword = 'Set MATRIX_PASSWORD to the password of the account, and restart Docket.';

/**
 * Cross-signs Docket's device: clients that exclude insecure devices (MSC4153, recommended from version 1.18 of the
 * specification on) neither show messages of other devices nor give them keys. Where the account has no identity, it gets
 * one, whose keys stay with those of the device; where it has one of another client's, its keys come from the secret storage.
 *
 * @returns null when the device is cross-signed; else why it is not
 * @throws where the homeserver does not answer
 */
export async function crossSign(client: MatrixClient, machine: OlmMachine, proofs: Proofs): Promise<Unsigned | null> {
  const requests = new Requests(machine, client, () => undefined);
  const user = await client.getUserId();
  const query = machine.queryOwnKeys();
  const answer = await requests.one(query);
  await machine.markRequestAsSent(query.id ?? '', query.type, JSON.stringify(answer));
  const hasIdentity = published.parse(answer).master_keys[user] !== undefined;
  if (!hasIdentity) return publish(client, machine, requests, proofs);
  if (!(await machine.hasSigningKeys())) {
    const missing = await recover(client, machine, proofs);
    if (missing !== null) return missing;
  }
  const signature = await machine.signOwnDevice();
  if (signature !== null) await requests.one(signature);
  return null;
}

/** Makes an identity, or goes on with one whose upload was cut off, and signs the device with it. */
async function publish(
  client: MatrixClient,
  machine: OlmMachine,
  requests: Requests,
  proofs: Proofs,
): Promise<Unsigned | null> {
  const { keys, signingKeys, signatures } = await machine.bootstrapCrossSigning();
  if (keys !== null) {
    const answer = await requests.one(keys);
    await machine.markRequestAsSent(keys.id ?? '', keys.type, JSON.stringify(answer));
  }
  const refused = await uploadSigningKeys(client, JSON.parse(signingKeys), proofs);
  if (refused !== null) return refused;
  await requests.one(signatures);
  return null;
}

const interactive = z.object({
  session: z.string(),
  flows: z.array(z.object({ stages: z.array(z.string()) })).default([]),
});

/** spec.matrix.org/latest/client-server-api/#post_matrixclientv3keysdevice_signingupload, with interactive authentication. */
async function uploadSigningKeys(client: MatrixClient, keys: object, { password }: Proofs): Promise<Unsigned | null> {
  const upload = (auth: object) =>
    client.doRequest('POST', '/_matrix/client/v3/keys/device_signing/upload', null, { ...keys, ...auth });
  try {
    await upload({});
    return null;
  } catch (error) {
    const asked = interactive.safeParse(bodyOf(error)).data;
    if (asked === undefined) {
      if (!isRefusal(error)) throw error;
      return { what: `The homeserver refused Docket's cross-signing keys: ${wordsOf(error)}.`, mend: '' };
    }
    const byPassword = asked.flows.some(({ stages }) => stages.length === 1 && stages[0] === 'm.login.password');
    if (!byPassword) {
      return {
        what: 'The homeserver wants Docket to sign in interactively before its device can be cross-signed.',
        mend: 'Set up encryption for the account in Element, and set MATRIX_RECOVERY_KEY to its recovery key.',
      };
    }
    if (password === null) {
      return { what: 'The homeserver wants a password before it takes cross-signing keys.', mend: setPassword };
    }
    const identifier = { type: 'm.id.user', user: await client.getUserId() };
    try {
      await upload({ auth: { type: 'm.login.password', identifier, password, session: asked.session } });
      return null;
    } catch (failure) {
      if (!isRefusal(failure) && statusOf(failure) !== 401) throw failure;
      return { what: `The homeserver does not take the password for cross-signing.`, mend: setPassword };
    }
  }
}

/** Takes the keys of the account's identity out of its secret storage. */
async function recover(client: MatrixClient, machine: OlmMachine, { recoveryKey }: Proofs): Promise<Unsigned | null> {
  const mend =
    "Set MATRIX_RECOVERY_KEY to the account's recovery key (in Element: Settings, Encryption), and restart Docket.";
  if (recoveryKey === null) {
    return { what: 'The account of Docket has a cross-signing identity that another client made.', mend };
  }
  const user = await client.getUserId();
  const accountData = async (type: string) => {
    const path = `/_matrix/client/v3/user/${part(user)}/account_data/${part(type)}`;
    try {
      return await client.doRequest('GET', path);
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  };
  try {
    const [master = '', selfSigning = '', userSigning = ''] = await readSecrets(accountData, recoveryKey, secrets);
    await machine.importCrossSigningKeys(master, selfSigning, userSigning);
  } catch (error) {
    if (!(error instanceof StorageClosed)) throw error;
    return { what: error.message, mend };
  }
  if (await machine.hasSigningKeys()) return null;
  return { what: 'The keys in the secret storage are not those of the identity that the account has now.', mend };
}

function bodyOf(error: unknown): unknown {
  return error instanceof Error && 'body' in error && statusOf(error) === 401 ? error.body : null;
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
