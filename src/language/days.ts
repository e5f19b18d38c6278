import type { DateTime } from 'luxon';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import { endOfDay, type Part, parts } from './clock.ts';
import { type Direction, month, monthPattern, readDate } from './dates.ts';
import { cited } from './unclear.ts';

/** A day that was typed. */
export interface Day {
  /** Its midnight, in the speaker's zone. */
  readonly day: DateTime;
  /** A part of it that was named, for a time after it: `tonight at 8`. */
  readonly part: Part | null;
  /** The hour it stands for when no time follows; null: the hour of a day without a time. */
  readonly hour: number | null;
  /** A weekday alone: when it is over, the one in a week is meant. */
  readonly weekly: boolean;
  readonly length: number;
}

const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekday =
  '(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const end = '(?![\\p{L}\\d])';
const patterns = {
  today: new RegExp(
    `^(today|tomorrow|tmrw|tmr|yesterday|(?:the\\s+)?day\\s+(?:after\\s+tomorrow|before\\s+yesterday))${end}`,
    'iu',
  ),
  part: new RegExp(`^(?:this\\s+(morning|afternoon|evening)|(tonight|tonite)|(yesterday|last)\\s+night)${end}`, 'iu'),
  /** `friday next week`, `next week friday`, `next friday`, `fri`, `friday in 2 weeks` */
  weekThenDay: new RegExp(`^(?:(?:in|on)\\s+)?(this|next|last)\\s+week[,]?\\s+(?:on\\s+)?${weekday}${end}`, 'iu'),
  dayThenWeek: new RegExp(
    `^(?:on\\s+)?${weekday}[,]?\\s+(?:(?:in|of)\\s+)?(?:the\\s+)?(this|next|last)\\s+week${end}`,
    'iu',
  ),
  weekday: new RegExp(`^(?:on\\s+)?(?:(this|next|last|coming|the)\\s+(?:coming\\s+)?)?${weekday}\\.?${end}`, 'iu'),
  period: new RegExp(`^(next|last)\\s+(week|month|year|weekend)${end}`, 'iu'),
  weekend: new RegExp(`^(?:(?:on|at)\\s+)?(?:this|the)\\s+weekend${end}`, 'iu'),
  edge: new RegExp(
    `^(?:(?:at|by|on)\\s+)?(?:the\\s+)?(end|start|beginning)\\s+of\\s+(?:(?:the|this)\\s+)?(?:(next)\\s+)?(?:(week|month|year)|${monthPattern})${end}`,
    'iu',
  ),
  short: new RegExp(`^(eow|eom|eoy)${end}`, 'iu'),
  date: /^(?:on\s+)?/iu,
};

function whole(day: DateTime, length: number, more: Partial<Day> = {}): Day {
  return { day: day.startOf('day'), part: null, hour: null, weekly: false, length, ...more };
}

/**
 * The day that the leading words name, seen from the moment `now` in its zone. Null when they name none. Refuses what is
 * not in the calendar and a date on another weekday than is said. The rules: a week begins on Monday; `next friday` is the
 * Friday of next week; a bare weekday is the next to come; the end of a week is Friday at 17:00.
 */
export function readDay(words: string, now: DateTime, direction: Direction): Day | Refusal | null {
  const today = now.startOf('day');
  return (
    nearToday(words, today) ??
    withWeekday(words, today, direction) ??
    onEdge(words, today) ??
    inPeriod(words, today) ??
    onDate(words, today, direction)
  );
}

function nearToday(words: string, today: DateTime): Day | null {
  const part = patterns.part.exec(words);
  if (part !== null) {
    const named: Part = (part[1]?.toLowerCase() as Part | undefined) ?? 'night';
    const day = part[3] === undefined ? today : today.minus({ days: 1 });
    return whole(day, part[0].length, { part: named, hour: parts[named] });
  }
  const found = patterns.today.exec(words);
  if (found?.[1] === undefined) return null;
  const named = found[1].toLowerCase();
  const away = /after/.test(named)
    ? 2
    : /before/.test(named)
      ? -2
      : /^t(?:om|m)/.test(named)
        ? 1
        : named === 'today'
          ? 0
          : -1;
  return whole(today.plus({ days: away }), found[0].length);
}

