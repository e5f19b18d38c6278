import { DateTime, type Zone } from 'luxon';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import { type Clock, morning, readClock } from './clock.ts';
import type { Direction } from './dates.ts';
import { type Day, readDay } from './days.ts';
import { readSpan, type Span } from './span.ts';
import { cited } from './unclear.ts';

export type { Direction } from './dates.ts';

/** A moment that was typed. */
export interface Moment {
  /** Midnight, for a whole day. */
  readonly at: DateTime;
  /** A day was named, and no time of it. */
  readonly wholeDay: boolean;
  /** Characters read. */
  readonly length: number;
}

/** No expression is longer. */
const longest = 120;

/**
 * The moment that the leading words name, in the zone of `now`; the longest expression counts. Null when they name none.
 * Refuses what looks like a time and is none, or could be two.
 *
 * A time is a span (`2h`), a span with a time of day (`2d 9am`), a day, a time of day, or both in either order. Wall clock times
 * follow the zone's daylight saving: one that is skipped in spring moves an hour on; of one that comes twice in autumn the
 * first that is still ahead counts. Nothing depends on the zone of the server.
 */
export function readMoment(words: string, now: DateTime, direction: Direction): Moment | Refusal | null {
  const head = words.slice(0, longest);
  return fromNowOn(head, now, direction) ?? onTheCalendar(head, now, direction);
}

function onTheCalendar(typed: string, now: DateTime, direction: Direction): Moment | Refusal | null {
  const by = /^by\s+/i.exec(typed)?.[0].length ?? 0;
  const read = onDayOrClock(typed.slice(by), now, direction);
  return read === null || isRefusal(read) ? read : { ...read, length: by + read.length };
}

function onDayOrClock(words: string, now: DateTime, direction: Direction): Moment | Refusal | null {
  if (/^now(?![\p{L}\d])/iu.test(words)) return { at: now, wholeDay: false, length: 3 };
  const first = readClock(words, 'alone');
  if (first !== null && !isRefusal(first)) return clockThenDay(words, first, now, direction);
  const day = readDay(words, now, direction);
  if (day !== null && !isRefusal(day)) return dayThenClock(words, day, now, direction);
  return day ?? first;
}

const gap = /^(?:\s*,\s*|\s+)?/u;

function dayThenClock(words: string, day: Day, now: DateTime, direction: Direction): Moment | Refusal {
  const space = /^T(?=\d)/i.exec(words.slice(day.length))?.[0] ?? gap.exec(words.slice(day.length))?.[0] ?? '';
  // Digits that touch the day are no hour: `31.12.10`.
  const clock = space === '' ? null : readClock(words.slice(day.length + space.length), 'after a day', day.part);
  // After a comma a bare number begins the text.
  const bare =
    /^\s*,/.test(space) &&
    /^\d{1,2}$/.test(words.slice(day.length + space.length).slice(0, (clock as Clock | null)?.length ?? 0));
  if (isRefusal(clock)) return clock;
  if (clock === null || bare) return wholeDay(day, now, direction);
  return at(day, clock, words, day.length + space.length + clock.length, now, direction);
}

function wholeDay(day: Day, now: DateTime, direction: Direction): Moment {
  if (day.hour !== null) {
    return {
      at: wallClock(day.day, { hour: day.hour, minute: 0, second: 0 }, now.zone, now),
      wholeDay: false,
      length: day.length,
    };
  }
  const over = day.weekly && direction === 'forward' && day.day <= now;
  return { at: over ? day.day.plus({ weeks: 1 }) : day.day, wholeDay: true, length: day.length };
}

function clockThenDay(words: string, clock: Clock, now: DateTime, direction: Direction): Moment | Refusal {
  const space = gap.exec(words.slice(clock.length))?.[0] ?? '';
  const day = space === '' ? null : readDay(words.slice(clock.length + space.length), now, direction);
  if (isRefusal(day)) return day;
  if (day !== null) return at(day, clock, words, clock.length + space.length + day.length, now, direction);
  const zone = clock.zone ?? now.zone;
  const today = now.setZone(zone).startOf('day');
  const found = wallClock(today, clock, zone, now);
  const later = found <= now && direction === 'forward' && !clock.today;
  const moment = later ? wallClock(today.plus({ days: 1 }), clock, zone, now) : found;
  return { at: moment.setZone(now.zone), wholeDay: false, length: clock.length };
}

