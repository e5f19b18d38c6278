import { LRUCache } from 'lru-cache';
import type { Database } from './pool.ts';

/** Something that is made once for each database that is open. */
export function oneEach<T>(make: (db: Database) => T): (db: Database) => T {
  const made = new WeakMap<Database['pool'], T>();
  return ({ pool }) => {
    const one = made.get(pool) ?? make({ pool });
    made.set(pool, one);
    return one;
  };
}

/**
 * Remembers answers for a short while, so that what hardly ever changes is not asked for again with each command.
 * Another process may change it meanwhile: the time bounds for how long that goes unseen here.
 */
export class Recent<K extends NonNullable<unknown>, V> {
  readonly #known: LRUCache<K, Promise<V>>;

  /**
   * @param ms how long an answer is remembered, in milliseconds
   * @param most how many answers are kept; of more, those that were not asked for longest are dropped
   */
  constructor(ms: number, most = 10_000) {
    this.#known = new LRUCache({ max: most, ttl: ms });
  }

  /** The remembered answer, else the one that `ask` gives. A failure is not remembered. */
  get(key: K, ask: () => Promise<V>): Promise<V> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const value = ask();
    this.#known.set(key, value);
    value.catch(() => {
      if (this.#known.peek(key) === value) this.#known.delete(key);
    });
    return value;
  }

  forget(): void {
    this.#known.clear();
  }
}
