import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/postgres.ts';
import { silent, unfinished } from './samples.ts';

let stores: Store[];
let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  stores = await Promise.all([1, 2].map(() => openStore({ databaseUrl: database.url, log: silent })));
  [store] = stores as [Store, Store];
});

afterAll(async () => {
  await Promise.all(stores.map((each) => each.close()));
  await drop();
});

const event = (name: string, workspace = 'T1') => ({ platform: 'slack', workspace, event: name, payload: { name } });

test('an event that arrives many times at once, in two processes, is kept once', async () => {
  const kept = await Promise.all(Array.from({ length: 40 }, (_, n) => stores[n % 2]?.keep(event('twice'))));
  expect(kept.filter((row) => row !== null)).toHaveLength(1);
  expect(await store.keep(event('twice'))).toBeNull();
});

test('the same event id of another workspace is another event', async () => {
  expect(await store.keep(event('shared', 'T1'))).not.toBeNull();
  expect(await store.keep(event('shared', 'T2'))).not.toBeNull();
});

test('what was kept and not finished is there after a restart, oldest first', async () => {
  for (const { id } of await unfinished(store)) await store.finish(id, 'done');
  const kept = await Promise.all(['a', 'b', 'c', 'd'].map((name) => store.keep(event(name))));
  await store.finish(kept[1]?.id ?? 0, 'done');
  const left = await unfinished(stores[1] ?? store);
  expect(left.map(({ payload }) => payload)).toEqual([{ name: 'a' }, { name: 'c' }, { name: 'd' }]);
});

test('of two processes that finish the same row, one is told that it was done before', async () => {
  const kept = await store.keep(event('finished twice'));
  const results = await Promise.all(stores.map((each) => each.finish(kept?.id ?? 0, 'done')));
  expect(results.sort()).toEqual(['committed', 'done before']);
});

test('an event that the database cannot take fails alone', async () => {
  const results = await Promise.allSettled([
    store.keep(event('good')),
    store.keep(event('bad \u0000')),
    store.keep(event('good too')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('numbers of tickets are never given twice', async () => {
  const numbers = await Promise.all(Array.from({ length: 300 }, (_, n) => (stores[n % 2] ?? store).nextTicketId()));
  expect(new Set(numbers).size).toBe(300);
});
