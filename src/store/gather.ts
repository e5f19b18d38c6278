import { batched } from './batch.ts';
import type { Database } from './pool.ts';
import { oneEach } from './recent.ts';

/** The most askers whose keys go into one statement. */
const most = 500;

/**
 * Makes one statement of a question that many ask at the same moment, each about keys of their own.
 *
 * @param ask finds the rows of all these keys
 * @param keyOf the key that a row was asked by
 * @returns the same question; the rows come by the asker's keys, and for a key in the order in which they were found
 */
export function gathered<K, R>(
  ask: (db: Database, keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): (db: Database, keys: readonly K[]) => Promise<readonly R[]> {
  const together = oneEach((db) =>
    batched(
      async (askers: readonly (readonly K[])[]) => {
        const found = new Map<K, R[]>();
        for (const row of await ask(db, [...new Set(askers.flat())])) {
          const key = keyOf(row);
          found.set(key, [...(found.get(key) ?? []), row]);
        }
        return askers.map((keys) => keys.flatMap((key) => found.get(key) ?? []));
      },
      { most, lanes: 1 },
    ),
  );
  return async (db, keys) => (keys.length === 0 ? [] : together(db)([...new Set(keys)]));
}
