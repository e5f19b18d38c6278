import type { Change, Transaction } from '../ticket/change.ts';
import type { TicketId } from '../ticket/ticket.ts';
import { type Database, rows } from './pool.ts';

/** A transaction, with whether only staff may see it. */
export interface Recorded extends Transaction {
  readonly staffOnly: boolean;
}

/** The columns of a transaction, for statements on `transactions x`. */
export const transactionColumns =
  'x.id, x.ticket_id as ticket, x.at, x.actor_id as actor, x.command, x.via, x.change, x.staff_only as "staffOnly"';

/** Whose history is asked for: a ticket's own, and that of those that were merged into it. */
const ofTicket = `x.ticket_id in (
  select coalesce(t.merged_into, t.id) from tickets t where t.id = $1
  union select m.id from tickets t join tickets m on m.merged_into = coalesce(t.merged_into, t.id) where t.id = $1
)`;

/**
 * A page of a ticket's history, oldest first, with that of the tickets that were merged into it.
 *
 * @param staff whether the reader may see comments; without it they are left out, and do not count
 * @param page from 1; the last pages hold the newest. 0 gives the last one
 */
export async function history(
  db: Database,
  ticket: TicketId,
  { staff, page, size }: { staff: boolean; page: number; size: number },
): Promise<{ readonly transactions: readonly Recorded[]; readonly page: number; readonly pages: number }> {
  const [counted] = await rows<{ count: number }>(
    db,
    `select count(*) from transactions x where ${ofTicket} and ($2 or not x.staff_only)`,
    [ticket, staff],
  );
  const pages = Math.max(1, Math.ceil((counted?.count ?? 0) / size));
  const shown = page < 1 || page > pages ? pages : page;
  const transactions = await rows<Recorded>(
    db,
    `select ${transactionColumns} from transactions x where ${ofTicket} and ($2 or not x.staff_only)
     order by x.id offset $3 limit $4`,
    [ticket, staff, (shown - 1) * size, size],
  );
  return { transactions, page: shown, pages };
}

/**
 * The newest part of a ticket's history, oldest first, with that of the tickets that were merged into it. What one command
 * made is not torn apart.
 *
 * @param before only what is older than the part that gave this; null for the newest
 * @param size about how many transactions
 * @returns with the `before` of the next older part; null where there is none
 */
export async function historyBefore(
  db: Database,
  ticket: TicketId,
  { staff, before, size }: { staff: boolean; before: number | null; size: number },
): Promise<{ readonly transactions: readonly Recorded[]; readonly before: number | null }> {
  const newest = await rows<Recorded>(
    db,
    `select ${transactionColumns} from transactions x where ${ofTicket} and ($2 or not x.staff_only)
       and ($3::bigint is null or x.id < $3 and x.command is distinct from (select command from transactions where id = $3))
     order by x.id desc limit $4`,
    [ticket, staff, before, size],
  );
  const oldest = newest.at(-1);
  if (oldest === undefined || newest.length < size) return { transactions: newest.reverse(), before: null };
  const rest = await rows<Recorded>(
    db,
    `select ${transactionColumns} from transactions x where ${ofTicket} and ($2 or not x.staff_only)
       and x.id < $3 and x.command = $4 order by x.id desc`,
    [ticket, staff, oldest.id, oldest.command],
  );
  const [older] = await rows<{ there: boolean }>(
    db,
    `select exists (select from transactions x where ${ofTicket} and ($2 or not x.staff_only)
       and x.id < $3 and x.command <> $4) as there`,
    [ticket, staff, oldest.id, oldest.command],
  );
  return { transactions: [...newest, ...rest].reverse(), before: older?.there === true ? oldest.id : null };
}

/** The transactions of a ticket, and of those that were merged into it, with which a file came. */
export async function transactionsWithFile(
  db: Database,
  ticket: TicketId,
  { staff, file }: { staff: boolean; file: string },
): Promise<readonly Recorded[]> {
  return rows(
    db,
    `select ${transactionColumns} from transactions x where ${ofTicket} and ($2 or not x.staff_only)
       and x.change -> 'attachments' @> jsonb_build_array(jsonb_build_object('id', $3::text)) order by x.id`,
    [ticket, staff, file],
  );
}

/** The newest transactions of a ticket itself, oldest first. */
export async function lastTransactions(db: Database, ticket: TicketId, count: number): Promise<readonly Recorded[]> {
  const newest = await rows<Recorded>(
    db,
    `select ${transactionColumns} from transactions x where x.ticket_id = $1 order by x.id desc limit $2`,
    [ticket, count],
  );
  return newest.reverse();
}

/** The first transaction of a ticket: what opened it. */
export async function opening(
  db: Database,
  ticket: TicketId,
): Promise<(Transaction & { readonly change: Change & { type: 'create' } }) | null> {
  const [first] = await rows<Transaction>(
    db,
    `select ${transactionColumns} from transactions x where x.ticket_id = $1 order by x.id limit 1`,
    [ticket],
  );
  if (first === undefined || first.change.type !== 'create') return null;
  return { ...first, change: first.change };
}

/** Transactions by their numbers, in their order. */
export async function transactionsById(db: Database, ids: readonly number[]): Promise<readonly Recorded[]> {
  return rows(db, `select ${transactionColumns} from transactions x where x.id = any($1::bigint[]) order by x.id`, [
    ids,
  ]);
}

/**
 * What the texts of these transactions read by now, where their messages were edited or deleted on their platform:
 * the last word on each.
 */
export async function amendments(
  db: Database,
  of: readonly number[],
): Promise<ReadonlyMap<number, Change & { type: 'amend' }>> {
  const found = await rows<{ of: number; change: Change & { type: 'amend' } }>(
    db,
    `select distinct on (x.amends) x.amends as of, x.change from transactions x
     where x.amends = any($1::bigint[]) order by x.amends, x.id desc`,
    [of],
  );
  return new Map(found.map(({ of, change }) => [of, change]));
}
