/** A length of time that was typed. Months and days are counted on the calendar, seconds on the clock. */
export interface Span {
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
  /** Characters read. */
  readonly length: number;
}

interface Part {
  readonly amount: number;
  readonly unit: Unit;
  readonly length: number;
  /** The count is a word: `2 days an hour` needs an “and”, `2h 30m` does not. */
  readonly spelled: boolean;
}

type Unit = keyof typeof units;

/** From the largest to the smallest: a span names them in this order. */
const units = {
  year: { months: 12, days: 0, seconds: 0 },
  month: { months: 1, days: 0, seconds: 0 },
  fortnight: { months: 0, days: 14, seconds: 0 },
  week: { months: 0, days: 7, seconds: 0 },
  day: { months: 0, days: 1, seconds: 0 },
  hour: { months: 0, days: 0, seconds: 3600 },
  minute: { months: 0, days: 0, seconds: 60 },
  second: { months: 0, days: 0, seconds: 1 },
} as const;
const order = Object.keys(units);

/** The names of units, as part of a pattern. */
export const unitNames =
  'years?|yrs?|y|months?|mths?|mos?|fortnights?|weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s';
const unit = `(${unitNames})(?!\\p{L})`;
const counts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  'forty-five': 45,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
};
const fractions: Readonly<Record<string, number>> = {
  half: 1 / 2,
  '1/2': 1 / 2,
  '½': 1 / 2,
  quarter: 1 / 4,
  '1/4': 1 / 4,
  '¼': 1 / 4,
  '3/4': 3 / 4,
  '¾': 3 / 4,
};
const spelledCount = `(?:(?:a\\s+)?couple(?:\\s+of)?|${Object.keys(counts).reverse().join('|')})(?!\\p{L})`;
const digits = '\\d{1,6}(?:[.,]\\d{1,3})?';

const patterns = {
  /** `1:30h` */
  clock: /^(\d{1,3}):([0-5]\d)\s?(?:hours?|hrs?|h)(?!\p{L})/iu,
  /** `half an hour`, `a half hour`, `1/2 hour`, `¾h` */
  fraction: new RegExp(`^(?:(half)|a\\s+(half)|([1-3]/[24]|[½¼¾]))[\\s-]*(?:of\\s+)?(?:an?\\s+)?${unit}`, 'iu'),
  /** `a quarter of an hour`, `three quarters of an hour` */
  quarters: /^(?:(an?|one|three|3)\s+)?quarters?(?:\s+of)?(?:\s+an?)?\s+(hours?|hrs?|h)(?!\p{L})/iu,
  /** `one and a half hours`, `2½ hours`, `1 1/2 hours` */
  mixed: new RegExp(
    `^(?:(\\d{1,6})|(${spelledCount}))(?:\\s+and\\s+(?:a|one)\\s+(half|quarter)|\\s?([½¼¾])|\\s+([1-3]/[24]))\\s*${unit}`,
    'iu',
  ),
  /** `2h`, `90 min`, `an hour`, `an hour and a half` */
  counted: new RegExp(
    `^(?:(${digits})\\s?|(${spelledCount})\\s+)${unit}(?:\\s+and\\s+(?:a|one)\\s+(half|quarter)(?!\\s+(?:of|an?)(?!\\p{L})|[\\s-]*(?:${unitNames})(?!\\p{L}))(?!\\p{L}))?`,
    'iu',
  ),
};
const joint = /^\s*(,?\s*(?:and|&)\s+|,\s*|)/iu;
/** `1h30`; also `1 hr 30` where nothing follows, for `2h 30 disks` counts disks. */
const bareMinutes = /^(?:|\s+)([0-5]\d)(?=\s*(?:$|[,;\n]))|^([0-5]\d)(?![\p{L}\d:.,/%])/u;

/**
 * The length of time that the leading words name, in one grammar for reminders, due dates and work time: `1h30`, `1h 30m`,
 * `1 hour and 30 minutes`, `an hour and a half`, `three quarters of an hour`, `90 min`, `1.5h`, `1,5h`, `a fortnight`.
 * The longest expression counts, and each unit is smaller than the one before. Null when they name none.
 */
