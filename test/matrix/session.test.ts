import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Memory, Undeliverable } from '../../connectors/connector.ts';
import { Api } from '../../connectors/matrix/api.ts';
import { SignIn } from '../../connectors/matrix/session.ts';
import type { Client } from '../synapse/client.ts';
import { onSynapse } from '../synapse/on-synapse.ts';
import { serverName } from '../synapse/synapse.ts';

onSynapse('a session at the homeserver', (synapse) => {
  test('that cannot be had again is the administrators’ to mend, everywhere, and is had when it is mended', async () => {
    const admin = await synapse().register('root', { admin: true });
    const { userId } = await synapse().register('docket');
    const login = { user: 'docket', password: 'docket password' };
    const signIn = await SignIn.begin(
      { homeserverUrl: synapse().url, login, password: null, recoveryKey: null, inviters: [] },
      memory(),
    );
    const api = new Api(synapse().url, signIn);
    const whoAmI = () => api.call({ path: '/client/v3/account/whoami', shape: z.object({ user_id: z.string() }) });
    await setPassword(admin, userId, 'another password');
    const refused: unknown = await whoAmI().catch((error: unknown) => error);
    if (!(refused instanceof Undeliverable)) throw refused;
    expect(refused.mend).toContain('MATRIX_PASSWORD');
    expect(refused.workspace).toEqual({ platform: 'matrix', workspace: serverName });
    await setPassword(admin, userId, login.password);
    expect(await whoAmI()).toEqual({ user_id: userId });
  });
});

function memory(): Memory {
  const kept = new Map<string, unknown>();
  return {
    load: async (name) => kept.get(name) ?? null,
    save: async (name, value) => void kept.set(name, value),
  };
}

/** Sets somebody's password; all their devices are logged out (element-hq.github.io/synapse/latest/admin_api/user_admin_api.html). */
async function setPassword({ url, accessToken }: Client, userId: string, password: string): Promise<void> {
  const response = await fetch(`${url}/_synapse/admin/v1/reset_password/${encodeURIComponent(userId)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ new_password: password, logout_devices: true }),
  });
  if (!response.ok) throw new Error(await response.text());
}
