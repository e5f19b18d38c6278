import type { Order, Search } from '../ticket/search.ts';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import { loadTickets } from './load.ts';
import { type Database, readingRows } from './pool.ts';
import { condition, escaped, type Reader, Values, visible } from './search-sql.ts';

export interface SearchRequest extends Reader {
  readonly search: Search;
  readonly order: Order;
  readonly limit: number;
  readonly offset: number;
}

const orders: Readonly<Record<Order, string>> = {
  priority: 't.priority desc, t.due nulls last, t.id',
  created: 't.created desc, t.id desc',
  updated: 't.updated desc, t.id desc',
  due: 't.due nulls last, t.priority desc, t.id',
  id: 't.id desc',
};

/** A page of the tickets that a search finds, and how many there are in all. Merged tickets are never found. */
export async function search(
  db: Database,
  request: SearchRequest,
): Promise<{ readonly tickets: readonly Ticket[]; readonly total: number }> {
  const values = new Values();
  const where = `t.merged_into is null and ${visible(request, values)} and ${condition(request.search, request, values)}`;
  const page = `limit ${values.add(request.limit, 'int')} offset ${values.add(request.offset, 'int')}`;
  const [found] = await readingRows<{ total: number; ids: readonly TicketId[] }>(
    db,
    `with found as (select t.id, row_number() over (order by ${orders[request.order]}) as nth from tickets t where ${where})
     select (select count(*) from found) as total,
       (select coalesce(json_agg(id order by nth), '[]') from (select * from found order by nth ${page}) page) as ids`,
    values.all,
  );
  const tickets = await loadTickets(db, found?.ids ?? []);
  return { total: found?.total ?? 0, tickets: (found?.ids ?? []).flatMap((id) => tickets.get(id) ?? []) };
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
     order by t.resolved is not null, t.updated desc limit ${values.add(limit, 'int')}`,
    values.all,
  );
}
