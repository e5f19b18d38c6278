import type { Change } from '../ticket/change.ts';
import { type Names, ticketRef, who } from '../ticket/inline.ts';
import type { Inline } from '../ticket/text.ts';
import type { Instant, PersonId, TicketId } from '../ticket/ticket.ts';
import { strong } from './names.ts';

/** For whom a change is told: how people are called, and which other tickets and queues may be named to them. */
export interface Reading {
  readonly names: Names;
  readonly sees: (ticket: TicketId) => boolean;
  readonly knows: (queue: string) => boolean;
}

/** What a change did, as the predicate of a sentence that begins with its actor: "gave it to Bo". */
export function describe(change: Change, actor: PersonId, reading: Reading): readonly Inline[] {
  const { names } = reading;
  switch (change.type) {
    case 'create':
      return ['opened it in ', queueName(change.queue, reading)];
    case 'status':
      return describeStatus(change);
    case 'owner':
      return describeOwner(change.from, change.to, actor, names);
    case 'set':
      return describeSetting(change, reading);
    case 'field':
      return change.to === null
        ? ['cleared ', strong(change.name)]
        : ['set ', strong(change.name), ' to ', strong(String(change.to))];
    case 'watcher':
      return change.added
        ? ['added ', who(change.person, names), ` as ${change.role}`]
        : ['removed ', who(change.person, names), ` as ${change.role}`];
    case 'link':
      return change.added
        ? [`linked it: ${change.kind} `, other(change.ticket, reading)]
        : [`took back the link: ${change.kind} `, other(change.ticket, reading)];
    case 'reply':
      return ['replied'];
    case 'comment':
      return ['commented'];
    case 'time':
      return ['worked ', strong(duration(change.minutes))];
    case 'reminder':
      return describeReminder(change, names);
    case 'merged into':
      return ['merged it into ', other(change.ticket, reading)];
    case 'merged from':
      return ['merged ', other(change.ticket, reading), ' into it'];
    case 'amend':
      return change.text === null ? ['deleted an earlier message'] : ['edited an earlier message'];
    case 'undo':
      return ['took back the last change'];
  }
}

/** Minutes as people say them: `1 h 30 min`. */
export function duration(minutes: number): string {
  const hours = Math.trunc(minutes / 60);
  const rest = Math.abs(minutes % 60);
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** The statuses of the default lifecycle have verbs of their own; others are told by their names. */
const statusWords: Readonly<Record<string, string>> = {
  stalled: 'stalled it',
  resolved: 'resolved it',
  rejected: 'rejected it',
  deleted: 'deleted it',
};

function describeStatus({ from, to, was }: Extract<Change, { type: 'status' }>): readonly Inline[] {
  if (to === 'open') return [was.resolved === null ? 'opened it' : 'reopened it'];
  const words = statusWords[to];
  return words === undefined ? ['changed the status from ', strong(from), ' to ', strong(to)] : [words];
}

function describeOwner(from: PersonId | null, to: PersonId | null, actor: PersonId, names: Names): readonly Inline[] {
  if (to === null) return ['released it'];
  if (to === actor) return from === null ? ['took it'] : ['took it from ', who(from, names)];
  if (from === null) return ['made ', who(to, names), ' the owner'];
  return ['changed the owner from ', who(from, names), ' to ', who(to, names)];
}

function describeSetting(change: Extract<Change, { type: 'set' }>, reading: Reading): readonly Inline[] {
  switch (change.field) {
    case 'queue':
      return ['moved it from ', queueName(change.from, reading), ' to ', queueName(change.to, reading)];
    case 'subject':
      // The subject may be one that its author has taken back since.
      return change.source === 'message' ? ['the subject follows'] : ['changed the subject to ', strong(change.to)];
    case 'priority':
      return ['changed the priority from ', strong(`${change.from}`), ' to ', strong(`${change.to}`)];
    case 'due':
      return change.to === null ? ['took away the due date'] : ['made it due ', moment(change.to)];
    case 'next':
      return change.to === '' ? ['cleared the next action'] : ['set the next action: ', strong(change.to)];
  }
}

function describeReminder(change: Extract<Change, { type: 'reminder' }>, names: Names): readonly Inline[] {
  const { before, after } = change;
  if (after.state === 'done') return ['finished a reminder'];
  if (after.state === 'rung') return after.wakes ? ['waited until now'] : ['was reminded'];
  if (before !== null) return ['put off a reminder until ', moment(after.at)];
  if (after.wakes) return ['waits until ', moment(after.at)];
  const whom: Inline[] =
    after.target.to === 'person'
      ? [who(after.target.person, names)]
      : [after.target.to === 'group' ? after.target.group : 'this place'];
  return ['set a reminder for ', ...whom, ' at ', moment(after.at)];
}

/** A ticket that the readers may not see is not named: its number alone would tell that it exists. */
function other(ticket: TicketId, reading: Reading): Inline {
  return reading.sees(ticket) ? ticketRef(ticket) : 'another ticket';
}

/** That there is a private queue only those are to know who may see it. */
function queueName(queue: string, reading: Reading): Inline {
  return reading.knows(queue) ? strong(queue) : 'another queue';
}

function moment(at: Instant): Inline {
  return { inline: 'time', at };
}
