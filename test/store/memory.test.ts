import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryIn } from '../../src/store/memory.ts';
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

test('what a connector saved last is loaded again, by its name', async () => {
  const memory = memoryIn(store);
  expect(await memory.load('gateway')).toBeNull();
  await memory.save('gateway', { session: 'a', sequence: 1 });
  await memory.save('gateway', { session: 'a', sequence: 2 });
  await memory.save('sync', 'since');
  expect([await memory.load('gateway'), await memory.load('sync')]).toEqual([{ session: 'a', sequence: 2 }, 'since']);
});
