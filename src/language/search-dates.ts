import { DateTime } from 'luxon';
import { instant } from '../ticket/instant.ts';
import type { Comparison, Search } from '../ticket/search.ts';
import type { Instant } from '../ticket/ticket.ts';
import { isAmbiguous, readMoment } from './moment.ts';
import type { PersonRef, Speaking } from './request.ts';

export type DateField = 'due' | 'created' | 'updated' | 'resolved' | 'started' | 'told';

/**
 * A search by date: a day (all of it, in the speaker's zone), a moment, so long from now (`2h`) or ago (`-7d`), or none.
 * A weekday is the next one for the due date, else the last one. Null when the value is none of these, is one day here
 * and another there (`3/4`), or has no year of four digits.
 */
export function readDate(
  field: DateField,
  is: Comparison,
  value: string,
  { now, zone }: Speaking,
): Search<PersonRef> | null {
  if (/^(?:none|never)$/i.test(value)) return is === '=' || is === '!=' ? { field, is, value: null } : null;
  const moment = readMoment(value, DateTime.fromISO(now, { zone }), field === 'due' ? 'forward' : 'back');
  if (moment === null || moment.length < value.length || isAmbiguous(value)) return null;
  const at = instant(moment.at.toUTC().toISO() ?? '');
  const dayAfter = instant(moment.at.plus({ days: 1 }).toUTC().toISO() ?? '');
  if (at === null || dayAfter === null) return null;
  return moment.wholeDay ? wholeDay(field, is, at, dayAfter) : { field, is, value: at };
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
