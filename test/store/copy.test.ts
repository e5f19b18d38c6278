import { afterEach, beforeEach, expect, test } from 'vitest';
import { Client } from '../../src/store/client.ts';
import { contentsOf, copyContents, differences, inSnapshot } from '../../src/store/copy/contents.ts';
import { tablesInOrder } from '../../src/store/copy/tables.ts';
import { freshDatabase } from '../support/postgres.ts';

let from: Client;
let to: Client;
let writer: Client;
let closings: (() => Promise<unknown>)[];
beforeEach(async () => {
  closings = [];
  const [source, target] = [await freshDatabase(), await freshDatabase()];
  [from, to, writer] = [await open(source.url), await open(target.url), await open(source.url)];
  closings.unshift(source.drop, target.drop);
  await writer.query(`insert into people (name, display_name) values ('ada', E'Ä\\t\\\\N'), ('zoë', '')`);
});
afterEach(async () => {
  for (const close of closings.toReversed()) await close();
});

async function open(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  closings.push(() => client.end());
  return client;
}

const names = async (client: Client) =>
  (await client.query<{ name: string }>('select name from people order by id')).rows.map(({ name }) => name);

test('tables come after those that they refer to, each once', async () => {
  const order = (await tablesInOrder(from)).map(({ name }) => name);
  const { rows } = await from.query<{ table: string; refers: string }>(
    `select conrelid::regclass::text as table, confrelid::regclass::text as refers from pg_constraint
     where contype = 'f' and conrelid <> confrelid and connamespace = 'public'::regnamespace`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ table, refers }) => order.indexOf(table) < order.indexOf(refers))).toEqual([]);
  expect(new Set(order).size).toBe(order.length);
  expect(order).not.toContain('_prisma_migrations');
});

test('tables that refer to each other in a circle are refused', async () => {
  await writer.query(`create table one (id int primary key); create table two (id int primary key references one);
    alter table one add foreign key (id) references two`);
  await expect(tablesInOrder(from)).rejects.toThrow('one, two');
});

test('a copy is of one moment, whatever is written meanwhile, and both hold the same', async () => {
  const copied = await inSnapshot(from, async () => {
    await from.query('select 1 from people limit 1');
    await writer.query(`insert into people (name, display_name) values ('late', 'Late')`);
    return copyContents(from, to);
  });
  expect(await names(to)).toEqual(['docket', 'ada', 'zoë']);
  expect(differences(copied, await inSnapshot(to, () => contentsOf(to)))).toEqual([]);
  expect(copied.tables.find(({ table }) => table === 'people')).toMatchObject({ rows: 3 });
  // A sequence is of no moment: it may be ahead, and is never behind.
  await to.query(`insert into people (name, display_name) values ('next', 'Next')`);
});

test('the copy of a large table says how far it is', async () => {
  await writer.query('insert into unannounced (transaction_id) select generate_series(1, 150000)');
  const said: number[] = [];
  await inSnapshot(from, () => copyContents(from, to, (table, rows) => table === 'unannounced' && said.push(rows)));
  expect(said).toEqual([expect.any(Number), 150_000]);
});

test.each([
  ['a row is missing', `delete from people where name = 'ada'`, 'people has 2 rows'],
  ['a letter is another', `update people set display_name = 'A' where name = 'zoë'`, 'people has 3 rows'],
  ['a number would be given twice', `select setval('people_id_seq', 1)`, 'people_id_seq is at 1'],
])('it is found out where %s', async (_, change, difference) => {
  const copied = await inSnapshot(from, () => copyContents(from, to));
  await to.query(change);
  expect(differences(copied, await inSnapshot(to, () => contentsOf(to)))).toEqual([
    expect.stringContaining(difference),
  ]);
});

test('a copy that fails leaves the other database as it was', async () => {
  await to.query(`insert into people (name, display_name) values ('mine', 'Mine')`);
  await to.query(`alter table people add check (name <> 'zoë')`);
  await expect(inSnapshot(from, () => copyContents(from, to))).rejects.toThrow('people');
  expect(await names(to)).toEqual(['docket', 'mine']);
  expect(await names(from)).toEqual(['docket', 'ada', 'zoë']);
});
