import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { freshDatabase } from '../support/postgres.ts';

const drops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const drop of drops.splice(0)) await drop();
});

/** What is logged at the start on a database. */
async function startOn(locale?: string): Promise<string> {
  const database = await freshDatabase(locale);
  drops.push(database.drop);
  const logged: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  const store = await openStore({ databaseUrl: database.url, log });
  await store.close();
  return logged.join('');
}

test('a database whose LC_CTYPE does not know the letters of every script is warned of', async () => {
  expect(await startOn('C')).toMatch(/"lcCtype":"C".*cannot index text outside ASCII.*LC_CTYPE 'C\.UTF-8'/);
});

test('one that does is not', async () => {
  expect(await startOn()).toBe('');
});
