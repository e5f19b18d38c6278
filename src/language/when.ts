import { DateTime } from 'luxon';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Inline } from '../ticket/text.ts';
import type { Instant } from '../ticket/ticket.ts';
import { morning } from './clock.ts';
import { leftover } from './leftover.ts';
import { readMoment } from './moment.ts';
import type { Speaking } from './request.ts';
import { cited } from './unclear.ts';
import type { Words } from './words.ts';
import { zoneOfCity } from './zones.ts';

/** Kinds of times that are understood: shown by help, offered by completion. Text may follow each of them. */
export const whenExamples = [
  {
    syntax: '30m, 2h, 1h30m, an hour and a half, 1d, 2w',
    summary: 'From now on; days, weeks and months keep the time of day.',
    example: '2h',
  },
  { syntax: 'DAY', summary: 'A day alone means 9:00: today, tomorrow, a weekday, a date.', example: 'tomorrow' },
  {
    syntax: 'DAY TIME',
    summary:
      'A weekday is the next one to come. A number is the hour (mon 8), unless it counts what follows (mon 8 disks).',
    example: 'mon 9am',
  },
  {
    syntax: 'TIME',
    summary: 'Today, or tomorrow when it has passed. A text that begins like a time needs a colon before it.',
    example: '17:00',
  },
  {
    syntax: 'eod, eow, eom',
    summary: 'The end of the working day, week or month: 17:00, also of another day (fri eod).',
    example: 'eod',
  },
  { syntax: 'next week', summary: 'The next Monday, 9:00. Also: friday next week.', example: 'next week' },
  { syntax: '2d TIME', summary: 'So many days on, at a time of day.', example: '2d 9am' },
  {
    syntax: 'TIME ZONE',
    summary: 'A time in another zone: UTC, CET, +02:00 or a name such as Europe/London.',
    example: '9am Europe/London',
  },
  { syntax: 'YYYY-MM-DD HH:MM', summary: 'A date and time in your own time zone.', example: '2026-12-01 14:00' },
] as const;

const horizon = { years: 10 };

/**
 * The moment that the leading words of `words` name, read in the IANA `zone` at the moment `now`, and the words after
 * it. Refuses, with an example, what is no time or could be two, what has passed or is more than ten years away, and words
 * after the time that look like more of it (a colon between them makes them text).
 */
export function when(
  words: string,
  now: Instant,
  zone: string,
): { readonly at: Instant; readonly rest: string } | Refusal {
  const typed = words.trimStart();
  const here = DateTime.fromISO(now, { zone });
  const found = readMoment(typed, here, 'forward');
  if (isRefusal(found)) return withExamples(found);
  if (found === null) return refuse('not understood', ...notATime(typed), ' Write ', ...examples);
  const expression = typed.slice(0, found.length);
  const moment = found.wholeDay ? found.at.set({ hour: morning }) : found.at;
  const at = moment.toUTC().toISO();
  if (at === null || moment > here.plus(horizon)) {
    return refuse('invalid', cited(expression), ' is more than ten years away. Write ', ...examples);
  }
  const more = leftover(typed.slice(found.length), 'time', expression) ?? zoneName(typed.slice(found.length));
  if (more !== null) return unclearEnd(expression, more);
  if (moment <= here) return refuse('invalid', cited(expression), ' has passed. Write ', ...examples);
  return { at, rest: typed.slice(found.length).replace(/^[\s,;:]+|^[.!?]+\s*$/, '') };
}

/** Some refusals say themselves what to write. */
function withExamples({ refused, text }: Refusal): Refusal {
  const says = text.some((part) => typeof part === 'string' && part.includes('Write'));
  return says ? refuse(refused, ...text) : refuse(refused, ...text, ' Write ', ...examples);
}

function unclearEnd(expression: string, more: string): Refusal {
  return refuse(
    'not understood',
    'What is ',
    cited(more),
    ' after ',
    cited(expression),
    '? Write one time, such as ',
    cited('mon 9am'),
    ', and a colon before text that begins like a time: ',
    cited(`${expression}: …`),
  );
}

/** A city at the end of a line: `9am London`. */
function zoneName(rest: string): string | null {
  return /^\s+\p{L}[\p{L} _-]{2,30}$/u.test(rest) && zoneOfCity(rest) !== null ? rest.trim() : null;
}

function notATime(typed: string): readonly Inline[] {
  const bare = /^(?:in\s+)?(\d{1,4})(?=\s|$)/i.exec(typed)?.[1];
  if (bare === undefined || Number(bare) > 999) return [...cite(typed), ' is not a time.'];
  const hour = Number(bare) < 24 ? [', or ', cited(`${bare}:00`), ' for the time of day'] : [];
  return [...cite(typed), ' is not a time: write ', cited(`${bare}m`), ' for minutes', ...hour, '.'];
}

/** Reads a time from the words of a command, and leaves the text after it. */
export function readWhen(words: Words, speaking: Speaking): Instant | Refusal {
  const before = words.rest;
  const read = when(before, speaking.now, speaking.zone);
  if (isRefusal(read)) return read;
  words.skip(before.length - read.rest.length);
  return read.at;
}

const examples: readonly Inline[] = [
  cited('2h'),
  ', ',
  cited('tomorrow'),
  ', ',
  cited('mon 9am'),
  ' or ',
  cited('2026-12-01 14:00'),
  '.',
];

function cite(words: string): readonly Inline[] {
  return words.trim() === '' ? ['Nothing'] : [cited(words.trim())];
}
