import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';

/** A moment that was typed. */
export interface Moment {
  /** Midnight, for a whole day. */
  readonly at: DateTime;
  /** A day was named, and no time of it. */
  readonly wholeDay: boolean;
  /** Characters read. */
  readonly length: number;
}

/** Where a weekday is looked for: the next one to come, or the last one that was. */
export type Direction = 'forward' | 'back';

/** No expression is longer; chrono's patterns are tried at each place of what they are given. */
const longest = 80;
export const evening = 17;

/**
 * The moment that the leading words name, in the zone of `now`; the longest expression counts. Null when they name none.
 * Wall clock times follow the zone's daylight saving: one that is skipped in spring moves an hour on, one that comes
 * twice in autumn is the first.
 */
export function readMoment(words: string, now: DateTime, direction: Direction): Moment | null {
  const head = words.slice(0, longest);
  return fromNowOn(head, now) ?? onTheCalendar(head, now, direction);
}

const unit = '(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)';
const spans = new RegExp(
  `^(?:in\\s+|([+-]))?((?:\\d{1,6}(?:\\.\\d{1,3})?\\s?${unit}\\s?)+)(?![\\p{L}\\d])(?!\\s*ago)`,
  'iu',
);
const part = new RegExp(`(\\d+(?:\\.\\d+)?)\\s?(${unit})`, 'gi');
const units: Readonly<Record<string, string>> = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks' };

/** `2h30m`: hours and minutes are so many on the clock; days and weeks keep the time of day (luxon's rule). */
function fromNowOn(words: string, now: DateTime): Moment | null {
  const found = spans.exec(words);
  if (found?.[2] === undefined) return null;
  const sign = found[1] === '-' ? -1 : 1;
  let at = now;
  for (const [, count, name = ''] of found[2].matchAll(part)) {
    at = at.plus({ [units[name.charAt(0).toLowerCase()] ?? 'minutes']: sign * Number(count) });
  }
  return { at, wholeDay: false, length: found[0].trimEnd().length };
}

function onTheCalendar(words: string, now: DateTime, direction: Direction): Moment | null {
  // `eod` is no word of chrono's; `5pm` means the same and is as long.
  const [found] = chrono.parse(
    words.replace(/\beod\b/gi, `${evening - 12}pm`),
    { instant: now.toJSDate(), timezone: now.offset },
    { forwardDate: direction === 'forward' },
  );
  if (found === undefined || found.index !== 0) return null;
  const length = found.text.length;
  const typed = words.slice(0, length).toLowerCase();
  if (typed === 'eod') return { at: now.startOf('day').set({ hour: evening }), wholeDay: false, length };
  if (/^next\s+week$/.test(typed)) return { at: now.startOf('week').plus({ weeks: 1 }), wholeDay: true, length };
  const wholeDay = !saysTime(found.start, typed);
  const at = wallClock(found.start, wholeDay, now);
  if (!found.start.isCertain('weekday') || found.start.isCertain('day')) return { at, wholeDay, length };
  if (direction === 'back' || typed.startsWith('last')) return { at: weekBack(at, now), wholeDay, length };
  return { at: typed.startsWith('next') ? at : weekAhead(at, wholeDay ? now.startOf('day') : now), wholeDay, length };
}

/** Of the same weekday, the last one that was. Chrono takes the nearest, and even `last friday` for the next one. */
function weekBack(at: DateTime, now: DateTime): DateTime {
  return at > now ? at.minus({ weeks: 1 }) : at;
}

/** Of the same weekday, the first one after `now`: chrono skips today's, or takes it when it has passed. */
function weekAhead(at: DateTime, now: DateTime): DateTime {
  if (at <= now) return at.plus({ weeks: 1 });
  const before = at.minus({ weeks: 1 });
  return before > now ? before : at;
}

/** What chrono read, in the zone; chrono itself knows only offsets, and no daylight saving. */
function wallClock(read: chrono.ParsedComponents, wholeDay: boolean, now: DateTime): DateTime {
  if (read.isCertain('timezoneOffset')) return DateTime.fromJSDate(read.date(), { zone: now.zone });
  const part = (name: chrono.Component) => read.get(name) ?? 0;
  const day = { year: part('year'), month: part('month'), day: part('day') };
  const time = wholeDay ? {} : { hour: part('hour'), minute: part('minute'), second: part('second') };
  const at = DateTime.fromObject({ ...day, ...time }, { zone: now.zone });
  return at.getPossibleOffsets()[0] ?? at;
}

/** A time was typed, or a part of the day, or a span (`in 3 months`, to which chrono gives an offset): no day alone. */
function saysTime(read: chrono.ParsedComponents, typed: string): boolean {
  if (read.isCertain('hour') || /afternoon|evening|night/.test(typed)) return true;
  return read.get('timezoneOffset') !== null && !typed.startsWith('next');
}

const ambiguous = /(?<![\d/])\d{1,2}(?:\/\d{1,2}|([.-])\d{1,2}\1\d{2,4})/;

/** Whether a date (`3/4`, `1.12.2026`) has the month first in some countries and second in others. */
export function isAmbiguous(typed: string): boolean {
  return ambiguous.test(typed);
}
