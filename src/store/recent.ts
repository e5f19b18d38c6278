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
export class Recent<K, V> {
  readonly #known = new Map<K, { readonly value: Promise<V>; readonly until: number }>();
  readonly #ms: number;
  readonly #most: number;

  /** @param most how many answers are kept before all are dropped */
  constructor(ms: number, most = 10_000) {
    this.#ms = ms;
    this.#most = most;
  }

  /** The remembered answer, else the one that `ask` gives. A failure is not remembered. */
  get(key: K, ask: () => Promise<V>): Promise<V> {
    const known = this.#known.get(key);
    if (known !== undefined && known.until > performance.now()) return known.value;
    if (this.#known.size >= this.#most) this.#known.clear();
    const value = ask();
    this.#known.set(key, { value, until: performance.now() + this.#ms });
    value.catch(() => this.#known.delete(key));
    return value;
  }

  forget(): void {
    this.#known.clear();
  }
}
