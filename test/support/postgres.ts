import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated database that every test's own is copied from. */
    template: string;
    /** As the superuser: only that can drop a database in which the server itself is at work. */
    superuser: string;
  }
}

const silent = pino({ level: 'silent' });

/** Before the first test: one real PostgreSQL for the whole run, in a folder that goes with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = path.join(tmpdir(), `docket-test-${process.pid}-${randomBytes(4).toString('hex')}`);
  const postgres = await startEmbedded(folder, { log: silent });
  await migrate(postgres.url, silent);
  await run(
    postgres.superuserUrl,
    'alter system set fsync = off',
    'select pg_reload_conf()',
    `alter role ${new URL(postgres.url).username} createdb`,
  );
  project.provide('template', postgres.url);
  project.provide('superuser', postgres.superuserUrl);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/**
 * A migrated database with nothing in it, for one test file or one test.
 *
 * @param locale an LC_CTYPE of its own: such a database is not migrated
 */
export async function freshDatabase(
  locale?: string,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const { inject } = await import('vitest');
  const template = inject('template');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const like = locale === undefined ? 'template docket' : `template template0 lc_ctype '${locale}'`;
  await run(template, `create database ${name} ${like}`);
  return {
    url: withDatabase(template, name),
    drop: () => run(inject('superuser'), `drop database ${name} with (force)`),
  };
}

/** Runs statements from outside of the template: nobody may be in it while it is copied. */
async function run(template: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(template, 'postgres') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}
