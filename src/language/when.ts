import { DateTime } from 'luxon';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Inline } from '../ticket/text.ts';
import type { Instant } from '../ticket/ticket.ts';
import { isAmbiguous, readMoment } from './moment.ts';
import type { Speaking } from './request.ts';
import { cited } from './unclear.ts';
import type { Words } from './words.ts';

/** Kinds of times that are understood: shown by help, offered by completion. Any of them may be followed by text. */
export const whenExamples = [
  { syntax: '30m, 2h, 2h30m, 1d, 2w', summary: 'From now on; days and weeks keep the time of day.', example: '2h' },
  { syntax: 'DAY', summary: 'A day alone means 9:00: today, tomorrow, a weekday, a date.', example: 'tomorrow' },
  { syntax: 'DAY TIME', summary: 'A weekday is the next one to come.', example: 'mon 9am' },
  { syntax: 'TIME', summary: 'Today, or tomorrow when it has passed.', example: '17:00' },
  { syntax: 'eod', summary: 'The end of the working day: 17:00, also of another day (fri eod).', example: 'eod' },
  { syntax: 'next week', summary: 'The next Monday, 9:00.', example: 'next week' },
  { syntax: 'YYYY-MM-DD HH:MM', summary: 'A date and time in your own time zone.', example: '2026-12-01 14:00' },
] as const;

const morning = 9;
const horizon = { years: 10 };

/**
 * The moment that the leading words of `words` name, read in the IANA `zone` at the moment `now`, and the words after
 * it. Refuses, with an example, what is no time, has passed, or is more than ten years away.
 */
export function when(
  words: string,
  now: Instant,
  zone: string,
): { readonly at: Instant; readonly rest: string } | Refusal {
  const typed = words.trimStart();
  const here = DateTime.fromISO(now, { zone });
  const found = readMoment(typed, here, 'forward');
  if (found === null) return refuse('not understood', ...cite(typed), ' is not a time. Write ', ...examples);
  const expression = typed.slice(0, found.length);
  if (isAmbiguous(expression)) {
    return refuse('invalid', cited(expression), ' is one day here and another there. Write ', ...examples);
  }
  const moment = found.wholeDay ? found.at.set({ hour: morning }) : found.at;
  const at = moment.toUTC().toISO();
  if (at === null || moment > here.plus(horizon)) {
    return refuse('invalid', cited(expression), ' is more than ten years away. Write ', ...examples);
  }
  if (moment <= here) return refuse('invalid', cited(expression), ' has passed. Write ', ...examples);
  return { at, rest: typed.slice(found.length).replace(/^[\s,;:]+/, '') };
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
