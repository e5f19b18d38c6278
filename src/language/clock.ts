import type { Zone } from 'luxon';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import { countsWhatFollows } from './leftover.ts';
import { cited } from './unclear.ts';
import { readZone } from './zones.ts';

/** A time of day that was typed. */
export interface Clock {
  /** 0 to 29: from 24 on, of the day after (`tonight at 1`, `24:00`). */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Null: the speaker's own. */
  readonly zone: Zone | null;
  /** The time belongs to the day that is named, or to today, and is not looked for tomorrow. */
  readonly today: boolean;
  /** Midnight in words: of a day it could be the one before it or the one after. */
  readonly midnight: boolean;
  readonly length: number;
}

/** Where a time stands decides what is one: a bare hour (`mon 8`) only after a day, or after `at`. */
export type Position = 'alone' | 'after a day' | 'after a span';

/** The end of the working day. */
export const endOfDay = 17;
/** A day without a time. */
export const morning = 9;
export type Part = 'morning' | 'afternoon' | 'evening' | 'night';
export const parts: Readonly<Record<Part, number>> = { morning, afternoon: 15, evening: 20, night: 22 };

const words = {
  eod: /^(?:eod|cob|end\s+of\s+(?:the\s+)?(?:working\s+|business\s+)?day|close\s+of\s+business)(?![\p{L}\d])/iu,
  noon: /^(?:noon|midday)(?![\p{L}\d])/iu,
  midnight: /^midnight(?![\p{L}\d])/iu,
  part: /^(?:in\s+the\s+)?(morning|afternoon|evening|night)(?![\p{L}\d])/iu,
  /** What follows a time: `8 in the evening`, `9 tonight`. */
  partAfter:
    /^\s+(?:in\s+the\s+(morning|afternoon|evening)|at\s+(night)|(tonight)|this\s+(morning|afternoon|evening))(?![\p{L}\d])/iu,
};
const clocks = {
  meridiem: /^(\d{1,2})(?:[:.]([0-5]\d)(?::([0-5]\d))?)?\s?([ap])\.?m(?:\.|(?![\p{L}\d]))/iu,
  colon: /^(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?(?![\d:]|[.,]\d)/u,
  dot: /^(\d{1,2})\.([0-5]\d)(?![\d.]|\p{L})/u,
  h: /^(\d{1,2})h([0-5]\d)(?![\p{L}\d])/iu,
  oclock: /^(\d{1,2})\s*o'?clock(?![\p{L}\d])/iu,
  bare: /^(\d{1,2})(?![\p{L}\d:.,/%'’+-]\S|[\p{L}\d%])/u,
};
const at = /^(?:(?:at|by)\s+|@\s*)/i;

/**
 * The time of day that the leading words name, with a zone or a part of the day after it. Null when they name none.
 * Refuses an hour that no clock has, and a number of which it cannot tell whether it is an hour or counts something.
 */
export function readClock(typed: string, position: Position, part: Part | null = null): Clock | Refusal | null {
  const lead = at.exec(typed)?.[0] ?? '';
  const rest = typed.slice(lead.length);
  const named = readNamed(rest, position);
  const read = named ?? readDigits(rest, lead !== '' ? 'after at' : position);
  if (read === null || isRefusal(read)) return read;
  const exactly = named?.part === undefined ? null : readInPart(rest.slice(named.length), named.part);
  if (isRefusal(exactly)) return exactly;
  if (exactly !== null) return { ...exactly, length: lead.length + read.length + exactly.length };
  const { length, part: _, ...time } = read;
  const zone = readZone(rest.slice(length));
  if (isRefusal(zone)) return zone;
  const end = length + (zone?.length ?? 0);
  const after = words.partAfter.exec(rest.slice(end));
  const told = (after?.[1] ?? after?.[2] ?? after?.[4] ?? (after?.[3] === undefined ? part : 'night')) as Part | null;
  return {
    ...time,
    hour: time.exact || told === null ? time.hour : inPart(time.hour, told.toLowerCase() as Part),
    zone: zone?.zone ?? null,
    today: time.today || after?.[3] !== undefined || after?.[4] !== undefined,
    length: lead.length + end + (after?.[0].length ?? 0),
  };
}

/** `tomorrow morning at 8` */
function readInPart(after: string, part: Part): Clock | Refusal | null {
  const space = /^(?:\s*,\s*|\s+)/.exec(after)?.[0];
  const clock = space === undefined ? null : readClock(after.slice(space.length), 'after a day', part);
  return clock === null || isRefusal(clock) ? clock : { ...clock, length: clock.length + (space ?? '').length };
}

interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Not to be moved into the afternoon or the night. */
  readonly exact: boolean;
  readonly today: boolean;
  readonly midnight: boolean;
  /** The part of the day that was named, if one was. */
  readonly part?: Part;
  readonly length: number;
}

function time(hour: number, minute: number, second: number, length: number, more: Partial<Time> = {}): Time {
  return { hour, minute, second, exact: false, today: false, midnight: false, length, ...more };
}

function readNamed(typed: string, position: Position): Time | null {
  const eod = words.eod.exec(typed);
  if (eod !== null) return time(endOfDay, 0, 0, eod[0].length, { exact: true, today: true });
  const noon = words.noon.exec(typed);
  if (noon !== null) return time(12, 0, 0, noon[0].length, { exact: true });
  const midnight = words.midnight.exec(typed);
  if (midnight !== null) return time(24, 0, 0, midnight[0].length, { exact: true, midnight: true });
  const part = words.part.exec(typed);
  const named = part?.[1]?.toLowerCase() as Part | undefined;
  if (part === null || named === undefined) return null;
  // `morning standup` is text; `in the morning` and `monday morning` are times.
  if (position === 'alone' && !/^in/i.test(part[0])) return null;
  return time(parts[named], 0, 0, part[0].length, { exact: true, part: named });
}

function readDigits(typed: string, position: Position | 'after at'): Time | Refusal | null {
  const meridiem = clocks.meridiem.exec(typed);
  if (meridiem !== null) {
    const hour = Number(meridiem[1]);
    if (hour < 1 || hour > 12) return noClock(meridiem[0]);
    const half = meridiem[4]?.toLowerCase() === 'p' ? 12 : 0;
    return time((hour % 12) + half, Number(meridiem[2] ?? 0), Number(meridiem[3] ?? 0), meridiem[0].length, {
      exact: true,
    });
  }
  const digital =
    clocks.colon.exec(typed) ??
    (position === 'alone' && !isClockWithDot(typed) ? null : clocks.dot.exec(typed)) ??
    (position === 'after a day' || position === 'after at' ? clocks.h.exec(typed) : null);
  if (digital !== null) {
    const [whole, hour, minute, second = '0'] = digital;
    const exact = Number(hour) > 12 || /^0/.test(whole);
    const midnight = Number(hour) === 24 && Number(minute) === 0 && Number(second) === 0;
    if (Number(hour) > 23 && !midnight) return noClock(whole);
    return time(Number(hour), Number(minute), Number(second), whole.length, { exact });
  }
  const oclock = clocks.oclock.exec(typed);
  if (oclock !== null)
    return Number(oclock[1]) > 23 ? noClock(oclock[0]) : time(Number(oclock[1]), 0, 0, oclock[0].length);
  return readBare(typed, position);
}

/** One rule for one and two digits: the hour of a 24-hour clock, unless it counts what follows (`10 disks`). */
function readBare(typed: string, position: Position | 'after at'): Time | Refusal | null {
  const bare = clocks.bare.exec(typed);
  if (bare === null) return null;
  const hour = Number(bare[1]);
  const after = typed.slice(bare[0].length);
  const part = words.partAfter.test(after);
  if (hour > 23 || position === 'after a span') return null;
  if (position === 'alone' && !part) return null;
  const counts = part || readZone(after) !== null ? 'no' : countsWhatFollows(after);
  if (counts === 'yes') return null;
  if (counts === 'perhaps') {
    return refuse(
      'not understood',
      'Is ',
      cited(bare[0]),
      ' an hour, or does the text begin with it? Write ',
      cited(`${bare[0]}:00 …`),
      ' or ',
      cited(`: ${bare[0]} …`),
      '.',
    );
  }
  return time(hour, 0, 0, bare[0].length);
}

/** `15.30` can only be a time, `15.12` could be a day. */
function isClockWithDot(typed: string): boolean {
  const [, hour, minute] = /^(\d{1,2})\.(\d{2})/.exec(typed) ?? [];
  return Number(minute) > 12 || (Number(minute) === 0 && Number(hour) < 24);
}

function noClock(typed: string): Refusal {
  return refuse('invalid', cited(typed), ' is not a time of day.');
}

/** `tonight at 8` is 20:00, `tonight at 1` is after midnight, `this afternoon at 3` is 15:00. */
function inPart(hour: number, part: Part): number {
  if (part === 'morning' || hour > 12) return hour;
  if (part === 'afternoon') return hour === 12 ? 12 : hour + 12;
  if (hour === 12) return 24;
  return hour < 5 && part === 'night' ? hour + 24 : hour + 12;
}
