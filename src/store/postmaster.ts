import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { readFile, readlink, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EmbeddedRefusal, type Runner, run } from './postgres-programs.ts';

const exec = promisify(execFile);

/** Where a server listens: a socket in this folder, or (null) the port on 127.0.0.1. */
export interface Address {
  readonly folder: string | null;
  readonly port: number;
}

/** How long a server may take to come up: after a crash it first works off its log. Milliseconds. */
export const patienceMs = 60_000;

/** The longest path of a socket on the systems that Docket runs on: macOS takes 103 bytes, Linux 107. */
const longestSocket = 103;

/** The name of the socket, and nothing else: each cluster has a folder of its own. */
const socketPort = 5432;

const settings = [
  'unix_socket_permissions=0700',
  'max_connections=100',
  'shared_buffers=256MB',
  'max_wal_size=2GB',
  'jit=off',
  'log_timezone=UTC',
  'timezone=UTC',
  'logging_collector=on',
  'log_filename=server-%a.log',
  'log_truncate_on_rotation=on',
  'log_rotation_age=1d',
];

/**
 * Where a server on this cluster is to listen: on a socket in the cluster's folder, which nobody but its owner can enter; on
 * a free port of 127.0.0.1 where the path is too long for a socket, and on Windows.
 */
export async function chooseAddress(cluster: string): Promise<Address> {
  const socket = path.join(cluster, `.s.PGSQL.${socketPort}`);
  if (platform() !== 'win32' && Buffer.byteLength(socket) <= longestSocket)
    return { folder: cluster, port: socketPort };
  return { folder: null, port: await freePort() };
}

/** Starts the server, unless another start is quicker; who calls looks again whether it runs. */
export async function startServer(
  cluster: string,
  { folder, port }: Address,
  as: Runner,
  deadline: number,
): Promise<void> {
  const listen =
    folder === null
      ? ['listen_addresses=127.0.0.1', 'unix_socket_directories=']
      : ['listen_addresses=', `unix_socket_directories=${quoted(folder)}`];
  const options = [`-p ${port}`, ...[...listen, ...settings].map((setting) => `-c ${setting}`)].join(' ');
  const seconds = Math.ceil(patienceMs / 1000);
  const log = path.join(cluster, 'start.log');
  try {
    await run(
      'pg_ctl',
      ['start', '-D', cluster, '--wait', `--timeout=${seconds}`, `--log=${log}`, '-o', options],
      cluster,
      as,
    );
  } catch (error) {
    // Another start was quicker, the port was taken meanwhile, or processes of a killed server are still going away.
    if (Date.now() < deadline - patienceMs + 10_000) return sleep(200);
    const reason = existsSync(log) ? (await readFile(log, 'utf8')).trim().split('\n').slice(-5).join('\n') : '';
    throw new EmbeddedRefusal(`PostgreSQL does not start on ${cluster}:\n${reason}`, { cause: error });
  }
}

/** For the shell that pg_ctl starts the server by, and for the list that the setting is: a folder may have a comma in its name. */
function quoted(folder: string): string {
  return `'"${folder.replaceAll('"', '""').replaceAll("'", `'\\''`)}"'`;
}

/**
 * The server that runs on this cluster, by its `postmaster.pid`; null when none does. The file is believed only where the
 * process that it names is a PostgreSQL on this folder, of the folder's owner: a crash leaves the file behind, and its process
 * number may be anybody's by now. A file that names a stranger is removed, because PostgreSQL would not start beside it.
 */
export async function runningServer(cluster: string): Promise<Address | null> {
  const file = path.join(cluster, 'postmaster.pid');
  const text = await contents(file);
  // Process, data folder, start, port, folder of the socket, address, …
  const [pid, , , port, folder = ''] = text.split('\n');
  if (!isAlive(Number(pid))) return null;
  const server = await isServerOf(Number(pid), cluster);
  if (server === 'no' && (await contents(file)) === text) await rm(file, { force: true });
  if (server === 'no' || !(Number(port) > 0)) return null;
  return { folder: folder === '' ? null : folder, port: Number(port) };
}

async function contents(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether a process that lives is a PostgreSQL on this folder, run by whom the folder belongs to. Where the system does not
 * say, it may be: then the server still has to prove that it knows the password.
 */
async function isServerOf(pid: number, cluster: string): Promise<'yes' | 'no' | 'maybe'> {
  const [found, owner] = [await describe(pid), await stat(cluster)];
  if (found === null) return 'maybe';
  if (found.uid !== owner.uid || path.basename(found.program) !== 'postgres') return 'no';
  const folder = found.folder ?? found.cwd;
  if (folder === null) return 'maybe';
  return isSameFolder(folder, cluster) ? 'yes' : 'no';
}

interface Process {
  readonly uid: number;
  readonly program: string;
  /** The folder that its option -D names, if it has one. */
  readonly folder: string | null;
  /** PostgreSQL works in its data folder. Null: the system does not say. */
  readonly cwd: string | null;
}

/** A process, as far as the system tells of it; null where it tells nothing. */
async function describe(pid: number): Promise<Process | null> {
  if (platform() === 'linux' && existsSync('/proc/self')) {
    const { uid } = await stat(`/proc/${pid}`).catch(() => ({ uid: -1 }));
    const [program = '', ...args] = (await contents(`/proc/${pid}/cmdline`)).split('\0');
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return { uid, program, folder: args[args.indexOf('-D') + 1 || args.length] ?? null, cwd };
  }
  const { stdout } = await exec('ps', ['-ww', '-o', 'uid=,args=', '-p', `${pid}`]).catch(() => ({ stdout: '' }));
  const [, uid, line = ''] = /^\s*(\d+)\s+(.*)$/m.exec(stdout) ?? [];
  if (uid === undefined) return null;
  // Arguments are not told apart here: the folder is what follows -D, up to the next option.
  const [, program = line, folder = null] = /^(.*?postgres) -D ?(.*?)(?: -\w .*)?$/.exec(line) ?? [];
  return { uid: Number(uid), program, folder, cwd: null };
}

function isSameFolder(one: string, other: string): boolean {
  if (!path.isAbsolute(one) || !existsSync(one)) return false;
  return realpathSync(one) === realpathSync(other);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