export function readSpan(words: string): Span | null {
  const parts: Part[] = [];
  let length = 0;
  for (;;) {
    const rest = words.slice(length);
    const before = parts.at(-1);
    const [joined = '', joiner = ''] = before === undefined ? [] : (joint.exec(rest) ?? []);
    const part = readPart(rest.slice(joined.length)) ?? null;
    const follows = before === undefined || part === null || order.indexOf(part.unit) > order.indexOf(before.unit);
    if (part === null || !follows || (before !== undefined && part.spelled && joiner === '')) break;
    parts.push(part);
    length += joined.length + part.length;
  }
  const last = parts.at(-1);
  if (last === undefined) return null;
  const minutes = last.unit === 'hour' ? bareMinutes.exec(words.slice(length)) : null;
  if (minutes !== null) {
    parts.push({ amount: Number(minutes[1] ?? minutes[2]), unit: 'minute', length: minutes[0].length, spelled: false });
    length += minutes[0].length;
  }
  if (/^[\p{L}\d]/u.test(words.slice(length))) return null;
  return sum(parts, length);
}

function readPart(words: string): Part | null {
  const clock = patterns.clock.exec(words);
  if (clock !== null) {
    return part(Number(clock[1]) + Number(clock[2]) / 60, 'h', clock[0], false);
  }
  const quarters = patterns.quarters.exec(words);
  if (quarters !== null)
    return fractionOf(/^(?:three|3)$/i.test(quarters[1] ?? '') ? 3 / 4 : 1 / 4, 'h', quarters[0], true);
  const fraction = patterns.fraction.exec(words);
  if (fraction !== null) {
    const named = (fraction[1] ?? fraction[2] ?? fraction[3] ?? '').toLowerCase();
    const amount = fractions[named];
    return amount === undefined ? null : fractionOf(amount, fraction[4] ?? '', fraction[0], /^h/.test(named));
  }
  const mixed = patterns.mixed.exec(words);
  if (mixed !== null) {
    const amount = fractions[(mixed[3] ?? mixed[4] ?? mixed[5] ?? '').toLowerCase()];
    const whole = count(mixed[1] ?? mixed[2] ?? '');
    return amount === undefined ? null : part(whole + amount, mixed[6] ?? '', mixed[0], mixed[2] !== undefined);
  }
  const counted = patterns.counted.exec(words);
  if (counted === null) return null;
  const more = fractions[(counted[4] ?? '').toLowerCase()] ?? 0;
  return part(count(counted[1] ?? counted[2] ?? '') + more, counted[3] ?? '', counted[0], counted[2] !== undefined);
}

/** A fraction of an hour is minutes, so that it can follow hours: `an hour and a quarter of an hour`. */
function fractionOf(amount: number, name: string, typed: string, spelled: boolean): Part {
  return unitOf(name.toLowerCase()) === 'hour'
    ? part(amount * 60, 'm', typed, spelled)
    : part(amount, name, typed, spelled);
}

function part(amount: number, name: string, typed: string, spelled: boolean): Part {
  return { amount, unit: unitOf(name.toLowerCase()), length: typed.length, spelled };
}

function count(typed: string): number {
  if (/couple/i.test(typed)) return 2;
  return counts[typed.toLowerCase()] ?? Number(typed.replace(',', '.'));
}

function unitOf(name: string): Unit {
  if (/^m(?:o|th)/.test(name)) return 'month';
  const found = order.find((unit) => unit.startsWith(name.charAt(0)) && unit !== 'month');
  return (found ?? 'minute') as Unit;
}

/** Half a month has no length: null. Half a year is six months, half a week three days and twelve hours. */
function sum(parts: readonly Part[], length: number): Span | null {
  const total = { months: 0, days: 0, seconds: 0 };
  for (const { amount, unit } of parts) {
    total.months += amount * units[unit].months;
    const days = amount * units[unit].days;
    total.days += Math.trunc(days);
    total.seconds += amount * units[unit].seconds + (days - Math.trunc(days)) * 86_400;
  }
  total.seconds = Math.round(total.seconds);
  return Number.isInteger(total.months) ? { ...total, length } : null;
}
