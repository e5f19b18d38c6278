import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Store } from '../../src/store/store.ts';
import type { TicketWrite, Unit } from '../../src/store/unit.ts';
import type { Change } from '../../src/ticket/change.ts';
import { text } from '../../src/ticket/text.ts';
import type { PersonId, Ticket, TicketId } from '../../src/ticket/ticket.ts';

export const silent = pino({ level: 'silent' });

export const noon = '2026-11-20T12:00:00.000Z';

/** A ticket that nobody did anything with yet. */
export function newTicket(id: TicketId, given: Partial<Ticket> = {}): Ticket {
  return {
    id,
    version: 1,
    queue: 'noc',
    subject: `Ticket ${id}`,
    subjectSource: 'person',
    status: 'new',
    priority: 50,
    owner: null,
    requestors: [],
    ccs: [],
    adminccs: [],
    due: null,
    next: '',
    resolution: '',
    timeWorked: 0,
    fields: {},
    links: [],
    reminders: [],
    mergedInto: null,
    created: noon,
    started: null,
    resolved: null,
    told: null,
    updated: noon,
    publicUpdated: noon,
    ...given,
  };
}

/** A unit of the given writes. */
export function unitOf(actor: PersonId, tickets: readonly TicketWrite[], given: Partial<Unit> = {}): Unit {
  return {
    inbox: null,
    command: randomUUID(),
    actor,
    via: 'test',
    at: noon,
    tickets,
    taken: [],
    conversations: [],
    feeds: [],
    ...given,
  };
}

/** The write that opens a ticket. */
export function opening(ticket: Ticket, body = ''): TicketWrite {
  const { queue, subject, status, priority, requestors, due } = ticket;
  const create = { queue, subject, status, priority, requestors, due, body: text(body), attachments: [] };
  return { before: null, after: ticket, changes: [{ type: 'create', ...create }] };
}

/** The write that leads from a ticket as it is to one with something else. */
export function changing(before: Ticket, to: Partial<Ticket>, ...changes: Change[]): TicketWrite {
  return { before, after: { ...before, ...to }, changes };
}

export function priority(before: Ticket, to: number): TicketWrite {
  return changing(before, { priority: to }, { type: 'set', field: 'priority', from: before.priority, to });
}

export function comment(words: string): Change {
  return { type: 'comment', text: text(words), attachments: [] };
}

export function reply(words: string): Change {
  return { type: 'reply', text: text(words), attachments: [], byRequestor: false, toldBefore: null };
}

/** Opens a ticket in the store and gives it as it is stored. */
export async function stored(store: Store, actor: PersonId, given: Partial<Ticket> = {}, body = ''): Promise<Ticket> {
  const id = await store.nextTicketId();
  await store.commit(unitOf(actor, [opening(newTicket(id, given), body)]));
  return load(store, id);
}

/** A ticket as it is stored by now. */
export async function load(store: Store, id: TicketId): Promise<Ticket> {
  const ticket = (await store.load([id])).get(id);
  if (ticket === undefined) throw new Error(`There is no ticket ${id}.`);
  return ticket;
}

/** What is in the inbox and not worked to its end, oldest first. */
export async function unfinished(store: Store): Promise<readonly { id: number; payload: unknown }[]> {
  const { rows } = await store.pool.query<{ id: string; payload: unknown }>(
    'select id, payload from inbox where done_at is null order by id',
  );
  return rows.map(({ id, payload }) => ({ id: Number(id), payload }));
}
