import { z } from 'zod';
import { type Memory, Undeliverable } from '../connector.ts';
import { callOpenly, type Session, type Signed } from './api.ts';
import { isOfRoom } from './failure.ts';
import { serverOf } from './ids.ts';
import type { MatrixSettings } from './options.ts';
import { platform } from './platform.ts';

const sessionShape = z.object({ userId: z.string(), deviceId: z.string(), accessToken: z.string() });
const signedIn = z
  .object({ user_id: z.string(), device_id: z.string(), access_token: z.string() })
  .transform(({ user_id, device_id, access_token }) => ({
    ...{ userId: user_id, deviceId: device_id },
    accessToken: access_token,
  }));
const whoAmI = z.object({ user_id: z.string(), device_id: z.string().default('') });

/** Docket's being signed in, kept in the store, so that every process and every start is the same device. */
export class SignIn implements Signed {
  #renewing: Promise<Session> | null = null;

  private constructor(
    private readonly settings: MatrixSettings,
    private readonly memory: Memory,
    private session: Session,
  ) {}

  /** @throws TryLater, Undeliverable, Refused */
  static async begin(settings: MatrixSettings, memory: Memory): Promise<SignIn> {
    return new SignIn(settings, memory, await firstSession(settings, memory));
  }

  now(): Session {
    return this.session;
  }

  async renew(lost: Session, sameDevice: boolean): Promise<boolean> {
    if (this.session.accessToken !== lost.accessToken) return true;
    this.#renewing ??= this.#again(lost, sameDevice).finally(() => {
      this.#renewing = null;
    });
    this.session = await this.#renewing;
    return this.session.accessToken !== lost.accessToken;
  }

  /** Another process may have signed in by now; else this one does. */
  async #again(lost: Session, sameDevice: boolean): Promise<Session> {
    const { login } = this.settings;
    if ('accessToken' in login) return lost;
    const kept = await keptSession(this.settings, this.memory);
    if (kept !== null && kept.accessToken !== lost.accessToken) return kept;
    return signIn(this.settings, this.memory, sameDevice ? lost.deviceId : null).catch((error: unknown) => {
      throw isOfRoom(error) ? shutOut(lost, error) : error;
    });
  }
}

/** What an administrator has to mend, everywhere: to be tried again as soon as other calls are would only lock the account. */
function shutOut({ userId }: Session, cause: unknown): Undeliverable {
  return new Undeliverable(`Docket cannot sign in again: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
    mend: 'Set MATRIX_PASSWORD to the password of the account, and restart Docket.',
    workspace: { platform, workspace: serverOf(userId) },
  });
}

async function firstSession(settings: MatrixSettings, memory: Memory): Promise<Session> {
  const { login, homeserverUrl } = settings;
  if (!('accessToken' in login)) {
    return (await keptSession(settings, memory)) ?? (await signIn(settings, memory, null));
  }
  const { accessToken } = login;
  const { user_id, device_id } = await callOpenly(homeserverUrl, {
    path: '/client/v3/account/whoami',
    token: accessToken,
    shape: whoAmI,
  });
  return { userId: user_id, deviceId: device_id, accessToken };
}

async function keptSession(settings: MatrixSettings, memory: Memory): Promise<Session | null> {
  return sessionShape.safeParse(await memory.load(nameOf(settings))).data ?? null;
}

/** @param device the device to be again; null for a new one */
async function signIn(settings: MatrixSettings, memory: Memory, device: string | null): Promise<Session> {
  const { login, homeserverUrl } = settings;
  if ('accessToken' in login) throw new Error('There is no password to sign in with');
  const session = await callOpenly(homeserverUrl, {
    path: '/client/v3/login',
    method: 'POST',
    body: {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: login.user },
      password: login.password,
      initial_device_display_name: 'Docket',
      ...(device === null ? {} : { device_id: device }),
    },
    shape: signedIn,
  });
  await memory.save(nameOf(settings), session);
  return session;
}

function nameOf({ homeserverUrl, login }: MatrixSettings): string {
  return `matrix session ${homeserverUrl} ${'user' in login ? login.user : ''}`;
}
