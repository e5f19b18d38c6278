import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import { leftover } from './leftover.ts';
import { readSpan } from './span.ts';
import { cited } from './unclear.ts';

/**
 * Minutes of a length of time that is all of `typed`, rounded to whole minutes. Refuses what `readDuration` refuses, and
 * words after it.
 */
export function duration(typed: string): number | Refusal {
  const read = readDuration(typed.trim());
  if (isRefusal(read)) return read;
  return read.length === typed.trim().length ? read.minutes : notALength(typed);
}

/**
 * Minutes of the length of time that the leading words name, rounded to whole minutes, and the characters read:
 * `30m`, `1h 30m`, `2 hours`, `an hour and a half`, `1:30`, `1,5h`, or a bare number of minutes (RT's own unit).
 * Refuses days and longer, for a working day has no fixed length; what is no length; less than a minute; and a rest
 * that looks like more of the length.
 */
export function readDuration(typed: string): { readonly minutes: number; readonly length: number } | Refusal {
  const read = readMinutes(typed.slice(0, longest));
  if (read === null) return notALength(typed);
  const expression = typed.slice(0, read.length);
  const more = leftover(typed.slice(read.length), 'duration', expression);
  if (more !== null) {
    return refuse('not understood', 'What is ', cited(more), ' after ', cited(expression), '? Write ', ...examples);
  }
  if (read.minutes < 1) return refuse('invalid', cited(expression), ' is less than a minute. Write ', ...examples);
  return read;
}

/** No expression is longer. */
const longest = 100;
const examples = [cited('30m'), ', ', cited('1h30m'), ', ', cited('1.5h'), ', or minutes: ', cited('90'), '.'];

function notALength(typed: string): Refusal {
  return refuse('not understood', cited(typed), ' is not a length of time. Write ', ...examples);
}

/** `1:30`, or minutes; not the start of a date, a decimal or a word. */
const plain = /^(?:(\d{1,3}):([0-5]\d)|(\d{1,6}))(?=$|[\s;]|[,:](?!\d))/;

function readMinutes(typed: string): { readonly minutes: number; readonly length: number } | null {
  const span = readSpan(typed);
  if (span !== null) {
    if (span.months > 0 || span.days > 0) return null;
    return { minutes: Math.round(span.seconds / 60), length: span.length };
  }
  const found = plain.exec(typed);
  if (found === null) return null;
  return { minutes: Number(found[1] ?? 0) * 60 + Number(found[2] ?? found[3]), length: found[0].length };
}
