import { attachment, attachmentPieces } from '../store/attachments.ts';
import { historyBefore, transactionsWithFile } from '../store/history.ts';
import { actor } from '../store/people.ts';
import { countByQueueAndStatus, search } from '../store/search.ts';
import type { Actor } from '../ticket/actor.ts';
import { lifecycleOf } from '../ticket/lifecycle.ts';
import type { Right, StatusKind } from '../ticket/policy.ts';
import type { PersonId, TicketId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import { hasAmendments, historyLines } from './history.ts';
import { list } from './list.ts';
import { namesFor } from './look.ts';
import { cardForReader, rightsOn, seenTicket, seesComments } from './see.ts';
import type { CardView, LineView, ListView } from './view.ts';

/** Tickets that the board shows of one queue and status. */
const boardRows = 50;
/** Transactions on a ticket's page: each may hold 20,000 characters. */
const pageTransactions = 50;

/** What the pages ask of the desk. Every answer holds only what the viewer may see. */
export interface Reads {
  /** The board, narrowed to one queue or one status where these are given. Unknown names give an empty board. */
  board(viewer: PersonId, only: { queue: string | null; status: string | null }): Promise<BoardData>;
  /**
   * A ticket with the newest of its history, or what is older than `before`, which an answer has given; the number that it goes on under when it was merged into another; null when there
   * is none, and when the viewer may not see it.
   */
  ticket(
    viewer: PersonId,
    ticket: TicketId,
    part?: { readonly before?: number | null; readonly originals?: boolean },
  ): Promise<TicketData | { readonly mergedInto: TicketId } | null>;
  /** A file of a ticket's history; null when there is none that the viewer may see. */
  file(viewer: PersonId, ticket: TicketId, attachment: string): Promise<FileData | null>;
}

/** RT's quick search, and below it the tickets. */
export interface BoardData {
  readonly queues: readonly {
    readonly name: string;
    readonly description: string;
    /** In the order of the lifecycle; statuses without a ticket count 0. */
    readonly counts: readonly { readonly status: string; readonly kind: StatusKind; readonly count: number }[];
  }[];
  /** Tickets by queue and status, the most urgent first; groups without a ticket are left out. */
  readonly groups: readonly {
    readonly queue: string;
    readonly status: string;
    readonly kind: StatusKind;
    /** All there are; `rows` may hold only the first of them. */
    readonly total: number;
    readonly rows: ListView['rows'];
  }[];
}

export interface TicketData {
  readonly card: CardView;
  readonly rights: ReadonlySet<Right>;
  /** Oldest first. */
  readonly history: readonly LineView[];
  /** The `before` of what is older; null where that is all. */
  readonly older: number | null;
  /** Whether the texts are shown as they were before they were edited; null where none was, or the viewer may not see them. */
  readonly originals: 'shown' | 'hidden' | null;
}

export interface FileData {
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Its bytes, read as they are asked for. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** The pages' questions, answered by the desk. */
export function createReads(desk: Desk): Reads {
  return {
    board: async (viewer, only) => board(desk, await actor(desk.store, viewer), only),
    ticket: async (viewer, id, { before = null, originals = false } = {}) =>
      ticketPage(desk, await actor(desk.store, viewer), id, before, originals),
    file: async (viewer, id, file) => ticketFile(desk, await actor(desk.store, viewer), id, file),
  };
}

async function board(
  desk: Desk,
  viewer: Actor,
  only: { queue: string | null; status: string | null },
): Promise<BoardData> {
  const counted = await countByQueueAndStatus(desk.store, { reader: viewer, policy: desk.policy });
  const countOf = (queue: string, status: string) =>
    counted.find((each) => each.queue === queue && each.status === status)?.count ?? 0;
  const known = new Set([...namesFor(desk.policy, viewer).queues, ...counted.map(({ queue }) => queue)]);
  const queues = [...known].flatMap((name) => {
    const queue = desk.policy.queues.get(name);
    const statuses = lifecycleOf(desk.policy, name)?.statuses ?? [];
    if (queue === undefined) return [];
    const counts = statuses.map(({ name: status, kind }) => ({ status, kind, count: countOf(name, status) }));
    return [{ name, description: queue.description, counts }];
  });
  const groups = queues
    .filter(({ name }) => only.queue === null || name === only.queue)
    .flatMap(({ name, counts }) => counts.map((count) => ({ queue: name, ...count })))
    .filter(
      ({ status, kind, count }) => count > 0 && (only.status === null ? kind !== 'inactive' : status === only.status),
    );
  return { queues, groups: await Promise.all(groups.map((group) => boardGroup(desk, viewer, group))) };
}

async function boardGroup(
  desk: Desk,
  viewer: Actor,
  { queue, status, kind }: { queue: string; status: string; kind: StatusKind },
): Promise<BoardData['groups'][number]> {
  const found = await search(desk.store, {
    search: {
      all: [
        { field: 'queue', is: '=', value: queue },
        { field: 'status', is: '=', value: status },
      ],
    },
    reader: viewer,
    policy: desk.policy,
    order: 'priority',
    limit: boardRows,
    offset: 0,
  });
  await desk.directory.learn(found.tickets.flatMap(({ owner }) => (owner === null ? [] : [owner])));
  const { rows, total } = list(found, { title: '', line: '', hint: '' }, desk.policy, desk.directory.names);
  return { queue, status, kind, total, rows };
}

async function ticketPage(
  desk: Desk,
  viewer: Actor,
  id: TicketId,
  before: number | null,
  originals: boolean,
): Promise<Awaited<ReturnType<Reads['ticket']>>> {
  const ticket = await seenTicket(desk, viewer, id);
  if (ticket === null) return null;
  if (ticket.id !== id) return { mergedInto: ticket.id };
  const staff = seesComments(desk, viewer, ticket);
  const shows = originals && staff;
  const part = await historyBefore(desk.store, id, { staff, before, size: pageTransactions });
  return {
    card: await cardForReader(desk, viewer, ticket),
    rights: rightsOn(desk, viewer, ticket),
    history: await historyLines(desk, viewer, ticket, part.transactions, { originals: shows }),
    originals: staff && hasAmendments(part.transactions) ? (shows ? 'shown' : 'hidden') : null,
    older: part.before,
  };
}

/** A file is as visible as the line of the history that it came with. */
async function ticketFile(desk: Desk, viewer: Actor, id: TicketId, file: string): Promise<FileData | null> {
  const ticket = await seenTicket(desk, viewer, id);
  if (ticket === null || ticket.id !== id) return null;
  const staff = seesComments(desk, viewer, ticket);
  // Staff also see what was deleted since, beside the original texts.
  const transactions = await transactionsWithFile(desk.store, id, { staff, file });
  const lines = await historyLines(desk, viewer, ticket, transactions, { originals: staff });
  if (!lines.some(({ attachments }) => attachments.some((each) => each.id === file))) return null;
  const found = await attachment(desk.store, file);
  return found === null ? null : { ...found, pieces: attachmentPieces(desk.store, file) };
}
