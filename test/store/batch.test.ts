import pg from 'pg';
import { expect, test } from 'vitest';
import { batched } from '../../src/store/batch.ts';

/** Runs batches when told to, so that a test decides what is in flight while more arrives. */
function gate() {
  const batches: { items: readonly number[]; open: () => void }[] = [];
  const run = (items: readonly number[]) =>
    new Promise<readonly number[]>((resolve) => {
      batches.push({ items, open: () => resolve(items.map((item) => item * 10)) });
    });
  return { batches, run, items: () => batches.map(({ items }) => items) };
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('what arrives while a batch is in flight becomes the next one', async () => {
  const { batches, run, items } = gate();
  const ask = batched(run, { most: 10, lanes: 1 });
  const first = ask(1);
  await turn();
  const rest = Promise.all([ask(2), ask(3)]);
  await turn();
  expect(items()).toEqual([[1]]);
  batches[0]?.open();
  expect(await first).toBe(10);
  await turn();
  expect(items()).toEqual([[1], [2, 3]]);
  batches[1]?.open();
  expect(await rest).toEqual([20, 30]);
});

test('a batch holds no more than the most, and as many are in flight as there are lanes', async () => {
  const { run, items } = gate();
  const ask = batched(run, { most: 2, lanes: 2 });
  for (const item of [1, 2, 3, 4, 5]) void ask(item);
  await turn();
  expect(items()).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('items with a common key wait for each other in their order, and hold up nobody else', async () => {
  const { batches, run, items } = gate();
  const ask = batched(run, { most: 10, lanes: 2, keys: (item) => [item % 10] });
  for (const item of [1, 11, 2, 21]) void ask(item);
  await turn();
  expect(items()).toEqual([[1, 2]]);
  batches[0]?.open();
  await turn();
  expect(items()).toEqual([[1, 2], [11]]);
  batches[1]?.open();
  await turn();
  expect(items()).toEqual([[1, 2], [11], [21]]);
});

test('an item that the database refuses fails alone; without a database all fail at once', async () => {
  const tried: (readonly number[])[] = [];
  const failing = (error: Error) => async (items: readonly number[]) => {
    tried.push(items);
    if (items.includes(2)) throw error;
    return items;
  };
  const refused = batched(failing(new pg.DatabaseError('invalid input', 13, 'error')), { most: 10, lanes: 1 });
  const results = await Promise.allSettled([1, 2, 3].map(refused));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(tried).toEqual([[1, 2, 3], [1], [2], [3]]);

  const lost = batched(failing(new Error('Connection terminated')), { most: 10, lanes: 1 });
  const all = await Promise.allSettled([1, 2, 3].map(lost));
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(tried).toHaveLength(5);
});
