import { isDeepStrictEqual } from 'node:util';
import { staffOnly } from '../ticket/audience.ts';
import type { Change } from '../ticket/change.ts';
import { plain } from '../ticket/text.ts';
import { type Ticket, type TicketId, watcherRoles, watchers } from '../ticket/ticket.ts';
import type { FeedWrite, TicketWrite, Unit } from './unit.ts';

/** The rows of one batch of units. `n` is the unit's place in the batch; a row is written only if its unit is. */
export type Rows = ReturnType<typeof rowsOf>;

/** The rows that lead from what the tickets of these units were to what they are, and what is to be noted beside. */
export function rowsOf(units: readonly Unit[]) {
  const writes = units.flatMap((unit, n) => unit.tickets.map((write) => ({ n, unit, write })));
  const each = <R>(rows: (write: TicketWrite, unit: Unit) => readonly R[]) =>
    writes.flatMap(({ n, unit, write }) => rows(write, unit).map((row) => ({ n, ...row })));

  return {
    units: units.map(({ inbox }, n) => ({ n, inbox })),
    tickets: each((write) => [ticketRow(write)]),
    transactions: each((write, unit) => transactionRows(write, unit)),
    watchers_gone: each(({ before, after }) => without(watcherRows(before), watcherRows(after))),
    watchers_new: each(({ before, after }) => numbered(without(watcherRows(after), watcherRows(before)))),
    links_gone: each(({ before, after }) => without(linkRows(before), linkRows(after))),
    links_new: each(({ before, after }) => numbered(without(linkRows(after), linkRows(before)))),
    fields_gone: each(({ before, after }) => fieldRows(before).filter(({ name }) => !(name in after.fields))),
    fields_new: each(({ before, after }) => without(fieldRows(after), fieldRows(before))),
    reminders: each(({ before, after }) => without(reminderRows(after), reminderRows(before))),
    forwards: each(({ before, after }) =>
      after.mergedInto !== null && before?.mergedInto !== after.mergedInto
        ? [{ ticket_id: after.id, merged_into: after.mergedInto }]
        : [],
    ),
    taken: units.flatMap((unit, n) =>
      unit.taken.map(({ ticket, change, message, thread, author }) => ({
        n,
        ticket_id: ticket,
        seq: change,
        ...message,
        thread: thread ?? '',
        author_id: author,
      })),
    ),
    conversations: units.flatMap((unit, n) =>
      unit.conversations.map(({ ticket, audience, place }) => ({
        n,
        ticket_id: ticket,
        audience,
        ...place,
        thread: place.thread ?? '',
      })),
    ),
    feeds: units.flatMap(({ feeds }, n) => lastOfEach(feeds).map((write) => ({ n, ...write, ...write.feed }))),
  };
}

function lastOfEach(feeds: readonly FeedWrite[]): readonly FeedWrite[] {
  return [...new Map(feeds.map((write) => [`${write.place} ${write.queue}`, write])).values()];
}

function ticketRow({ before, after }: TicketWrite) {
  return {
    id: after.id,
    expected: before?.version ?? null,
    queue: after.queue,
    subject: after.subject,
    subject_source: after.subjectSource,
    status: after.status,
    priority: after.priority,
    owner_id: after.owner,
    due: after.due,
    next: after.next,
    resolution: after.resolution,
    time_worked: after.timeWorked,
    merged_into: after.mergedInto,
    created: after.created,
    started: after.started,
    resolved: after.resolved,
    told: after.told,
    updated: after.updated,
    public_updated: after.publicUpdated,
  };
}

function transactionRows({ after, changes }: TicketWrite, { at, actor, command, via }: Unit) {
  return changes.map((change, seq) => ({
    ticket_id: after.id,
    seq,
    at,
    actor_id: actor,
    command,
    via,
    type: change.type,
    change,
    body: body(change),
    staff_only: staffOnly(change),
    amends: change.type === 'amend' ? change.of : null,
  }));
}

/** What somebody wrote, for the search: the text and the names of the files. */
function body(change: Change): string {
  switch (change.type) {
    case 'create':
      return [plain(change.body), ...change.attachments.map(({ name }) => name)].join('\n').trim();
    case 'reply':
    case 'comment':
      return [plain(change.text), ...change.attachments.map(({ name }) => name)].join('\n').trim();
    case 'amend':
      return change.text === null ? '' : plain(change.text);
    default:
      return '';
  }
}

function watcherRows(ticket: Ticket | null) {
  if (ticket === null) return [];
  return watcherRoles.flatMap((role) =>
    watchers(ticket, role).map((person) => ({ ticket_id: ticket.id, role, person_id: person })),
  );
}

function linkRows(ticket: Ticket | null) {
  return ticket?.links.map(({ kind, ticket: other }) => ({ ticket_id: ticket.id, kind, other_id: other })) ?? [];
}

function fieldRows(ticket: Ticket | null) {
  if (ticket === null) return [];
  return Object.entries(ticket.fields).map(([name, value]) => ({ ticket_id: ticket.id, name, value }));
}

function reminderRows(ticket: Ticket | null) {
  if (ticket === null) return [];
  return ticket.reminders.map(({ id, at, text, target, by, wakes, state }) => ({
    ticket_id: ticket.id,
    id,
    at,
    text,
    target,
    by_id: by,
    wakes,
    state,
  }));
}

/** The rows of `all` that `some` does not hold, in their order. */
function without<R extends { ticket_id: TicketId }>(all: readonly R[], some: readonly R[]): readonly R[] {
  return some.length === 0 ? all : all.filter((row) => !some.some((other) => isDeepStrictEqual(row, other)));
}

/** Rows that say where they stand in their order. */
function numbered<R extends object>(rows: readonly R[]) {
  return rows.map((row, nth) => ({ ...row, nth }));
}