/** A day with a time. A weekday whose time has passed is the one in a week. */
function at(
  day: Day,
  clock: Clock,
  words: string,
  length: number,
  now: DateTime,
  direction: Direction,
): Moment | Refusal {
  const today = now.startOf('day');
  if (clock.midnight && day.part !== 'night' && day.day > today) {
    return refuse(
      'invalid',
      cited(words.slice(0, length)),
      ' could be the night before or the night after. Write ',
      cited(`${day.day.toISODate()} 00:00`),
      ' or ',
      cited(`${day.day.plus({ days: 1 }).toISODate()} 00:00`),
      '.',
    );
  }
  const zone = clock.zone ?? now.zone;
  const found = wallClock(day.day, clock, zone, now);
  const weeks = !day.weekly
    ? 0
    : direction === 'forward' && found <= now
      ? 1
      : direction === 'back' && found > now
        ? -1
        : 0;
  const moment = weeks === 0 ? found : wallClock(day.day.plus({ weeks }), clock, zone, now);
  return { at: moment.setZone(now.zone), wholeDay: false, length };
}

/** A time on the wall clock of a zone. */
function wallClock(
  day: DateTime,
  { hour, minute, second }: Pick<Clock, 'hour' | 'minute' | 'second'>,
  zone: Zone,
  now: DateTime,
): DateTime {
  const date = hour < 24 ? day : day.plus({ days: 1 });
  const fields = { year: date.year, month: date.month, day: date.day, hour: hour % 24, minute, second };
  const found = DateTime.fromObject(fields, { zone });
  const twice = found.getPossibleOffsets();
  return twice.find((each) => each > now) ?? twice[0] ?? found;
}

const lead = /^(?:(in|for|after|within)\s+|([+-])\s?)?/iu;
const tail = {
  ago: /^\s+ago(?![\p{L}\d])/iu,
  later: /^\s+(?:from\s+now|from\s+today|later|hence|ahead)(?:\s+on)?(?![\p{L}\d])/iu,
  time: /^'?\s+time(?![\p{L}\d])/iu,
  from: /^\s+(?:(from|after)|before)\s+(?=\S)(?!now(?!\p{L}))/iu,
};

/** A span from now or from another moment; days, with a time of day after them. */
function fromNowOn(words: string, now: DateTime, direction: Direction): Moment | Refusal | null {
  const [typed = '', word, sign] = lead.exec(words) ?? [];
  const span =
    readSpan(words.slice(typed.length)) ?? (word === undefined ? null : hoursAndMinutes(words.slice(typed.length)));
  if (span === null) return null;
  const length = typed.length + span.length;
  const rest = words.slice(length);
  const from = tail.from.exec(rest);
  if (from !== null) {
    const start = onTheCalendar(rest.slice(from[0].length), now, direction);
    if (isRefusal(start)) return start;
    if (start !== null) return fromMoment(span, start, from[1] !== undefined, length + from[0].length);
  }
  const ago = tail.ago.exec(rest);
  const later = ago ?? tail.later.exec(rest) ?? (word === undefined ? null : tail.time.exec(rest));
  const back = sign === '-' || ago !== null;
  const end = length + (later?.[0].length ?? 0);
  const moment = plus(now, span, back ? -1 : 1);
  if (span.seconds !== 0) return { at: moment, wholeDay: false, length: end };
  const space = gap.exec(words.slice(end))?.[0] ?? '';
  const clock = space === '' ? null : readClock(words.slice(end + space.length), 'after a span');
  if (isRefusal(clock)) return clock;
  if (clock === null || clock.midnight) return { at: moment, wholeDay: false, length: end };
  return {
    at: wallClock(moment.startOf('day'), clock, clock.zone ?? now.zone, now).setZone(now.zone),
    wholeDay: false,
    length: end + space.length + clock.length,
  };
}

/** `in 1:30` */
function hoursAndMinutes(words: string): Span | null {
  const [typed, hours, minutes] = /^(\d{1,3}):([0-5]\d)(?![\p{L}\d:])/u.exec(words) ?? [];
  if (typed === undefined) return null;
  return { months: 0, days: 0, seconds: Number(hours) * 3600 + Number(minutes) * 60, length: typed.length };
}

/** `a week from monday` stays a whole day; `2 hours before friday` counts from when a day without a time begins, 9:00. */
function fromMoment(span: Span, start: Moment, forward: boolean, before: number): Moment {
  const length = before + start.length;
  const days = span.seconds === 0;
  const from = start.wholeDay && !days ? start.at.set({ hour: morning }) : start.at;
  return { at: plus(from, span, forward ? 1 : -1), wholeDay: start.wholeDay && days, length };
}

/** Months and days keep the wall clock (a day that a month lacks becomes its last one); the rest counts on the clock. */
function plus(from: DateTime, { months, days, seconds }: Span, sign: 1 | -1): DateTime {
  return from
    .plus({ months: sign * months })
    .plus({ days: sign * days })
    .plus({ seconds: sign * seconds });
}