function withWeekday(words: string, today: DateTime, direction: Direction): Day | Refusal | null {
  const weekFirst = patterns.weekThenDay.exec(words);
  const dayFirst = patterns.dayThenWeek.exec(words);
  const both = weekFirst ?? dayFirst;
  if (both !== null) {
    const [named, week] = weekFirst === null ? [both[1], both[2]] : [both[2], both[1]];
    return whole(ofWeek(today, weeksAway(week), weekdayOf(named)), both[0].length);
  }
  const found = patterns.weekday.exec(words);
  if (found === null) return null;
  const wanted = weekdayOf(found[2]);
  const dated = withDate(words, found[0], wanted, today, direction);
  if (dated !== null) return dated;
  const modifier = found[1]?.toLowerCase();
  if (modifier === 'next') return whole(ofWeek(today, 1, wanted), found[0].length);
  const ahead = (wanted - today.weekday + 7) % 7;
  if (modifier === 'last') return whole(today.plus({ days: ahead - 7 }), found[0].length);
  if (direction === 'back')
    return whole(today.plus({ days: ahead === 0 ? 0 : ahead - 7 }), found[0].length, { weekly: true });
  return whole(today.plus({ days: ahead }), found[0].length, { weekly: true });
}

/** `monday, 30 november`: refused when it is another weekday. A date without a year is read before it is compared. */
function withDate(
  words: string,
  typed: string,
  weekday: number,
  today: DateTime,
  direction: Direction,
): Day | Refusal | null {
  const gap = /^\s*,?\s*(?:the\s+)?/iu.exec(words.slice(typed.length))?.[0] ?? '';
  const rest = words.slice(typed.length + gap.length);
  // `fri 17.30`, `mon 10.12` after a weekday are times of day.
  if (gap === '' || /^\d{1,2}(?:\.\d{2}(?!\.)|:)/.test(rest)) return null;
  const date = readDate(rest, today, direction);
  if (date === null || isRefusal(date)) return date;
  if (date.day.weekday !== weekday) {
    const right = date.day.setLocale('en').toFormat('cccc, d LLLL yyyy');
    return refuse(
      'invalid',
      cited(words.slice(0, typed.length + gap.length + date.length)),
      ` does not fit: that day is ${right}.`,
    );
  }
  return whole(date.day, typed.length + gap.length + date.length);
}

function weekdayOf(name = ''): number {
  return weekdayNames.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function weeksAway(word = ''): number {
  const named = word.toLowerCase();
  return named === 'next' ? 1 : named === 'last' ? -1 : 0;
}

function ofWeek(today: DateTime, weeks: number, weekday: number): DateTime {
  return today.startOf('week').plus({ weeks, days: weekday - 1 });
}

/** `end of month`, `eow`: 17:00, as the end of a day. */
function onEdge(words: string, today: DateTime): Day | null {
  const short = patterns.short.exec(words);
  if (short?.[1] !== undefined) {
    const unit = { w: 'week', m: 'month', y: 'year' }[short[1].charAt(2).toLowerCase()] ?? 'week';
    return whole(lastDay(today, unit), short[0].length, { hour: endOfDay });
  }
  const found = patterns.edge.exec(words);
  if (found === null) return null;
  const [typed, edge = '', next, named, monthName] = found;
  const unit = (named ?? 'month').toLowerCase() as 'week' | 'month' | 'year';
  let start = today.startOf(unit).plus({ [unit]: next === undefined ? 0 : 1 });
  if (monthName !== undefined) {
    start = today.startOf('month').plus({ months: (month(monthName) - today.month + 12) % 12 });
  }
  return edge.toLowerCase() === 'end'
    ? whole(lastDay(start, unit), typed.length, { hour: endOfDay })
    : whole(start, typed.length);
}

/** Of a working week Friday. */
function lastDay(day: DateTime, unit: string): DateTime {
  if (unit === 'week') return day.startOf('week').plus({ days: 4 });
  return day.endOf(unit === 'year' ? 'year' : 'month').startOf('day');
}

/** `next week` is its Monday; `next month` and `next year` are the same day of it, or the last one it has. */
function inPeriod(words: string, today: DateTime): Day | null {
  const weekend = patterns.weekend.exec(words);
  if (weekend !== null) return whole(ofWeek(today, 0, 6), weekend[0].length);
  const found = patterns.period.exec(words);
  if (found === null) return null;
  const away = weeksAway(found[1]);
  const length = found[0].length;
  switch (found[2]?.toLowerCase()) {
    case 'weekend':
      return whole(ofWeek(today, away, 6), length);
    case 'month':
      return whole(today.plus({ months: away }), length);
    case 'year':
      return whole(today.plus({ years: away }), length);
    default:
      return whole(ofWeek(today, away, 1), length);
  }
}

function onDate(words: string, today: DateTime, direction: Direction): Day | Refusal | null {
  const lead = patterns.date.exec(words)?.[0] ?? '';
  const date = readDate(words.slice(lead.length), today, direction);
  if (date === null || isRefusal(date)) return date;
  return whole(date.day, lead.length + date.length);
}
