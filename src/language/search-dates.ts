import { DateTime } from 'luxon';
import { instant } from '../ticket/instant.ts';
import { isRefusal, type Refusal } from '../ticket/refusal.ts';
import type { Comparison, Search } from '../ticket/search.ts';
import type { Instant } from '../ticket/ticket.ts';
import { readMoment } from './moment.ts';
import type { PersonRef, Speaking } from './request.ts';

export type DateField = 'due' | 'created' | 'updated' | 'resolved' | 'started' | 'told';

/**
 * A search by date: a day (all of it, in the speaker's zone), a moment, so long from now (`2h`) or ago (`-7d`), or none.
 * A weekday is the next one for the due date, else the last one. `this week`, `last month` and the like are all of their days.
 * Null when the value is none of these; refused when it is one day here and another there (`3/4`), or none in the calendar.
 */
export function readDate(
  field: DateField,
  is: Comparison,
  value: string,
  { now, zone }: Speaking,
): Search<PersonRef> | Refusal | null {
  if (/^(?:none|never)$/i.test(value)) return is === '=' || is === '!=' ? { field, is, value: null } : null;
  const here = DateTime.fromISO(now, { zone });
  const period = readPeriod(value, here);
  if (period !== null) return between(field, is, period.from, period.to);
  const moment = readMoment(value, here, field === 'due' ? 'forward' : 'back');
  if (isRefusal(moment)) return moment;
  if (moment === null || moment.length < value.length) return null;
  if (moment.wholeDay) return between(field, is, moment.at, moment.at.plus({ days: 1 }));
  const at = instant(moment.at.toUTC().toISO() ?? '');
  return at === null ? null : { field, is, value: at };
}

const ways: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

/** A week from Monday on, a month or a year, as a whole. */
function readPeriod(value: string, here: DateTime): { readonly from: DateTime; readonly to: DateTime } | null {
  const [, way = '', unit = ''] = /^(last|this|next)\s+(week|month|year)$/i.exec(value) ?? [];
  const away = ways[way.toLowerCase()];
  if (away === undefined) return null;
  const length = { [`${unit.toLowerCase()}s`]: 1 };
  const from = here.startOf(unit.toLowerCase() as 'week' | 'month' | 'year').plus({ [`${unit.toLowerCase()}s`]: away });
  return { from, to: from.plus(length) };
}

function between(field: DateField, is: Comparison, from: DateTime, to: DateTime): Search<PersonRef> | null {
  const [start, end] = [instant(from.toUTC().toISO() ?? ''), instant(to.toUTC().toISO() ?? '')];
  return start === null || end === null ? null : wholeDay(field, is, start, end);
}

/** A day is all moments from its midnight up to the next: before it, in it, after it. */
function wholeDay(field: DateField, is: Comparison, from: Instant, to: Instant): Search<PersonRef> {
  const starts = { field, is: '>=', value: from } as const;
  const ended = { field, is: '<', value: to } as const;
  switch (is) {
    case '<':
      return { field, is, value: from };
    case '<=':
      return ended;
    case '>':
      return { field, is: '>=', value: to };
    case '>=':
      return starts;
    case '=':
      return { all: [starts, ended] };
    case '!=':
      return { not: { all: [starts, ended] } };
  }
}
