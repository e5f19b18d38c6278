import { DateTime } from 'luxon';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import { cited } from './unclear.ts';

/** Where a day without a year, or a weekday, is looked for: the next one to come, or the last one that was. */
export type Direction = 'forward' | 'back';

/** A date that was typed: midnight in the zone of `today`. */
export interface TypedDate {
  readonly day: DateTime;
  readonly length: number;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
export const monthPattern =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const year = '(?:,?\\s+(\\d{4})(?![\\p{L}\\d:.-]))?';
const patterns = {
  iso: /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?=$|[^\p{L}\d/-]|T\d)/iu,
  /** `31/12`, `12/31/2026`, `31.12.2026`, `31.12.`, `31-12-2026` */
  slashes: /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?(?![\d/])(?!\p{L})/u,
  dots: /^(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})|(\d{2}))?(?![\p{L}\d])/u,
  dashes: /^(\d{1,2})-(\d{1,2})-(\d{4})(?![\p{L}\d-])/u,
  dayMonth: new RegExp(
    `^(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s*(?:of\\s+)?${monthPattern}\\.?${year}(?![\\p{L}\\d])`,
    'iu',
  ),
  monthDay: new RegExp(`^${monthPattern}\\.?\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?${year}(?![\\p{L}\\d:/])`, 'iu'),
  ordinal: /^(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)(?![\p{L}\d])/iu,
};

/**
 * The date that the leading words name: `2026-12-01`, `1 dec`, `december 1st 2026`, `the 5th`, `31/12`, `31.12.2026`. Null when they
 * name none. Refuses a day that is not in the calendar, a year of two digits, and a numeric date of which either number
 * could be the month.
 */
export function readDate(words: string, today: DateTime, direction: Direction): TypedDate | Refusal | null {
  const iso = patterns.iso.exec(words);
  if (iso !== null) return dated(iso[0], Number(iso[1]), Number(iso[3]), Number(iso[4]), today, direction);
  const named = patterns.dayMonth.exec(words);
  if (named !== null) return dated(named[0], yearOf(named[3]), month(named[2]), Number(named[1]), today, direction);
  const american = patterns.monthDay.exec(words);
  if (american !== null) {
    return dated(american[0], yearOf(american[3]), month(american[1]), Number(american[2]), today, direction);
  }
  const numeric = patterns.slashes.exec(words) ?? patterns.dots.exec(words) ?? patterns.dashes.exec(words);
  if (numeric !== null) return readNumeric(numeric, today, direction);
  const ordinal = patterns.ordinal.exec(words);
  return ordinal === null ? null : ofSomeMonth(ordinal[0], Number(ordinal[1]), today, direction);
}

/** The month of a name as `monthPattern` reads it, 1 to 12. */
export function month(name = ''): number {
  return monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function yearOf(typed: string | undefined): number | null {
  return typed === undefined ? null : Number(typed);
}

function dated(
  typed: string,
  year: number | null,
  month: number,
  day: number,
  today: DateTime,
  direction: Direction,
): TypedDate | Refusal {
  const found = year === null ? nearest(month, day, today, direction) : onCalendar(year, month, day, today);
  if (found === null) return refuse('invalid', cited(typed.trim()), ' is not a day in the calendar.');
  return { day: found, length: typed.length };
}

function onCalendar(year: number, month: number, day: number, today: DateTime): DateTime | null {
  const found = DateTime.fromObject({ year, month, day }, { zone: today.zone });
  return found.isValid ? found.startOf('day') : null;
}

/** The first such day from today on, or the last one up to today; 29 February can be eight years away. */
function nearest(month: number, day: number, today: DateTime, direction: Direction): DateTime | null {
  const step = direction === 'forward' ? 1 : -1;
  for (let years = 0; years <= 8; years += 1) {
    const found = onCalendar(today.year + step * years, month, day, today);
    if (found !== null && (direction === 'forward' ? found >= today : found <= today)) return found;
  }
  return null;
}

/** `the 31st`: of this month or of the next that has such a day. */
function ofSomeMonth(typed: string, day: number, today: DateTime, direction: Direction): TypedDate | Refusal {
  const step = direction === 'forward' ? 1 : -1;
  for (let months = 0; months <= 2; months += 1) {
    const { year, month } = today.startOf('month').plus({ months: step * months });
    const found = onCalendar(year, month, day, today);
    if (found !== null && (direction === 'forward' ? found >= today : found <= today)) {
      return { day: found, length: typed.length };
    }
  }
  return refuse('invalid', cited(typed.trim()), ' is not a day in the calendar.');
}

/** Where only one of the numbers can be a month there is one reading; `5/5` has one as well. */
function readNumeric(found: RegExpExecArray, today: DateTime, direction: Direction): TypedDate | Refusal {
  const [typed = '', first, second, last, short] = found;
  if (short !== undefined || (last !== undefined && last.length !== 4)) {
    return refuse('invalid', 'Write the year of ', cited(typed.trim()), ' with four digits.');
  }
  const [a, b] = [Number(first), Number(second)];
  const year = yearOf(last);
  if (a <= 12 && b <= 12 && a !== b) {
    const readings = [dated(typed, year, b, a, today, direction), dated(typed, year, a, b, today, direction)] as const;
    const [europe, america] = readings.map((read) => ('day' in read ? read.day.toISODate() : null));
    return refuse(
      'invalid',
      cited(typed.trim()),
      ' is one day here and another there: ',
      cited(europe ?? typed),
      ' or ',
      cited(america ?? typed),
      '.',
    );
  }
  return b > 12 ? dated(typed, year, a, b, today, direction) : dated(typed, year, b, a, today, direction);
}
