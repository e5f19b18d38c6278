import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MatrixKey, type MatrixKeys, matrixKeys } from '../../src/store/matrix-keys.ts';
import { openPool } from '../../src/store/pool.ts';
import { freshDatabase } from '../support/postgres.ts';

let keys: MatrixKeys;
let end: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase();
  const pool = openPool(database.url, pino({ level: 'silent' }));
  keys = matrixKeys({ pool });
  end = async () => {
    await pool.end();
    await database.drop();
  };
});
afterAll(() => end());

const bytes = (text: string) => Buffer.from(text);
const shown = (records: readonly MatrixKey[]) =>
  records.map(({ store, key, value }) => `${store} ${key} ${Buffer.from(value).toString()}`).sort();

test('the records of a device are written, overwritten and removed, and are there for the next that holds it', async () => {
  const first = await keys.hold('@docket:a/ONE');
  expect(first.records).toEqual([]);
  await first.write([
    { store: 'core', key: 'account', value: bytes('\0\\ first') },
    { store: 'core', key: 'identity', value: bytes('gone soon') },
    { store: 'session', key: '!room\uffffid', value: bytes('') },
  ]);
  await first.write([
    { store: 'core', key: 'account', value: bytes('second') },
    { store: 'core', key: 'identity', value: null },
    { store: 'core', key: 'never there', value: null },
  ]);
  const { records } = await keys.hold('@docket:a/ONE');
  expect(shown(records)).toEqual(['core account second', 'session !room\uffffid ']);
  expect((await keys.hold('@docket:a/OTHER')).records).toEqual([]);
});

test('whoever held a device before can write nothing more', async () => {
  const before = await keys.hold('@docket:a/TWO');
  const now = await keys.hold('@docket:a/TWO');
  await now.write([{ store: 'core', key: 'account', value: bytes('now') }]);
  await expect(before.write([{ store: 'core', key: 'account', value: bytes('before') }])).rejects.toThrow(
    'Another process uses the Matrix device @docket:a/TWO now',
  );
  expect(shown((await keys.hold('@docket:a/TWO')).records)).toEqual(['core account now']);
});
