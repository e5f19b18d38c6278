import { deserialize, serialize } from 'node:v8';
import { indexedDB, type KeyPath, type ObjectStore, outcome } from './indexed-db.ts';

/** What a database looks like, without what is in it. */
export interface Shape {
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly indexes: readonly {
      readonly name: string;
      readonly keyPath: KeyPath;
      readonly unique: boolean;
      readonly multiEntry: boolean;
    }[];
  }[];
}

/** A record, its value as bytes: V8's serialization is the structured clone that IndexedDB itself keeps. */
export interface DatabaseRecord {
  readonly store: string;
  readonly key: string;
  readonly value: Uint8Array;
}

/** Makes a database as it once was. */
export async function createDatabase(name: string, shape: Shape, records: readonly DatabaseRecord[]): Promise<void> {
  const request = indexedDB.open(name, shape.version);
  request.onupgradeneeded = () => {
    const stores = new Map(shape.stores.map(({ name }) => [name, request.result.createObjectStore(name)]));
    for (const { name, indexes } of shape.stores) {
      for (const { name: index, keyPath, ...how } of indexes) stores.get(name)?.createIndex(index, keyPath, how);
    }
    for (const { store, key, value } of records) stores.get(store)?.put(deserialize(value), key);
  };
  (await outcome(request)).close();
}

/** What a database looks like and all that is in it, as one moment shows it. */
export async function readDatabase(
  name: string,
): Promise<{ readonly shape: Shape; readonly records: DatabaseRecord[] }> {
  const database = await outcome(indexedDB.open(name));
  try {
    const names = [...database.objectStoreNames];
    const transaction = database.transaction(names);
    const stores = names.map((store) => transaction.objectStore(store));
    const read = await Promise.all(stores.map(readStore));
    return { shape: { version: database.version, stores: stores.map(shapeOf) }, records: read.flat() };
  } finally {
    database.close();
  }
}

async function readStore(store: ObjectStore): Promise<DatabaseRecord[]> {
  const [keys, values] = await Promise.all([outcome(store.getAllKeys()), outcome(store.getAll())]);
  return keys.map((key, index) => ({ store: store.name, key: keyText(key), value: serialize(values[index]) }));
}

function shapeOf(store: ObjectStore): Shape['stores'][number] {
  const indexes = [...store.indexNames].map((name) => {
    const { keyPath, unique, multiEntry } = store.index(name);
    return { name, keyPath, unique, multiEntry };
  });
  return { name: store.name, indexes };
}

/** The databases whose names begin so. */
export async function databaseNames(prefix: string): Promise<readonly string[]> {
  return (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith(prefix));
}

/**
 * The encryption's records all have texts for keys, which stand beside them.
 *
 * @throws Error where that is no longer so: then what keeps them has to learn it
 */
export function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  throw new Error('The store of the encryption has come to use keys that are no texts');
}
