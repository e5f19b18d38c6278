import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationDirectory, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import type { Pool } from 'pg';

/** What is used of the global of this name, whose types come only with those of browsers. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: { readonly exports: { readonly __wbindgen_start: () => void } } }>;
};

/** Nothing in the database is somebody else's as far as Prisma's engine can see: it looks at the schema `public` only. */
export const filters = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own schema engine, in its WebAssembly build and in this process: the native one is a download, which a
 * closed network refuses. Loading it takes a second, so callers ask first whether there is anything to do.
 *
 * @param pool the database it works on
 * @param schema the text of schema.prisma
 */
export async function schemaEngine(pool: Pool, schema: string): Promise<SchemaEngine> {
  engine ??= loadEngine();
  const { SchemaEngine } = await engine;
  const adapter = bindMigrationAwareSqlAdapterFactory(atomic(new PrismaPg(pool)));
  return SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter);
}

/** Loaded once: its JavaScript half knows only one memory. */
let engine: ReturnType<typeof loadEngine> | undefined;

async function loadEngine() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  // The package imports its .wasm as a module, which Node 20 cannot do yet; this does the same by hand.
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

/**
 * The adapter with scripts sent as they are, and each of them, together with the note that it was applied, in one
 * transaction. Prisma's own cuts a script at every semicolon, also inside of functions, and a process that is killed half
 * way would leave half a migration.
 */
function atomic(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      const client = await adapter.underlyingDriver().connect();
      try {
        await client.query(`begin; ${script}; ${noteApplied}; commit`);
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    };
    return adapter;
  };
  return factory;
}

const noteApplied = `do $$ begin
  if to_regclass('_prisma_migrations') is not null then
    update _prisma_migrations set finished_at = now() where finished_at is null and rolled_back_at is null;
  end if;
end $$`;

/** The folder of migrations in the form in which the engine takes it. */
export async function migrationList(folder: string, names: readonly string[]): Promise<MigrationList> {
  const directories = names.map(
    async (name): Promise<MigrationDirectory> => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: await readFile(path.join(folder, name, 'migration.sql'), 'utf8') },
      },
    }),
  );
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(folder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(directories),
  };
}
