import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownPort } from '../support/port.ts';
import { synapseFolder } from './chroot.ts';
import { Client } from './client.ts';
import type { Account } from './events.ts';

/** What the homeserver calls itself: the part of every id behind the colon. */
export const serverName = 'matrix.test';

export interface SynapseOptions {
  /** With Synapse's default rate limits; else with none that a test comes to feel. */
  readonly defaultLimits?: boolean;
  /** What else homeserver.yaml says. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A homeserver of its own, with nobody in it yet. */
export interface Synapse {
  readonly url: string;
  /** Lets somebody in, under a new account. The password is `name` and ` password`. */
  register(name: string, more?: { displayName?: string; admin?: boolean }): Promise<Client>;
  /** It is gone, as in an outage: from then on nobody listens at its address. */
  stop(): Promise<void>;
  /** After `stop`: at the same address, with all that it had. */
  start(): Promise<void>;
  /** Stops it for good. */
  remove(): Promise<void>;
}

const patienceMs = 50_000;
const registrationSecret = 'registration';

/** Starts a fresh homeserver on loopback: SQLite, no federation. It must be prepared (`npm run synapse`). */
export async function startSynapse(options: SynapseOptions = {}): Promise<Synapse> {
  const inside = `/tmp/docket-${randomBytes(8).toString('hex')}`;
  const outside = path.join(synapseFolder, inside);
  const port = await ownPort();
  const url = `http://127.0.0.1:${port}`;
  const file = (name: string) => `${inside}/${name}`;
  const configuration = {
    server_name: serverName,
    public_baseurl: url,
    listeners: [{ port, type: 'http', bind_addresses: ['127.0.0.1'], resources: [{ names: ['client'] }] }],
    database: { name: 'sqlite3', args: { database: file('homeserver.db') } },
    media_store_path: file('media'),
    signing_key_path: file('signing.key'),
    federation_domain_whitelist: [],
    trusted_key_servers: [],
    report_stats: false,
    presence: { enabled: false },
    bcrypt_rounds: 4,
    registration_shared_secret: registrationSecret,
    ...(options.defaultLimits ? {} : generous),
    ...options.settings,
  };
  await mkdir(outside, { recursive: true });
  // JSON is YAML too.
  await writeFile(path.join(outside, 'homeserver.yaml'), JSON.stringify(configuration));
  await writeFile(
    path.join(outside, 'signing.key'),
    `ed25519 a_1 ${randomBytes(32).toString('base64').slice(0, 43)}\n`,
  );

  let running: ChildProcess | null = null;
  const start = async () => {
    const log = await open(path.join(outside, 'log'), 'a');
    const args = [synapseFolder, 'python3', '-m', 'synapse.app.homeserver', '-c', file('homeserver.yaml')];
    const process = spawn('chroot', args, { stdio: ['ignore', log.fd, log.fd] });
    await log.close();
    running = process;
    await answering(url, process).catch(async (error: unknown) => {
      throw new Error((await readFile(path.join(outside, 'log'), 'utf8')).slice(-2_000), { cause: error });
    });
  };
  const stop = async () => {
    const process = running;
    running = null;
    if (process === null || process.exitCode !== null) return;
    const gone = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGTERM');
    await gone;
  };
  await start();
  return {
    url,
    register: (name, { displayName = name, admin = false } = {}) => register(url, name, displayName, admin),
    start,
    stop,
    async remove() {
      await stop();
      await rm(outside, { recursive: true, force: true });
    },
  };
}

/** element-hq.github.io/synapse/latest/admin_api/register_api.html */
async function register(url: string, name: string, displayName: string, admin: boolean): Promise<Client> {
  const address = `${url}/_synapse/admin/v1/register`;
  const { nonce } = (await (await fetch(address)).json()) as { nonce: string };
  const password = `${name} password`;
  const signed = [nonce, name, password, admin ? 'admin' : 'notadmin'].join('\0');
  const mac = createHmac('sha1', registrationSecret).update(signed).digest('hex');
  const body = JSON.stringify({ nonce, username: name, displayname: displayName, password, admin, mac });
  const response = await fetch(address, { method: 'POST', body });
  if (!response.ok) throw new Error(`${name} was not registered: ${await response.text()}`);
  // It answers as a login does: a login of its own would count against the limits of logins.
  return new Client(url, (await response.json()) as Account);
}

async function answering(url: string, process: ChildProcess): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    if (process.exitCode !== null) throw new Error(`Synapse ended with ${process.exitCode}`);
    const answers = await fetch(`${url}/_matrix/client/versions`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return;
    await pause(20);
  }
  process.kill('SIGKILL');
  throw new Error('Synapse did not come up');
}

const plenty = { per_second: 10_000, burst_count: 100_000 };
/** element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rate-limiting */
const generous = {
  rc_message: plenty,
  rc_registration: plenty,
  rc_login: { address: plenty, account: plenty, failed_attempts: plenty },
  rc_admin_redaction: plenty,
  rc_joins: { local: plenty, remote: plenty },
  rc_joins_per_room: plenty,
  rc_invites: { per_room: plenty, per_user: plenty, per_issuer: plenty },
  rc_media_create: plenty,
  rc_room_creation: plenty,
  rc_key_requests: plenty,
  rc_user_directory: plenty,
};
