import { serialize } from 'node:v8';
import { type DatabaseRecord, keyText } from './database.ts';
import {
  type Cursor,
  IDBCursor,
  IDBObjectStore,
  type ObjectStore,
  type Request,
  type Transaction,
} from './indexed-db.ts';

/** A record that is new, has another value, or (null) is gone. */
export type Change = Omit<DatabaseRecord, 'value'> & { readonly value: Uint8Array | null };

type Listener = (changes: readonly Change[]) => void;

const listeners = new Map<string, Listener>();
const underway = new WeakMap<Transaction, Change[]>();

/**
 * Tells what each transaction of a database changed, in order, when it is complete: before whoever waits for it goes on.
 *
 * @returns ends it
 */
export function watch(database: string, listener: Listener): () => void {
  listeners.set(database, listener);
  return () => listeners.delete(database);
}

/** Notes changes once the request has succeeded: requests of a transaction succeed in the order in which they were made. */
function note<Result>(store: ObjectStore, request: Request<Result>, changes: (result: Result) => Change[]): void {
  const { transaction } = store;
  const noted = underway.get(transaction) ?? begin(transaction);
  request.addEventListener('success', () => noted.push(...changes(request.result)));
}

function begin(transaction: Transaction): Change[] {
  const noted: Change[] = [];
  underway.set(transaction, noted);
  transaction.addEventListener('complete', () => listeners.get(transaction.db.name)?.(noted));
  return noted;
}

const isWatched = (store: ObjectStore) => listeners.has(store.transaction.db.name);

// IndexedDB tells nobody what changes in it. These are its own methods, by its specification, and all that write.
const { put, add, delete: remove, clear } = IDBObjectStore.prototype;
const { update, delete: removeHere } = IDBCursor.prototype;

function writing(write: typeof put): typeof put {
  return function (this: ObjectStore, value, key) {
    const request = key === undefined ? write.call(this, value) : write.call(this, value, key);
    if (!isWatched(this)) return request;
    const kept = serialize(value);
    note(this, request, (result) => [{ store: this.name, key: keyText(result), value: kept }]);
    return request;
  };
}

function gone(store: ObjectStore, query?: unknown): void {
  if (!isWatched(store)) return;
  note(store, store.getAllKeys(query), (keys) =>
    keys.map((key) => ({ store: store.name, key: keyText(key), value: null })),
  );
}

Object.assign(IDBObjectStore.prototype, {
  put: writing(put),
  add: writing(add),
  delete(this: ObjectStore, query: unknown) {
    gone(this, query);
    return remove.call(this, query);
  },
  clear(this: ObjectStore) {
    gone(this);
    return clear.call(this);
  },
});

const storeOf = ({ source }: Cursor): ObjectStore => ('objectStore' in source ? source.objectStore : source);

Object.assign(IDBCursor.prototype, {
  update(this: Cursor, value: unknown) {
    const request = update.call(this, value);
    const [store, key] = [storeOf(this), this.primaryKey];
    const kept = serialize(value);
    if (isWatched(store)) note(store, request, () => [{ store: store.name, key: keyText(key), value: kept }]);
    return request;
  },
  delete(this: Cursor) {
    const request = removeHere.call(this);
    const [store, key] = [storeOf(this), this.primaryKey];
    if (isWatched(store)) note(store, request, () => [{ store: store.name, key: keyText(key), value: null }]);
    return request;
  },
});
