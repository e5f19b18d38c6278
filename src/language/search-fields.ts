import { isRefusal, type Refusal } from '../ticket/refusal.ts';
import type { Comparison, Search } from '../ticket/search.ts';
import { duration } from './duration.ts';
import { personOf } from './person.ts';
import type { PersonRef, Speaking } from './request.ts';
import { type DateField, readDate } from './search-dates.ts';
import { readPriority } from './settings.ts';
import { ticketNumber } from './tickets.ts';
import { cited, knownName, unclear, unknownName } from './unclear.ts';

/** One thing to search by: what help shows, what completion offers, and how it is read. */
export interface SearchField {
  readonly name: string;
  readonly syntax: string;
  readonly summary: string;
  readonly example: string;
  /** Whether `<` and `>` mean something. */
  readonly ordered: boolean;
  /** What its values are, for completion. */
  readonly value: 'queue' | 'status' | 'person' | 'when' | 'other';
  readonly read: (is: Comparison, value: string, speaking: Speaking) => Search<PersonRef> | Refusal;
}

/** The search language without its field terms, for help. */
export const searchRows = [
  { syntax: 'WORD', summary: 'In the subject or in what was written.', example: 'list router' },
  { syntax: '"WORDS"', summary: 'Just so, one after the other.', example: 'list "link down"' },
  {
    syntax: '-TERM, NOT TERM',
    summary: 'Not that. In small letters only before a field.',
    example: 'list queue:noc -router',
  },
  {
    syntax: 'TERM OR TERM',
    summary: 'Either; brackets hold together. Terms side by side must all hold.',
    example: 'list queue:noc (owner:me OR unowned)',
  },
] as const;

const equal = (is: Comparison): '=' | '!=' => (is === '!=' ? '!=' : '=');

const person = (name: 'owner' | 'requestor' | 'cc' | 'admincc', summary: string): SearchField => ({
  name,
  syntax: `${name}:@PERSON`,
  summary,
  example: `list ${name}:me`,
  ordered: false,
  value: 'person',
  read: (is, value) => {
    if (/^(?:nobody|none)$/i.test(value)) return { field: name, is: equal(is), value: null };
    const read = personOf(value);
    return isRefusal(read) ? read : { field: name, is: equal(is), value: read };
  },
});

const date = (name: DateField, summary: string, example: string): SearchField => ({
  name,
  syntax: `${name}<WHEN`,
  summary,
  example,
  ordered: true,
  value: 'when',
  read: (is, value, speaking) => readDate(name, is, value, speaking) ?? notThat(value, 'a time', example),
});

const notInactive: Search<PersonRef> = { field: 'kind', is: '!=', value: 'inactive' };

const is: SearchField = {
  name: 'is',
  syntax: 'is:open|closed|overdue|STATUS',
  summary: 'Open is anything but closed; overdue is open and past its due date.',
  example: 'list is:overdue',
  ordered: false,
  value: 'status',
  read: (comparison, value, speaking) => {
    const search = state(value, speaking);
    return isRefusal(search) || comparison === '=' ? search : { not: search };
  },
};

function state(value: string, speaking: Speaking): Search<PersonRef> | Refusal {
  switch (value.toLowerCase()) {
    case 'open':
      return notInactive;
    case 'closed':
      return { field: 'kind', is: '=', value: 'inactive' };
    case 'overdue':
      return { all: [{ field: 'due', is: '<', value: speaking.now }, notInactive] };
    case 'unowned':
      return { field: 'owner', is: '=', value: null };
    default:
      return status.read('=', value, speaking);
  }
}

const status: SearchField = {
  name: 'status',
  syntax: 'status:STATUS',
  summary: 'In this status, and in no other.',
  example: 'list status:stalled',
  ordered: false,
  value: 'status',
  read: (is, value, speaking) => {
    const known = knownName(value, speaking.statuses);
    if (known === null) return unknownName('status', value, speaking.statuses, 'list is:open');
    return { field: 'status', is: equal(is), value: known };
  },
};

export const searchFields: readonly SearchField[] = [
  {
    name: 'queue',
    syntax: 'queue:QUEUE',
    summary: 'In this queue.',
    example: 'list queue:noc',
    ordered: false,
    value: 'queue',
    read: (is, value, speaking) => {
      const known = knownName(value, speaking.queues);
      if (known === null) return unknownName('queue', value, speaking.queues, 'list is:open');
      return { field: 'queue', is: equal(is), value: known };
    },
  },
  status,
  is,
  person('owner', 'Owned by: a person, me or nobody. “unowned” is owner:nobody.'),
  person('requestor', 'Asked for by.'),
  person('cc', 'With this cc.'),
  person('admincc', 'With this admincc.'),
  {
    name: 'subject',
    syntax: 'subject:WORD',
    summary: 'In the subject.',
    example: 'list subject:"link down"',
    ordered: false,
    value: 'other',
    read: (is, value) => ({ field: 'subject', is: equal(is), value }),
  },
  {
    name: 'priority',
    syntax: 'priority>=NUMBER',
    summary: 'From 0 to 100, or low, normal, high, urgent, with =, !=, <, <=, > or >=.',
    example: 'list priority>=50',
    ordered: true,
    value: 'other',
    read: (is, value) => {
      const priority = readPriority(value);
      return isRefusal(priority) ? priority : { field: 'priority', is, value: priority };
    },
  },
  {
    name: 'id',
    syntax: 'id>NUMBER',
    summary: 'By number.',
    example: 'list id>1000',
    ordered: true,
    value: 'other',
    read: (is, value) => {
      const ticket = ticketNumber(value);
      return isRefusal(ticket) ? ticket : { field: 'id', is, value: ticket };
    },
  },
  {
    name: 'time',
    syntax: 'time>DURATION',
    summary: 'Time worked.',
    example: 'list time>2h',
    ordered: true,
    value: 'other',
    read: (is, value) => {
      if (value === '0') return { field: 'time', is, value: 0 };
      const minutes = duration(value);
      return isRefusal(minutes) ? minutes : { field: 'time', is, value: minutes };
    },
  },
  date('due', 'A day, a time, so long from now (2h), ago (-7d), or none.', 'list due<today'),
  date('created', 'When it was opened.', 'list created>-7d'),
  date('updated', 'When it last changed.', 'list updated<-30d'),
  date('resolved', 'When it was closed.', 'list resolved:yesterday'),
  date('started', 'When work on it began.', 'list started:none is:open'),
  date('told', 'When the requestor last had a reply.', 'list told<-2d is:open'),
];

/** A custom field, for help. */
export const customField = {
  syntax: 'cf.FIELD:VALUE',
  summary: 'A custom field has this value. The “cf.” can be left out.',
  example: 'list cf.site:LAX',
};

function notThat(value: string, kind: string, example: string): Refusal {
  return unclear(example, cited(value), ` is not ${kind}.`);
}
