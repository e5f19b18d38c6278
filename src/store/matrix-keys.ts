import { randomUUID } from 'node:crypto';
import { type Database, rows, type Statement } from './pool.ts';

/** One record of a device's encryption. */
export interface MatrixKey {
  readonly store: string;
  readonly key: string;
  readonly value: Uint8Array;
}

/** A record that is new, has another value, or (null) is gone. Of each record there is one at most in a change. */
export type MatrixKeyChange = Omit<MatrixKey, 'value'> & { readonly value: Uint8Array | null };

/** The records of a device, as long as nobody else took hold of it. */
export interface HeldMatrixKeys {
  /** All records, as they were when the device was taken hold of. */
  readonly records: readonly MatrixKey[];
  /**
   * Writes all of these or none.
   *
   * @throws Error where another process took hold of the device since: what it has is newer, and two that go on with
   *   the same keys would make each other's messages unreadable
   */
  write(changes: readonly MatrixKeyChange[]): Promise<void>;
}

/** What Docket's devices in Matrix keep. */
export interface MatrixKeys {
  /** Takes hold of a device (`@docket:example.org/ABCDEF`); whoever had it can write no more. */
  hold(device: string): Promise<HeldMatrixKeys>;
}

export function matrixKeys(db: Database): MatrixKeys {
  return {
    async hold(device) {
      const holder = randomUUID();
      await rows(db, holdStatement, [device, holder]);
      const records = await rows<MatrixKey>(db, 'select store, key, value from matrix_keys where device = $1', [
        device,
      ]);
      const write = (changes: readonly MatrixKeyChange[]) => writeKeys(db, device, holder, changes);
      return { records, write };
    },
  };
}

async function writeKeys(
  db: Database,
  device: string,
  holder: string,
  changes: readonly MatrixKeyChange[],
): Promise<void> {
  const [held] = await rows(db, writeStatement, [
    device,
    holder,
    changes.map(({ store }) => store),
    changes.map(({ key }) => key),
    changes.map(({ value }) => value),
  ]);
  if (held === undefined) throw new Error(`Another process uses the Matrix device ${device} now`);
}

const holdStatement = `
insert into matrix_devices (device, holder) values ($1, $2) on conflict (device) do update set holder = excluded.holder`;

const writeStatement: Statement = {
  name: 'write_matrix_keys',
  text: `
with held as materialized (
  select device from matrix_devices where device = $1 and holder = $2::uuid for share
), change as materialized (
  select held.device, c.* from held, unnest($3::text[], $4::text[], $5::bytea[]) as c (store, key, value)
), gone as (
  delete from matrix_keys k using change c
  where c.value is null and k.device = c.device and k.store = c.store and k.key = c.key
), kept as (
  insert into matrix_keys (device, store, key, value) select * from change where value is not null
  on conflict (device, store, key) do update set value = excluded.value
)
select device from held`,
};
