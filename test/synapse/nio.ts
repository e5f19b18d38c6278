import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { synapseFolder } from './chroot.ts';
import type { Client } from './client.ts';
import { EncryptedClient } from './encrypted-client.ts';

/** Somebody at an encrypted client of another make (nio, with libolm), at the device of `person`. */
export async function startNio(person: Client): Promise<{ readonly nio: EncryptedClient; stop(): Promise<void> }> {
  const store = `/tmp/docket-nio-${randomBytes(8).toString('hex')}`;
  await mkdir(path.join(synapseFolder, store), { recursive: true });
  const script = await readFile(new URL('nio.py', import.meta.url), 'utf8');
  const { url, userId, deviceId, accessToken } = person;
  const args = [synapseFolder, 'python3', '-c', script, url, userId, deviceId, accessToken, store];
  const nio = await EncryptedClient.start(spawn('chroot', args, { stdio: ['pipe', 'pipe', 'inherit'] }));
  const stop = async () => {
    await nio.kill();
    await rm(path.join(synapseFolder, store), { recursive: true, force: true });
  };
  return { nio, stop };
}
