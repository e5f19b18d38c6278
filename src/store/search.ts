import type { Cursor, Order, Search } from '../ticket/search.ts';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import { loadTickets } from './load.ts';
import { type Database, readingRows } from './pool.ts';
import { condition, escaped, type Reader, updatedFor, Values, visible } from './search-sql.ts';

export interface SearchRequest extends Reader {
  readonly search: Search;
  readonly order: Order;
  readonly limit: number;
  readonly offset: number;
  /** The row that the page follows or precedes; `offset` counts from there, and is 0 then. */
  readonly cursor?: Cursor | null;
}

/** A page of a list. */
export interface SearchPage {
  readonly tickets: readonly Ticket[];
  /** How many tickets the search finds in all. */
  readonly total: number;
  /** The pages beside this one; null where there is none. */
  readonly previous: Cursor | null;
  readonly next: Cursor | null;
}

/** A column that lists are sorted by, as a whole number, so that a cursor can hold it whatever its type. */
interface SortKey {
  readonly sql: string;
  readonly descending: boolean;
}

const number = (column: string, descending = false): SortKey => ({ sql: `t.${column}::bigint`, descending });
/** Microseconds since 1970, exactly; no moment at all comes last. */
const moment = (sql: string, descending = false): SortKey => ({
  sql: `coalesce((extract(epoch from ${sql}) * 1000000)::bigint, 9223372036854775807)`,
  descending,
});

const orders: Readonly<Record<Exclude<Order, 'updated'>, readonly SortKey[]>> = {
  priority: [number('priority', true), moment('t.due'), number('id')],
  created: [moment('t.created', true), number('id', true)],
  due: [moment('t.due'), number('priority', true), number('id')],
  id: [number('id', true)],
};

/**
 * A page of the tickets that a search finds, and how many there are in all. Merged tickets are never found. By a cursor
 * nothing is skipped or shown twice while tickets enter and leave the list; one that does not fit the order is not heeded.
 */
export async function search(db: Database, request: SearchRequest): Promise<SearchPage> {
  const values = new Values();
  const keys =
    request.order === 'updated'
      ? [moment(updatedFor(request, values), true), number('id', true)]
      : orders[request.order];
  const cursor = request.cursor?.key.length === keys.length ? request.cursor : null;
  const back = cursor?.side === 'before';
  const where = `t.merged_into is null and ${visible(request, values)} and ${condition(request.search, request, values)}`;
  const columns = keys.map(({ sql }, index) => `${sql} as k${index}`).join(', ');
  const sorted = (reverse: boolean) =>
    keys.map(({ descending }, index) => `k${index}${descending === reverse ? '' : ' desc'}`).join(', ');
  const beyond = cursor === null ? 'true' : beside(keys, cursor, values);
  // One row more than is shown tells whether there is a page behind it.
  const page = `limit ${values.add(request.limit + 1, 'int')} offset ${values.add(request.offset, 'int')}`;
  const [found] = await readingRows<{ total: number; page: readonly { id: TicketId; key: readonly string[] }[] }>(
    db,
    `with found as (select t.id, ${columns} from tickets t where ${where})
     select (select count(*) from found) as total, (
       select coalesce(json_agg(json_build_object('id', id, 'key', key)), '[]') from (
         select id, array[${keys.map((_, index) => `k${index}::text`).join(', ')}] as key
         from found where ${beyond} order by ${sorted(back)} ${page}
       ) page
     ) as page`,
    values.all,
  );
  const more = (found?.page.length ?? 0) > request.limit;
  const shown = (found?.page ?? []).slice(0, request.limit);
  // Turned back to the very beginning: that is the first page, however few of its rows lie before the cursor.
  if (back && !more) return search(db, { ...request, cursor: null, offset: 0 });
  const inOrder = back ? shown.toReversed() : shown;
  const tickets = await loadTickets(
    db,
    inOrder.map(({ id }) => id),
  );
  const at = (side: Cursor['side'], row: (typeof shown)[number] | undefined): Cursor | null =>
    row === undefined ? cursor && { ...cursor, side } : { side, key: row.key.map(BigInt) };
  return {
    total: found?.total ?? 0,
    tickets: inOrder.flatMap(({ id }) => tickets.get(id) ?? []),
    previous: back || cursor !== null || request.offset > 0 ? at('before', inOrder[0]) : null,
    next: back || more ? at('after', inOrder.at(-1)) : null,
  };
}

/** Whether a row lies on the cursor's side of its own: greater in the first column in which they differ. */
function beside(keys: readonly SortKey[], { side, key }: Cursor, values: Values): string {
  const given = key.map((part) => values.add(`${part}`, 'bigint'));
  const alternatives = keys.map(({ descending }, index) => {
    const equal = given.slice(0, index).map((value, column) => `k${column} = ${value}`);
    const sign = (side === 'after') === descending ? '<' : '>';
    return `(${[...equal, `k${index} ${sign} ${given[index]}`].join(' and ')})`;
  });
  return `(${alternatives.join(' or ')})`;
}

/** How many tickets there are in each status of each queue: RT's quick search. */
export async function countByQueueAndStatus(
  db: Database,
  who: Reader,
): Promise<readonly { readonly queue: string; readonly status: string; readonly count: number }[]> {
  const values = new Values();
  return readingRows(
    db,
    `select t.queue, t.status, count(*) from tickets t
     where t.merged_into is null and ${visible(who, values)} group by t.queue, t.status`,
    values.all,
  );
}

/** For autocompletion: tickets whose number begins with what was typed, or whose subject has its words. Newest first. */
export async function suggestTickets(
  db: Database,
  { typed, limit, ...who }: Reader & { readonly typed: string; readonly limit: number },
): Promise<
  readonly { readonly id: TicketId; readonly subject: string; readonly queue: string; readonly status: string }[]
> {
  const values = new Values();
  const bare = typed.replace(/^#/, '').trim();
  const matches = /^\d*$/.test(bare)
    ? `t.id::text like ${values.add(`${bare}%`, 'text')}`
    : bare
        .split(/\s+/)
        .map((word) => `t.subject ilike ${values.add(`%${escaped(word)}%`, 'text')}`)
        .join(' and ');
  return readingRows(
    db,
    `select t.id, t.subject, t.queue, t.status from tickets t
     where t.merged_into is null and ${visible(who, values)} and ${matches}
     order by t.resolved is not null, ${updatedFor(who, values)} desc limit ${values.add(limit, 'int')}`,
    values.all,
  );
}
