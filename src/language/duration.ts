import { type Refusal, refuse } from '../ticket/refusal.ts';
import { cited } from './unclear.ts';

const clock = /^(?:(\d{1,6}(?:\.\d{1,3})?)h)?(?:(\d{1,6})m(?:in)?)?$/i;

/**
 * Minutes of `30m`, `1h30m`, `1.5h`, or of a bare number of minutes (RT's own unit), rounded to whole minutes.
 * Refuses what is not one of these, and less than a minute.
 */
export function duration(word: string): number | Refusal {
  const minutes = read(word.trim());
  if (minutes === null) {
    return refuse('not understood', cited(word), ' is not a length of time. Write ', ...examples);
  }
  if (minutes < 1) return refuse('invalid', cited(word), ' is less than a minute. Write ', ...examples);
  return minutes;
}

const examples = [cited('30m'), ', ', cited('1h30m'), ', ', cited('1.5h'), ', or minutes: ', cited('90'), '.'];

function read(word: string): number | null {
  if (/^\d{1,6}$/.test(word)) return Number(word);
  const found = clock.exec(word);
  if (found === null || word === '') return null;
  return Math.round(Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0));
}
