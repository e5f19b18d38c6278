import { createHash } from 'node:crypto';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { copyIn, copyOut, quoted, type Table, tablesInOrder } from './tables.ts';

/** What a table holds, so that two can be compared. */
export interface TableContents {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 of the rows in the order of their key, as `COPY` writes them, in hex. */
  readonly checksum: string;
}

/** Where a sequence stands. */
export interface SequenceContents {
  readonly sequence: string;
  /** As digits: a sequence may go beyond what a number holds. */
  readonly last: string;
  readonly called: boolean;
}

/** What a database holds at one moment. */
export interface Contents {
  readonly tables: readonly TableContents[];
  readonly sequences: readonly SequenceContents[];
}

/** The same rows are the same text in every session. */
const asText = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0`;

/**
 * Runs something on a database as it is at one moment, however much is written meanwhile.
 *
 * @param client a connection of its own, outside of any transaction
 */
export async function inSnapshot<T>(client: ClientBase, run: () => Promise<T>): Promise<T> {
  await client.query('begin isolation level repeatable read read only');
  try {
    await client.query(asText);
    return await run();
  } finally {
    await client.query('rollback');
  }
}

/**
 * Copies what the tables of one database hold into those of another, which has the same tables, in one transaction: all of it
 * or nothing. What the other held before is gone. Triggers of Docket's do not fire.
 *
 * @param from within `inSnapshot`
 * @param to as the owner of the tables, outside of any transaction
 * @param copied is called after each table, and now and then while a large one is copied, with the rows so far
 * @returns what was copied
 */
export async function copyContents(
  from: ClientBase,
  to: ClientBase,
  copied: (table: string, rows: number) => void = () => {},
): Promise<Contents> {
  const tables = await tablesInOrder(to);
  const names = tables.map(({ name }) => `public.${quoted(name)}`);
  await to.query('begin');
  try {
    await to.query(asText);
    for (const name of names) await to.query(`alter table ${name} disable trigger user`);
    await to.query(`truncate ${names.join(', ')}`);
    const contents: TableContents[] = [];
    for (const table of tables) {
      const done = await copyTable(from, table, to.query(copyFrom(copyIn(table))), (rows) => copied(table.name, rows));
      contents.push(done);
      copied(table.name, done.rows);
    }
    for (const name of names) await to.query(`alter table ${name} enable trigger user`);
    const sequences = await sequencesOf(from);
    for (const { sequence, last, called } of sequences) {
      await to.query('select setval($1::regclass, $2::bigint, $3)', [`public.${quoted(sequence)}`, last, called]);
    }
    await to.query('commit');
    return { tables: contents, sequences };
  } catch (error) {
    await to.query('rollback');
    throw error;
  }
}

/** What a database holds; within `inSnapshot`. */
export async function contentsOf(client: ClientBase): Promise<Contents> {
  const tables: TableContents[] = [];
  for (const table of await tablesInOrder(client)) {
    tables.push(await copyTable(client, table, new Writable({ write: (_chunk, _encoding, done) => done() })));
  }
  return { tables, sequences: await sequencesOf(client) };
}

/** How many rows are copied between two signs of progress. */
const progressRows = 100_000;

/**
 * Writes the rows of a table to a stream, as `COPY` writes them.
 *
 * @param progress is called with the rows so far after each 100,000
 */
export async function copyTable(
  from: ClientBase,
  table: Table,
  into: Writable,
  progress: (rows: number) => void = () => {},
): Promise<TableContents> {
  const hash = createHash('sha256');
  let copied = 0;
  let next = progressRows;
  const rows = from.query(copyTo(copyOut(table)));
  const summed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      copied += lineEnds(chunk);
      if (copied >= next) {
        progress(copied);
        next = copied + progressRows;
      }
      done(null, chunk);
    },
  });
  await pipeline(rows, summed, into);
  return { table: table.name, rows: rows.rowCount ?? 0, checksum: hash.digest('hex') };
}

/** Each row ends in one: those in texts are written as `\\n`. */
function lineEnds(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++;
  return count;
}

async function sequencesOf(client: ClientBase): Promise<readonly SequenceContents[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
     order by relname collate "C"`,
  );
  const found: SequenceContents[] = [];
  for (const { name } of rows) {
    const { rows: at } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from public.${quoted(name)}`,
    );
    if (at[0] !== undefined) found.push({ sequence: name, ...at[0] });
  }
  return found;
}

/** What differs, in words; empty where two databases hold the same. */
export function differences(expected: Contents, found: Contents): readonly string[] {
  const tables = expected.tables.flatMap((table) => {
    const other = found.tables.find((each) => each.table === table.table);
    if (other?.rows === table.rows && other.checksum === table.checksum) return [];
    return [`${table.table} has ${other?.rows ?? 'no'} rows that are not the ${table.rows} of before`];
  });
  const sequences = expected.sequences.flatMap((sequence) => {
    const other = found.sequences.find((each) => each.sequence === sequence.sequence);
    if (other?.last === sequence.last && other.called === sequence.called) return [];
    return [`${sequence.sequence} is at ${other?.last ?? 'nothing'} and not at ${sequence.last}`];
  });
  return [...tables, ...sequences];
}
