import { afterAll, beforeAll, expect, test } from 'vitest';
import { recall, remember } from '../../src/store/remembered.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/postgres.ts';
import { silent } from './samples.ts';

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  store = await openStore({ databaseUrl: database.url, log: silent });
});
afterAll(async () => {
  await store.close();
  await drop();
});

/** Lets days pass, for what is there. */
const pass = (days: number) =>
  store.pool.query(`update remembered set used = used - make_interval(days => $1)`, [days]);

test('a text is remembered under a key that is short, and the same for the same text', async () => {
  const long = `list ${'owner:me '.repeat(500)}`;
  const key = await remember(store, long);
  expect(key).toMatch(/^[\w-]{22}$/);
  expect(await Promise.all([remember(store, long), remember(store, long)])).toEqual([key, key]);
  expect(await remember(store, `${long}!`)).not.toBe(key);
  expect(await recall(store, key)).toBe(long);
  expect(await recall(store, 'no such key')).toBeNull();
});

test('what was not used for 90 days is forgotten, and what was used is not', async () => {
  const keys = await Promise.all(['unused', 'used', 'said again'].map((text) => remember(store, text)));
  await pass(60);
  expect(await recall(store, keys[1] ?? '')).toBe('used');
  await remember(store, 'said again');
  await pass(60);
  await remember(store, 'something else');
  expect(await Promise.all(keys.map((key) => recall(store, key)))).toEqual([null, 'used', 'said again']);
});
