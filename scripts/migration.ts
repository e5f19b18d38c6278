// `npm run migration NAME`: writes prisma/migrations/<time>_NAME/migration.sql with what leads from prisma/schema.prisma
// as it was last committed to the one that is there now. What Prisma cannot say (triggers, trigram indexes) is added by
// hand. Both ends are schemas and not databases, because Prisma's pg adapter cannot read the catalogue column type
// "char", which the engine asks for when it describes a database.
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { startEmbedded } from '../src/store/embedded.ts';
import { prismaFolder } from '../src/store/migrate.ts';
import { filters, schemaEngine } from '../src/store/schema-engine.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Say what the migration does, in small letters: npm run migration add_colour');
  process.exit(1);
}

const datamodel = (content: string) => ({
  tag: 'schemaDatamodel' as const,
  files: [{ path: 'schema.prisma', content }],
});
const committed = spawnSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' });
const now = await readFile(path.join(prismaFolder, 'schema.prisma'), 'utf8');

// The engine does not start without a server, though it asks it nothing here.
const data = path.join(tmpdir(), `docket-migration-${process.pid}`);
const postgres = await startEmbedded(data, { log: pino({ level: 'warn' }) });
const pool = new pg.Pool({ connectionString: postgres.url });
const engine = await schemaEngine(pool, now);
const { stdout } = await engine.diff({
  from: committed.status === 0 ? datamodel(committed.stdout) : { tag: 'empty' },
  to: datamodel(now),
  script: true,
  exitCode: null,
  filters,
});
engine.free();
await pool.end();
await postgres.stop();
await rm(data, { recursive: true, force: true });

const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const file = path.join(prismaFolder, 'migrations', `${time}_${name}`, 'migration.sql');
await mkdir(path.dirname(file), { recursive: true });
await writeFile(file, stdout ?? '');
console.log(`Wrote ${path.relative(process.cwd(), file)}`);
