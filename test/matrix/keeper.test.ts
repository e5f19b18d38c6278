import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, readDatabase } from '../../connectors/matrix/encryption/database.ts';
import { indexedDB, outcome } from '../../connectors/matrix/encryption/indexed-db.ts';
import { Keeper } from '../../connectors/matrix/encryption/keeper.ts';
import { type MatrixKeys, matrixKeys } from '../../src/store/matrix-keys.ts';
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

const shape = {
  version: 3,
  stores: [
    { name: 'core', indexes: [] },
    {
      name: 'sessions',
      indexes: [{ name: 'by_sender', keyPath: ['sender', 'kind'], unique: false, multiEntry: false }],
    },
  ],
};

const store = fc.constantFrom('core', 'sessions');
const key = fc.constantFrom('a', 'b', 'c', '!room:x\uffffid');
const value = fc.oneof(
  fc.boolean(),
  fc.uint8Array({ maxLength: 5 }),
  fc.record({ sender: fc.string(), kind: fc.nat(3) }),
);
const act = fc.oneof(
  fc.record({ act: fc.constant('put' as const), store, key, value }),
  fc.record({ act: fc.constant('delete' as const), store, key }),
  fc.record({ act: fc.constant('clear' as const), store }),
  fc.record({ act: fc.constant('update where it is' as const), store, key, value }),
  fc.record({ act: fc.constant('delete where it is' as const), store, key }),
);

test('what is kept is what is there, whatever transactions did', async () => {
  const transactions = fc.array(
    fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 8 }), aborted: fc.boolean() }),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(transactions, async (transactions) => {
      const device = randomUUID();
      const first = new Keeper(`${device} first `, await keys.hold(device));
      await first.restore();
      await createDatabase(`${device} first end`, shape, [
        { store: 'core', key: 'there', value: Buffer.from('ff0f54', 'hex') },
      ]);
      await first.begin();
      for (const { acts, aborted } of transactions) await transact(`${device} first end`, acts, aborted);
      await first.flush();
      const there = await readDatabase(`${device} first end`);

      const second = new Keeper(`${device} second `, await keys.hold(device));
      await second.restore();
      expect(await readDatabase(`${device} second end`)).toEqual(there);
      await second.close();
      await expect(first.close()).resolves.toBeUndefined();
    }),
    { numRuns: 40 },
  );
}, 180_000);

async function transact(
  name: string,
  acts: readonly (typeof act extends fc.Arbitrary<infer A> ? A : never)[],
  aborted: boolean,
) {
  const database = await outcome(indexedDB.open(name));
  const transaction = database.transaction(['core', 'sessions'], 'readwrite');
  const over = new Promise<void>((resolve) => {
    transaction.addEventListener('complete', resolve);
    transaction.addEventListener('abort', resolve);
  });
  for (const each of acts) {
    const store = transaction.objectStore(each.store);
    if (each.act === 'put') store.put(each.value, each.key);
    else if (each.act === 'delete') store.delete(each.key);
    else if (each.act === 'clear') store.clear();
    else {
      const found = store.openCursor(each.key);
      found.addEventListener('success', () => {
        if (each.act === 'update where it is') found.result?.update(each.value);
        else found.result?.delete();
      });
    }
  }
  if (aborted) transaction.abort();
  await over;
  database.close();
}
