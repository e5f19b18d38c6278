import { DateTime } from 'luxon';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Comparison, Search } from '../ticket/search.ts';
import { duration } from './duration.ts';
import { readMoment } from './moment.ts';
import { personOf } from './person.ts';
import type { PersonRef, Speaking } from './request.ts';
import { cited, knownName, unknownName } from './unclear.ts';

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
  { syntax: '-TERM, NOT TERM', summary: 'Not that.', example: 'list queue:noc -router' },
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

const number = (name: 'id' | 'priority', summary: string, example: string): SearchField => ({
  name,
  syntax: `${name}>=NUMBER`,
  summary,
  example,
  ordered: true,
  value: 'other',
  read: (is, value) => {
    if (!/^#?\d{1,10}$/.test(value)) return notThat(value, 'a number');
    return { field: name, is, value: Number(value.replace('#', '')) };
  },
});

const date = (
  name: 'due' | 'created' | 'updated' | 'resolved' | 'started' | 'told',
  summary: string,
  example: string,
): SearchField => ({
  name,
  syntax: `${name}<WHEN`,
  summary,
  example,
  ordered: true,
  value: 'when',
  read: (is, value, speaking) => {
    if (/^(?:none|never)$/i.test(value)) {
      return is === '=' || is === '!=' ? { field: name, is, value: null } : notThat(value, 'before or after anything');
    }
    const now = DateTime.fromISO(speaking.now, { zone: speaking.zone });
    const moment = readMoment(value, now, name === 'due' ? 'forward' : 'back');
    if (moment === null || moment.length < value.length) return notThat(value, 'a time');
    const at = moment.at.toUTC().toISO();
    const next = moment.at.plus({ days: 1 }).toUTC().toISO();
    if (at === null || next === null) return notThat(value, 'a time');
    return moment.wholeDay ? wholeDay(name, is, at, next) : { field: name, is, value: at };
  },
});

/** A day is all moments from its midnight up to the next: before it, in it, after it. */
function wholeDay(
  field: 'due' | 'created' | 'updated' | 'resolved' | 'started' | 'told',
  is: Comparison,
  from: string,
  to: string,
): Search<PersonRef> {
  switch (is) {
    case '<':
    case '>=':
      return { field, is, value: from };
    case '<=':
      return { field, is: '<', value: to };
    case '>':
      return { field, is: '>=', value: to };
    case '=':
      return {
        all: [
          { field, is: '>=', value: from },
          { field, is: '<', value: to },
        ],
      };
    case '!=':
      return { not: wholeDay(field, '=', from, to) };
  }
}

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
  number('priority', 'From 0 to 100, with =, !=, <, <=, > or >=.', 'list priority>=50'),
  number('id', 'By number.', 'list id>1000'),
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

function notThat(value: string, kind: string): Refusal {
  return refuse('not understood', cited(value), ` is not ${kind}.`);
}
