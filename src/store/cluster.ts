import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chmod, chown, link, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bootstrapRole } from './own-database.ts';
import { EmbeddedRefusal, type Runner, run } from './postgres-programs.ts';

/**
 * Makes Docket's data folder, where there is none.
 *
 * @throws EmbeddedRefusal where it cannot be written to
 */
export async function makeFolder(data: string): Promise<void> {
  try {
    // Where the umask closes new folders, root's would be closed to the user postgres.
    if (await mkdir(data, { recursive: true })) await chmod(data, 0o711);
    await access(data, constants.W_OK);
  } catch (cause) {
    throw new EmbeddedRefusal(
      `Docket cannot write to its data folder ${data}. Make it writable, set DOCKET_DATA to another folder, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/**
 * The password of the cluster, from its file beside it; on a first start a new one.
 *
 * @param needed whether there is a cluster already, which no new password would open
 */
export async function passwordOf(data: string, needed: boolean, as: Runner): Promise<string> {
  const file = path.join(data, 'postgres.password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  if (needed) {
    throw new EmbeddedRefusal(`${file} is missing, and without it the data beside it cannot be opened. Put it back.`);
  }
  // Whole or not at all, and of two starts at once only one's: a link is not made where there is a file.
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (as.ids) await chown(draft, as.ids.uid, as.ids.gid);
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return passwordOf(data, needed, as);
}

const draftPrefix = 'postgres.new-';

/**
 * Locales whose LC_CTYPE knows the letters of every script, by the names that systems give them. Trigrams (pg_trgm) are made
 * of letters as LC_CTYPE tells them, also where the collation provider is another: in `C`, there are none outside ASCII.
 */
export const letterLocales = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'English_United States.utf8'] as const;

/** Makes a cluster beside its place and moves it there: a start that is killed half way leaves no half of one. */
export async function createCluster(data: string, cluster: string, as: Runner): Promise<void> {
  const draft = await mkdtemp(path.join(data, draftPrefix));
  if (as.ids) await chown(draft, as.ids.uid, as.ids.gid);
  await initialise(data, draft, as);
  await rename(draft, cluster).catch((error: NodeJS.ErrnoException) => {
    // Another start was quicker.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/** With the first locale that the system has. */
async function initialise(data: string, folder: string, as: Runner): Promise<void> {
  const provider = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = [
    `--username=${bootstrapRole}`,
    '--auth=scram-sha-256',
    `--pwfile=${path.join(data, 'postgres.password')}`,
  ];
  for (const locale of [...letterLocales, 'C']) {
    try {
      return await run('initdb', [...provider, `--lc-ctype=${locale}`, '--lc-collate=C', ...login], folder, as);
    } catch (error) {
      if (locale === 'C' || !/locale/.test(String((error as { stderr?: unknown }).stderr))) throw error;
    }
  }
}

/** Removes what starts left behind that were killed half way, or that another was quicker than. */
export async function removeDrafts(data: string): Promise<void> {
  for (const name of await readdir(data)) {
    if (name.startsWith(draftPrefix)) await rm(path.join(data, name), { recursive: true, force: true });
  }
}
