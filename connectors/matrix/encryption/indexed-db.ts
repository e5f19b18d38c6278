// Puts `indexedDB` and its classes in Node's global names: the WebAssembly looks for them there.
import 'fake-indexeddb/auto';

/** What is used here of IndexedDB (w3.org/TR/IndexedDB): TypeScript knows it along with all of a browser alone. */
export interface Request<Result> {
  readonly result: Result;
  readonly error: Error | null;
  onupgradeneeded: (() => void) | null;
  addEventListener(type: 'success' | 'error' | 'blocked', listener: () => void): void;
}

export interface ObjectStore {
  readonly name: string;
  readonly keyPath: unknown;
  readonly autoIncrement: boolean;
  readonly indexNames: Iterable<string>;
  readonly transaction: Transaction;
  index(name: string): Index;
  createIndex(name: string, keyPath: KeyPath, options: { unique: boolean; multiEntry: boolean }): Index;
  put(value: unknown, key?: unknown): Request<unknown>;
  add(value: unknown, key?: unknown): Request<unknown>;
  delete(query: unknown): Request<undefined>;
  clear(): Request<undefined>;
  getAll(): Request<unknown[]>;
  openCursor(query: unknown): Request<Cursor | null>;
  getAllKeys(query?: unknown): Request<unknown[]>;
}

export type KeyPath = string | string[];

export interface Index {
  readonly keyPath: KeyPath;
  readonly unique: boolean;
  readonly multiEntry: boolean;
  readonly objectStore: ObjectStore;
}

export interface Cursor {
  readonly source: ObjectStore | Index;
  readonly primaryKey: unknown;
  update(value: unknown): Request<unknown>;
  delete(): Request<undefined>;
}

export interface Transaction {
  readonly db: Database;
  objectStore(name: string): ObjectStore;
  abort(): void;
  addEventListener(type: 'complete' | 'abort', listener: () => void): void;
}

export interface Database {
  readonly name: string;
  readonly version: number;
  readonly objectStoreNames: Iterable<string>;
  createObjectStore(name: string): ObjectStore;
  transaction(stores: Iterable<string>, mode?: 'readwrite'): Transaction;
  close(): void;
}

interface Names {
  readonly indexedDB: {
    open(name: string, version?: number): Request<Database>;
    deleteDatabase(name: string): Request<undefined>;
    databases(): Promise<{ readonly name: string }[]>;
  };
  readonly IDBObjectStore: { readonly prototype: ObjectStore };
  readonly IDBCursor: { readonly prototype: Cursor };
}

export const { indexedDB, IDBObjectStore, IDBCursor } = globalThis as unknown as Names;

/** What a request comes to. */
export function outcome<Result>(request: Request<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
