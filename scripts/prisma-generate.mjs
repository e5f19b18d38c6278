// Generates the Prisma client without a download. Prisma's CLI fetches a schema engine for every command, though
// `generate` never runs it; naming any file that is there and can be executed keeps the CLI from the network.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
const cli = path.join(path.dirname(manifest), 'build', 'index.js');
const root = path.join(import.meta.dirname, '..');

const { status, error } = spawnSync(process.execPath, [cli, 'generate', '--schema', 'prisma/schema.prisma'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
});
if (error) throw error;
process.exit(status ?? 1);
