import { deserialize, serialize } from 'node:v8';
import type { HeldMatrixKeys, MatrixKeyChange } from '../../connector.ts';
import { createDatabase, type DatabaseRecord, databaseNames, readDatabase, type Shape } from './database.ts';
import { indexedDB, outcome } from './indexed-db.ts';
import { type Change, watch } from './watch.ts';

/** Where the shapes of the databases are kept, by the ends of their names. */
const shapes = 'shape';

/**
 * Keeps the databases whose names begin so in step with what is held of a device: they live in memory, and whatever a
 * transaction changes is written through, record by record.
 */
export class Keeper {
  readonly #waiting = new Map<string, MatrixKeyChange>();
  readonly #unwatch: (() => void)[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(
    /** Names of databases begin so, and nobody else's do. */
    readonly prefix: string,
    readonly held: HeldMatrixKeys,
  ) {}

  /** Makes the databases as they were kept. */
  async restore(): Promise<void> {
    for (const { store, key: end, value } of this.held.records) {
      if (store !== shapes) continue;
      const records = this.held.records
        .filter((record) => record.store.startsWith(`${end}/`))
        .map((record) => ({ ...record, store: record.store.slice(end.length + 1) }));
      await createDatabase(this.prefix + end, deserialize(value) as Shape, records);
    }
  }

  /** From here on what changes is kept; what differs already from what was restored, be it the shape, is kept first. */
  async begin(): Promise<void> {
    const found = new Map<string, MatrixKeyChange>();
    for (const name of await databaseNames(this.prefix)) {
      const end = name.slice(this.prefix.length);
      this.#unwatch.push(watch(name, (changes) => this.#take(end, changes)));
      const { shape, records } = await readDatabase(name);
      for (const record of [{ store: shapes, key: end, value: serialize(shape) }, ...records.map(named(end))]) {
        found.set(nameOf(record), record);
      }
    }
    for (const record of this.held.records) {
      const now = found.get(nameOf(record));
      if (now === undefined) found.set(nameOf(record), { ...record, value: null });
      else if (now.value !== null && Buffer.compare(now.value, record.value) === 0) found.delete(nameOf(record));
    }
    // What was told since they were read is newer.
    for (const [name, record] of found) if (!this.#waiting.has(name)) this.#waiting.set(name, record);
    await this.flush();
  }

  /** Resolves when all that was changed so far is kept. What could not be written is written with what follows. */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write());
    this.#writing = written.catch(() => undefined); // Whoever called is told; the next tries again.
    return written;
  }

  /** Keeps what is left, and lets go of the databases. */
  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      for (const end of this.#unwatch.splice(0)) end();
      for (const name of await databaseNames(this.prefix)) await outcome(indexedDB.deleteDatabase(name));
    }
  }

  #take(end: string, changes: readonly Change[]): void {
    for (const change of changes.map(named(end))) this.#waiting.set(nameOf(change), change);
  }

  async #write(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const changes = [...this.#waiting];
    this.#waiting.clear();
    try {
      await this.held.write(changes.map(([, change]) => change));
    } catch (error) {
      for (const [name, change] of changes) if (!this.#waiting.has(name)) this.#waiting.set(name, change);
      throw error;
    }
  }
}

function nameOf({ store, key }: Pick<DatabaseRecord, 'store' | 'key'>): string {
  return `${store}\0${key}`;
}

function named(end: string) {
  return <Named extends { readonly store: string }>(record: Named): Named => ({
    ...record,
    store: `${end}/${record.store}`,
  });
}
