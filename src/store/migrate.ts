import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from 'pino';
import { Client } from './client.ts';
import { openPool } from './pool.ts';
import { takeOverJobs, workerSchema } from './worker-schema.ts';

/** The folder `prisma` of this installation, whether Docket runs from src or from dist. */
export const prismaFolder = findUpwards('prisma/schema.prisma');

/**
 * Brings the database up to date: Docket's tables and those of the job queue. Of several processes that start at once
 * one migrates and the others wait for it. The history is Prisma's own (`_prisma_migrations`), so that
 * `prisma migrate deploy` and this find the same.
 *
 * @param url the database
 * @returns the names of the migrations that were applied now
 */
export async function migrate(url: string, log: Logger): Promise<readonly string[]> {
  // Connections of their own: a migration, and waiting for another process's, may take longer than other statements.
  const pool = openPool(url, log, { max: 10, statementMs: 0, connectMs: 0 });
  const client = await pool.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('docket migrations'))`);
    const missing = await unapplied(client);
    if (missing.length > 0) await apply(url);
    await runMigrations({ pgPool: pool, schema: workerSchema });
    await takeOverJobs(client);
    return missing;
  } finally {
    client.release(true); // Closing the connection gives the lock back.
    await pool.end();
  }
}

/** The names of all migrations, in order. */
export async function migrationNames(): Promise<readonly string[]> {
  const entries = await readdir(path.join(prismaFolder, 'migrations'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function unapplied(client: pg.PoolClient): Promise<readonly string[]> {
  const names = await migrationNames();
  const table = await client.query<{ there: boolean }>(`select to_regclass('_prisma_migrations') is not null as there`);
  if (!table.rows[0]?.there) return names;
  // A migration and the note that it is finished are one transaction: without the note there is nothing of it.
  await client.query(
    'update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null',
  );
  const { rows } = await client.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  return names.filter((name) => !applied.has(name));
}

async function apply(url: string): Promise<void> {
  const { filters, migrationList, schemaEngine } = await import('./schema-engine.ts');
  const schema = await readFile(path.join(prismaFolder, 'schema.prisma'), 'utf8');
  // Connections of its own: the engine takes a lock that it gives back only by closing them.
  const pool = new pg.Pool({ connectionString: url, Client });
  const engine = await schemaEngine(pool, schema);
  try {
    const list = await migrationList(path.join(prismaFolder, 'migrations'), await migrationNames());
    await engine.applyMigrations({ migrationsList: list, filters });
  } finally {
    engine.free();
    await pool.end();
  }
}

function findUpwards(file: string): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, file))) return path.dirname(path.join(folder, file));
    if (folder === path.dirname(folder))
      throw new Error(`${file} is missing beside Docket's program. Install it again.`);
  }
}
