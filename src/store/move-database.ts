import { statfs } from 'node:fs/promises';
import pg, { type ClientBase } from 'pg';
import { pino } from 'pino';
import { Client } from './client.ts';
import { letterLocales } from './cluster.ts';
import { contentsOf, copyContents, differences, inSnapshot } from './copy/contents.ts';
import { migrate } from './migrate.ts';
import {
  applicationRole,
  applicationUrl,
  bootstrapUrl,
  connectAsBootstrap,
  databaseName,
  ensureApplicationRole,
  type Login,
} from './own-database.ts';
import { EmbeddedRefusal } from './postgres-programs.ts';
import { addJobs, unfinishedJobs } from './worker-schema.ts';

/** The database that is being filled, until it takes the place of the other. */
const nextName = `${databaseName}_next`;
/** The database of before, which is kept until the start after the move. */
const formerName = `${databaseName}_before`;

/** In these, LC_CTYPE knows no letters but those of ASCII. */
const asciiLocales = ['C', 'POSIX'];

/**
 * Sees to it that Docket's database is there, belongs to the plain role, and can make trigrams of the letters of every
 * script. Clusters of before have a database of the superuser's with LC_CTYPE `C`, which cannot be changed: what it holds is
 * copied into a new one. Nothing changes until all of it was copied and compared; then both change their names in one
 * transaction, so that whoever starts after a kill at any moment finds either the one or the other whole.
 *
 * @param admin a superuser's connection to the database `postgres`, while no other Docket uses the server
 * @param say tells whoever waits what takes long
 * @throws EmbeddedRefusal where it cannot be moved; the database of before is as it was
 */
export async function moveDatabase(admin: ClientBase, login: Login, say: (line: string) => void): Promise<void> {
  await ensureApplicationRole(admin, login);
  await admin.query(`drop database if exists ${nextName} with (force)`);
  const { rows } = await admin.query<{ owner: string; locale: string; bytes: number }>(
    `select datdba::regrole::text as owner, datctype as locale, pg_database_size(oid)::float8 as bytes
     from pg_database where datname = $1`,
    [databaseName],
  );
  const [current] = rows;
  if (current === undefined) {
    await admin.query(`create database ${databaseName} owner ${applicationRole}`);
    return;
  }
  const isPlain = current.owner === applicationRole;
  const isBetter = (isPlain && !asciiLocales.includes(current.locale)) || !(await createNext(admin, !isPlain));
  if (isBetter) {
    await admin.query(`drop database if exists ${formerName} with (force)`);
    return;
  }
  say('Moving the database to a new one that can search text in every language. This happens once …');
  await makeSureOfSpace(admin, current.bytes);
  await fillNext(admin, login, say);
  await swap(admin);
  say('The database has been moved. The former one is kept until the next start.');
}

/**
 * Makes the database that is to be filled, with the first locale that the system has.
 *
 * @param anyway also where the system has none that knows letters
 * @returns whether it was made
 */
async function createNext(admin: ClientBase, anyway: boolean): Promise<boolean> {
  for (const locale of anyway ? [...letterLocales, 'C'] : letterLocales) {
    try {
      await admin.query(
        `create database ${nextName} owner ${applicationRole} template template0 lc_collate 'C' lc_ctype '${locale}'`,
      );
      return true;
    } catch (error) {
      // The system does not have this locale.
      if (!(error instanceof pg.DatabaseError && /locale/.test(error.message))) throw error;
    }
  }
  return false;
}

/** Text and its indexes once more, and the log of writing them. */
async function makeSureOfSpace(admin: ClientBase, bytes: number): Promise<void> {
  const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
  const { bavail, bsize } = await statfs(rows[0]?.data_directory ?? '.');
  const [needed, free] = [2 * bytes, bavail * bsize];
  if (free >= needed) return;
  const megabytes = (size: number) => `${Math.ceil(size / 1_000_000)} MB`;
  throw new EmbeddedRefusal(
    `The database has to be moved once, and that takes ${megabytes(needed)} of disk; ${megabytes(free)} are free. ` +
      'Free some space and start Docket again. Nothing was changed.',
  );
}

async function fillNext(admin: ClientBase, login: Login, say: (line: string) => void): Promise<void> {
  await endOthers(admin);
  // Both get the tables of this version first, so that they are the same.
  const log = pino({ level: 'silent' });
  await migrate(bootstrapUrl(login, databaseName), log);
  await migrate(applicationUrl(login, nextName), log);
  const from = await connectAsBootstrap(login, databaseName);
  const to = new Client(applicationUrl(login, nextName));
  to.on('error', () => undefined);
  await to.connect();
  try {
    const [copied, jobs] = await inSnapshot(from, async () => [
      await copyContents(from, to, (table, rows) => {
        if (rows > 0) say(`  ${table}: ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`);
      }),
      await unfinishedJobs(from),
    ]);
    await addJobs(to, jobs);
    say('Comparing the copy with the original …');
    const wrong = [...differences(copied, await inSnapshot(to, () => contentsOf(to)))];
    const moved = await unfinishedJobs(to);
    if (moved.length !== jobs.length) wrong.push(`${moved.length} jobs wait and not ${jobs.length}`);
    if (wrong.length > 0) {
      throw new EmbeddedRefusal(
        `The database could not be moved, because the copy differs: ${wrong.join('; ')}. Nothing was changed. ` +
          'Start Docket again; if it happens again, the disk may be failing.',
      );
    }
    await to.query('analyze');
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}

async function swap(admin: ClientBase): Promise<void> {
  await endOthers(admin);
  await admin.query(
    `begin; alter database ${databaseName} rename to ${formerName}; alter database ${nextName} rename to ${databaseName}; commit`,
  );
}

/** Connections that were left behind, or that somebody looks around by: a database that is in use keeps its name. */
async function endOthers(admin: ClientBase): Promise<void> {
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1)', [
    [databaseName, nextName],
  ]);
}
