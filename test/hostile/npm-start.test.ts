import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { runningEmbedded } from '../../src/store/embedded.ts';

const root = path.join(import.meta.dirname, '..', '..');
const folder = path.join(tmpdir(), `docket-npm-${process.pid}`);
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

test('npm start that is told to end ends Docket and its PostgreSQL in order', async () => {
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', DOCKET_DATA: folder, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: npm.stdout })) {
    lines.push(line);
    if (line.startsWith('Docket is ready at ')) break;
  }
  const { origin: url } = new URL(/ready at (\S+)/.exec(lines.at(-1) ?? '')?.[1] ?? '');
  expect(lines).toContain('Starting PostgreSQL (the first start takes about 20 seconds) …');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  npm.stdout.resume();
  const exit = once(npm, 'exit');
  npm.kill('SIGTERM');
  expect((await exit)[0]).toBe(0);
  // By the time npm has ended, Docket has too.
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  expect(await runningEmbedded(folder)).toBeNull();
});
