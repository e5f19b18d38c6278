import { history, type Recorded } from '../store/history.ts';
import type { Actor } from '../ticket/actor.ts';
import { ticketRef } from '../ticket/inline.ts';
import type { Refusal } from '../ticket/refusal.ts';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import { notAllowed } from '../ticket/verb-rights.ts';
import { button, pageButtons } from './buttons.ts';
import type { Desk } from './desk.ts';
import { line } from './line.ts';
import { namesFor } from './look.ts';
import { sees, seesComments } from './see.ts';
import { asTheyRead, readingOf } from './told.ts';
import type { HistoryView, LineView } from './view.ts';

/** Lines on a page of a history in chat. */
const pageLength = 20;

/** Which texts a history shows: those that messages have now, or every one that they had. */
export interface HistoryOptions {
  /** Texts as they were first written, and each edit with the text that it brought. For staff alone. */
  readonly originals?: boolean;
}

/**
 * A page of a ticket's history as one reader may see it; the last pages hold the newest, page 0 is the last. Original texts
 * are refused to those who may not see comments.
 */
export async function historyView(
  desk: Desk,
  reader: Actor,
  ticket: Ticket,
  asked: number,
  { originals = false }: HistoryOptions = {},
): Promise<HistoryView | Refusal> {
  const staff = seesComments(desk, reader, ticket);
  if (originals && !staff) return notAllowed('ShowTicketComments', ticket.id);
  const { transactions, page, pages } = await history(desk.store, ticket.id, { staff, page: asked, size: pageLength });
  return {
    view: 'history',
    ticket: ticket.id,
    subject: ticket.subject,
    lines: await historyLines(desk, reader, ticket, transactions, { originals }),
    buttons: [
      ...pageButtons(`history ${ticket.id}${originals ? ' originals' : ''}`, page, pages),
      ...(staff && !originals && hasAmendments(transactions)
        ? [button('Original texts', `history ${ticket.id} originals page ${page}`, { right: 'ShowTicketComments' })]
        : []),
    ],
  };
}

/** Whether a text was edited or deleted in these transactions. */
export function hasAmendments(transactions: readonly Recorded[]): boolean {
  return transactions.some(({ change }) => change.type === 'amend');
}

/** A line for each command of a history, as the reader may see it. */
export async function historyLines(
  desk: Desk,
  reader: Actor,
  ticket: Ticket,
  transactions: readonly Recorded[],
  { originals = false }: HistoryOptions = {},
): Promise<readonly LineView[]> {
  const read = originals ? transactions : await asTheyRead(desk, transactions);
  const seen = await ticketsSeen(desk, reader, read);
  const known = new Set(namesFor(desk.policy, reader).queues);
  const reading = await readingOf(
    desk,
    read.map(({ change }) => change),
    { sees: (id) => id === ticket.id || seen.has(id), knows: (queue) => queue === ticket.queue || known.has(queue) },
    read.map(({ actor }) => actor),
  );
  return byCommand(read).map((told) => {
    const drawn = line(ticket, told, reading, told[0].ticket === ticket.id ? [] : [' · ', ticketRef(told[0].ticket)]);
    const edits = told.flatMap(({ change }) => (originals && change.type === 'amend' ? (change.text ?? []) : []));
    return edits.length === 0 ? drawn : { ...drawn, body: [...drawn.body, ...edits] };
  });
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
