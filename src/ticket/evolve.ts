import { staffOnly } from './audience.ts';
import type { Change, Transaction } from './change.ts';
import type { Instant, Link, PersonId, Reminder, Ticket, TicketId } from './ticket.ts';

/**
 * The ticket after a commit of these changes, its version one higher.
 *
 * @param before null for a ticket that the changes make.
 * @param at the moment of the commit.
 */
export function apply(before: Ticket | null, id: TicketId, changes: readonly Change[], at: Instant): Ticket {
  let ticket = before;
  for (const change of changes) ticket = evolve(ticket, change, { id, at });
  if (ticket === null) throw new Error(`Ticket ${id} cannot be made of no changes`);
  return { ...ticket, version: ticket.version + 1 };
}

/** The ticket that a whole history adds up to, oldest transaction first: exactly what the store holds. */
export function replay(id: TicketId, history: readonly Transaction[]): Ticket {
  let ticket: Ticket | null = null;
  let command: string | null = null;
  for (const transaction of history) {
    ticket = evolve(ticket, transaction.change, { id, at: transaction.at });
    // A commit carries one command, and counts once.
    if (transaction.command !== command) ticket = { ...ticket, version: ticket.version + 1 };
    command = transaction.command;
  }
  if (ticket === null) throw new Error(`Ticket ${id} has no history`);
  return ticket;
}

/**
 * The ticket after one change. Nothing is decided or checked here: a change is a fact.
 *
 * Throws when the first change of a ticket is not its creation, for then the history is broken.
 */
export function evolve(ticket: Ticket | null, change: Change, meta: { id: TicketId; at: Instant }): Ticket {
  if (change.type === 'create') return created(change, meta);
  if (ticket === null) throw new Error(`The history of ticket ${meta.id} begins with ${change.type}, not with create`);
  const publicUpdated = staffOnly(change) ? ticket.publicUpdated : meta.at;
  return { ...ticket, ...difference(ticket, change, meta.at), updated: meta.at, publicUpdated };
}

function created(change: Extract<Change, { type: 'create' }>, { id, at }: { id: TicketId; at: Instant }): Ticket {
  return {
    id,
    version: 0,
    queue: change.queue,
    subject: change.subject,
    subjectSource: change.subjectSource ?? 'person',
    status: change.status,
    priority: change.priority,
    owner: null,
    requestors: change.requestors,
    ccs: [],
    adminccs: [],
    due: change.due,
    next: '',
    resolution: '',
    timeWorked: 0,
    fields: {},
    links: [],
    reminders: [],
    mergedInto: null,
    created: at,
    started: null,
    resolved: null,
    told: null,
    updated: at,
    publicUpdated: at,
  };
}

function difference(ticket: Ticket, change: Exclude<Change, { type: 'create' }>, at: Instant): Partial<Ticket> {
  switch (change.type) {
    case 'status':
      return {
        status: change.to,
        resolution: change.resolution,
        started: change.started,
        resolved: change.resolved,
      };
    case 'owner':
      return { owner: change.to };
    case 'set':
      return change.field === 'subject'
        ? { subject: change.to, subjectSource: change.source ?? 'person' }
        : { [change.field]: change.to };
    case 'field': {
      const others = Object.entries(ticket.fields).filter(([name]) => name !== change.name);
      return { fields: Object.fromEntries(change.to === null ? others : [...others, [change.name, change.to]]) };
    }
    case 'watcher':
      return { [lists[change.role]]: toggled(ticket[lists[change.role]], change.person, change.added) };
    case 'link':
      return { links: change.added ? [...ticket.links, linkOf(change)] : without(ticket.links, linkOf(change)) };
    case 'reply':
      return change.byRequestor ? {} : { told: at };
    case 'time':
      return { timeWorked: ticket.timeWorked + change.minutes };
    case 'reminder':
      return { reminders: withReminder(ticket.reminders, change.after) };
    case 'merged into':
      return { mergedInto: change.ticket, links: [], reminders: [] };
    case 'merged from':
      return {
        requestors: [...ticket.requestors, ...change.requestors],
        ccs: [...ticket.ccs, ...change.ccs],
        adminccs: [...ticket.adminccs, ...change.adminccs],
        timeWorked: ticket.timeWorked + change.timeWorked,
        links: [...ticket.links, ...change.links],
        reminders: [...ticket.reminders, ...change.reminders],
      };
    case 'comment':
    case 'amend':
    case 'undo':
      return {};
  }
}

const lists = { requestor: 'requestors', cc: 'ccs', admincc: 'adminccs' } as const;

function toggled(people: readonly PersonId[], person: PersonId, added: boolean): readonly PersonId[] {
  const others = people.filter((each) => each !== person);
  return added ? [...others, person] : others;
}

function linkOf({ kind, ticket }: Link): Link {
  return { kind, ticket };
}

function without(links: readonly Link[], link: Link): readonly Link[] {
  return links.filter(({ kind, ticket }) => kind !== link.kind || ticket !== link.ticket);
}

function withReminder(reminders: readonly Reminder[], after: Reminder): readonly Reminder[] {
  const known = reminders.some(({ id }) => id === after.id);
  return known ? reminders.map((each) => (each.id === after.id ? after : each)) : [...reminders, after];
}
