import type { MatrixKeys } from './matrix-keys.ts';
import type { Memory } from './memory.ts';
import { type Database, rows } from './pool.ts';
import { isSealed, openSecrets, type Secrets } from './secrets.ts';

/**
 * Opens the secrets when they are first needed, and seals what is still kept in clear. Where that fails, the next call tries
 * again: a key that was put back is found without a restart.
 *
 * @param key of the environment; null: that of the data folder
 * @returns what opens them; it rejects with SecretsClosed where the key is wrong or missing
 */
export function lazySecrets(db: Database, key: Uint8Array | null, folder: string): () => Promise<Secrets> {
  let opening: Promise<Secrets> | null = null;
  const open = async () => {
    const secrets = await openSecrets(db, key, folder);
    await sealClear(db, secrets);
    return secrets;
  };
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
}

/** The keys of devices, sealed in the database. */
export function sealedKeys(keys: MatrixKeys, open: () => Promise<Secrets>): MatrixKeys {
  return {
    async hold(device) {
      const secrets = await open();
      const { records, write } = await keys.hold(device);
      return {
        records: records.map((record) => ({
          ...record,
          value: secrets.open(record.value, keyContext(device, record)),
        })),
        write: (changes) =>
          write(
            changes.map((change) => ({
              ...change,
              value: change.value === null ? null : secrets.seal(change.value, keyContext(device, change)),
            })),
          ),
      };
    },
  };
}

/** A memory in which what is kept under these names is sealed. */
export function sealedMemory(
  memory: Memory,
  open: () => Promise<Secrets>,
  isSecret: (name: string) => boolean,
): Memory {
  return {
    load: async (name) => {
      const value = await memory.load(name);
      return isSecret(name) && typeof value === 'string' ? opened(value, name, await open()) : value;
    },
    save: async (name, value) => memory.save(name, isSecret(name) ? sealedText(value, name, await open()) : value),
  };
}

/** Names of what a Matrix session is kept under: it holds the access token. */
export const isMatrixSession = (name: string): boolean => name.startsWith(sessionPrefix);
const sessionPrefix = 'matrix session ';

/** Rows that are sealed at a time. */
const page = 500;

/**
 * Seals what an earlier version of Docket kept in clear: keys of Matrix devices and access tokens. A row that changes
 * meanwhile is left for the next look.
 *
 * @returns how many rows were sealed
 */
export async function sealClear(db: Database, secrets: Secrets): Promise<number> {
  let sealed = 0;
  for (let last: KeyRow | undefined; ; ) {
    const found: readonly KeyRow[] = await rows<KeyRow>(db, clearKeys, [
      ...[last?.device ?? '', last?.store ?? '', last?.key ?? ''],
      page,
    ]);
    for (const row of found) {
      if (isSealed(row.value)) continue;
      await rows(db, sealKey, [
        ...[row.device, row.store, row.key, row.value],
        secrets.seal(row.value, keyContext(row.device, row)),
      ]);
      sealed += 1;
    }
    last = found.at(-1);
    if (found.length < page) break;
  }
  const sessions = await rows<{ name: string; value: unknown }>(
    db,
    `select name, value from connector_memory where starts_with(name, $1) and jsonb_typeof(value) <> 'string'`,
    [sessionPrefix],
  );
  for (const { name, value } of sessions) {
    const text = JSON.stringify(sealedText(value, name, secrets));
    await rows(db, 'update connector_memory set value = $2 where name = $1 and value = $3', [
      ...[name, text],
      JSON.stringify(value),
    ]);
    sealed += 1;
  }
  return sealed;
}

interface KeyRow {
  readonly device: string;
  readonly store: string;
  readonly key: string;
  readonly value: Uint8Array;
}

const clearKeys = `
select device, store, key, value from matrix_keys where (device, store, key) > ($1, $2, $3)
order by device, store, key limit $4`;

const sealKey = `
update matrix_keys set value = $5 where device = $1 and store = $2 and key = $3 and value = $4`;

function keyContext(device: string, { store, key }: { readonly store: string; readonly key: string }): string {
  return JSON.stringify(['matrix_keys', device, store, key]);
}

function sealedText(value: unknown, name: string, secrets: Secrets): string {
  return secrets.seal(Buffer.from(JSON.stringify(value)), name).toString('base64');
}

function opened(text: string, name: string, secrets: Secrets): unknown {
  return JSON.parse(Buffer.from(secrets.open(Buffer.from(text, 'base64'), name)).toString('utf8'));
}
