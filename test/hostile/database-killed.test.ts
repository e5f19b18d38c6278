import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { runningEmbedded } from '../../src/store/embedded.ts';
import { sitIn } from './person.ts';
import { type DocketProcess, startProcess } from './process.ts';

const folder = path.join(tmpdir(), `docket-database-killed-${process.pid}`);
let docket: DocketProcess | null = null;
afterEach(async () => {
  await docket?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

const postmaster = async () =>
  Number((await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

async function ask<Row>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: (await runningEmbedded(folder)) ?? '' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

test('when its PostgreSQL is killed, the same process goes on with a new one: pages, jobs and what is live', async () => {
  docket = await startProcess('', { DOCKET_DATA: folder, LOG_LEVEL: 'silent' });
  const { url, entrance } = docket;
  const ada = await sitIn(entrance, 'ada');
  expect(await ada.say('noc', '#new in noc Before the crash')).toBe(true);
  const before = await postmaster();
  process.kill(before, 'SIGKILL');

  const health = async () => (await fetch(`${url}/healthz`)).status;
  await expect.poll(() => postmaster().catch(() => before), { timeout: 60_000 }).not.toBe(before);
  await expect.poll(health, { timeout: 60_000 }).toBe(200);
  expect(await ada.say('noc', '#new in noc After the crash')).toBe(true);
  // Both are announced, so the queue of jobs goes on as well.
  const cards = () =>
    ask<{ subject: string }>(
      `select t.subject from tickets t join console_messages m on m.view->>'view' = 'card' and (m.view->>'ticket')::int = t.id
       order by t.id`,
    );
  await expect
    .poll(() => cards().catch(() => []), { timeout: 60_000 })
    .toEqual([{ subject: 'Before the crash' }, { subject: 'After the crash' }]);
  const listening = `select count(*)::int > 0 as live from pg_stat_activity where query ilike 'listen%docket_live%'`;
  await expect.poll(() => ask(listening), { timeout: 60_000 }).toEqual([{ live: true }]);
});
