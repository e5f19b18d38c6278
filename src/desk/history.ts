import { history, type Recorded } from '../store/history.ts';
import type { Actor } from '../ticket/actor.ts';
import { ticketRef } from '../ticket/inline.ts';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import { pageButtons } from './buttons.ts';
import type { Desk } from './desk.ts';
import { line } from './line.ts';
import { namesFor } from './look.ts';
import { sees, seesComments } from './see.ts';
import { asTheyRead, readingOf } from './told.ts';
import type { HistoryView, LineView } from './view.ts';

/** Lines on a page of a history in chat. */
const pageLength = 20;

/** A page of a ticket's history as one reader may see it; the last pages hold the newest, page 0 is the last. */
export async function historyView(desk: Desk, reader: Actor, ticket: Ticket, asked: number): Promise<HistoryView> {
  const staff = seesComments(desk, reader, ticket);
  const { transactions, page, pages } = await history(desk.store, ticket.id, { staff, page: asked, size: pageLength });
  return {
    view: 'history',
    ticket: ticket.id,
    subject: ticket.subject,
    lines: await historyLines(desk, reader, ticket, transactions),
    buttons: pageButtons(`history ${ticket.id}`, page, pages),
  };
}

/** A line for each command of a history, as the reader may see it. */
export async function historyLines(
  desk: Desk,
  reader: Actor,
  ticket: Ticket,
  transactions: readonly Recorded[],
): Promise<readonly LineView[]> {
  const read = await asTheyRead(desk, transactions);
  const seen = await ticketsSeen(desk, reader, read);
  const known = new Set(namesFor(desk.policy, reader).queues);
  const reading = await readingOf(
    desk,
    read.map(({ change }) => change),
    { sees: (id) => id === ticket.id || seen.has(id), knows: (queue) => queue === ticket.queue || known.has(queue) },
    read.map(({ actor }) => actor),
  );
  return byCommand(read).map((told) =>
    line(ticket, told, reading, told[0].ticket === ticket.id ? [] : [' · ', ticketRef(told[0].ticket)]),
  );
}

/** Transactions that one command made together, in their order. */
export function byCommand<T extends Recorded>(transactions: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const commands = new Map<string, [T, ...T[]]>();
  for (const transaction of transactions) {
    const key = `${transaction.command} ${transaction.ticket}`;
    const others = commands.get(key);
    if (others === undefined) commands.set(key, [transaction]);
    else others.push(transaction);
  }
  return [...commands.values()];
}

/** Which of the other tickets that a history names the reader may see. */
async function ticketsSeen(
  desk: Desk,
  reader: Actor,
  transactions: readonly Recorded[],
): Promise<ReadonlySet<TicketId>> {
  const named = new Set(transactions.flatMap(({ change }) => ('ticket' in change ? [change.ticket] : [])));
  const loaded = await desk.store.load([...named]);
  return new Set([...named].filter((id) => sees(desk, reader, loaded.get(id))));
}
