import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';

test.each([
  ['is away', () => 'postgresql://docket:hidden@127.0.0.1:1/docket', 'ECONNREFUSED'],
  ['has another password', () => Object.assign(new URL(inject('template')), { password: 'hidden' }).href, 'password'],
  ['is not there', () => Object.assign(new URL(inject('template')), { pathname: '/nowhere' }).href, 'nowhere'],
])('a start whose database %s ends with a sentence that says what to do', async (_, url, reason) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: path.join(import.meta.dirname, '..', '..'),
    env: { ...process.env, DATABASE_URL: url(), HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(1);
  expect(said).toMatch(/^The database does not let Docket in: .*\. Start it, or correct DATABASE_URL\.\n$/);
  expect(said).toContain(reason);
  expect(said).not.toContain('hidden');
});
