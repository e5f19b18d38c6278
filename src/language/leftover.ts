import { unitNames } from './span.ts';

const weekdays = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sun)days?';
const shortWeekdays = '(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)';
const months =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const end = '(?![\\p{L}\\d])';
const plainLength = [
  `\\d{1,6}(?:[.,]\\d{1,3})?\\s?(?:${unitNames})(?![\\p{L}])`,
  `(?:an?|one)\\s+(?:half|quarter|hour|minute|day|week|month|year)${end}`,
  `(?:half|quarter)${end}`,
];
const clock = [
  '\\d{1,2}[:.]\\d{2}(?!\\d)',
  `\\d{1,2}\\s?[ap]\\.?m${end}`,
  `\\d{1,2}h(?:\\d{2})?${end}`,
  `\\d{1,2}\\s*o'?clock${end}`,
  `(?:noon|midday|midnight|eod|today|tonight|tomorrow|yesterday)${end}`,
];
const day = [
  `${weekdays}${end}`,
  `(?:next|last|this)\\s+(?:week|month|year|morning|afternoon|evening|${weekdays}|${shortWeekdays})${end}`,
  `\\d{4}-\\d{1,2}-\\d{1,2}`,
  '\\d{1,2}/\\d{1,2}(?!\\d)',
  '\\d{1,2}\\.\\d{1,2}\\.',
  `\\d{1,2}(?:st|nd|rd|th)?\\s+${months}${end}`,
  `${months}\\s+\\d{1,2}${end}`,
];
const bareHour = `\\d{1,2}(?=\\s*(?:$|[,;:\\n]))`;
const endsInUnit = new RegExp(`(?<!\\p{L})(?:${unitNames})$`, 'iu');
/** An IPv4 address, which begins as a date or a time does. */
const address = /^\s+\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/;
/** `0930`, which could be a number as well. */
const hoursAndMinutes = /^\s*(?:[01]\d|2[0-3])[0-5]\d(?![\p{L}\d.,:/%-])/u;

const join =
  '(?:\\s*[,&+@/~–—-]\\s*|\\s*(?:and|or|to|till|til|until|through|thru|at|on|by|in|from|after|before|within)\\s+)';
const all = [...plainLength, ...clock, ...day, bareHour];
const patterns = {
  time: [
    new RegExp(`^${join}{1,3}(?:${[...all, `${shortWeekdays}${end}`].join('|')})`, 'iu'),
    new RegExp(`^\\s*(?:${all.join('|')})`, 'iu'),
    new RegExp(`^\\s+${shortWeekdays}(?=\\s*$|\\s+(?:\\d|at\\s|and\\s|or\\s|next\\s))`, 'iu'),
    /^\s+(?:week|next|ago)\s*$/iu,
    /^\s*\d{1,2}\s?[–-]\s?\d{1,2}(?:[ap]m)?(?![\p{L}\d./-])/iu,
    /^[:/.+–—-]\s*\d/u,
  ],
  duration: [new RegExp(`^${join}{0,2}(?:${plainLength.join('|')})`, 'iu'), /^[:/.,+–—-]\s*\d/u, /^\s+\d{1,2}\s*$/u],
};

/**
 * What in the words after a time (or a length of time) looks like more of it, and so must not become text unseen: `and tue 9am`,
 * `25:00`, `-fri 9am`, `and 30 minutes`. Null when nothing does; a colon or a semicolon before them says that they are text.
 */
export function leftover(words: string, after: 'time' | 'duration', expression: string): string | null {
  const head = words.slice(0, 100);
  if (/^\s*[:;](?:\s|$)/.test(head) || address.test(head)) return null;
  // `1 hr 30 call bo`: more minutes, unless the number counts something.
  const number = endsInUnit.test(expression) ? /^\s+\d{1,2}(?![\p{L}\d])/u.exec(head) : null;
  if (number !== null && countsWhatFollows(head.slice(number[0].length)) !== 'yes') return words.trim();
  const digits = after === 'time' ? hoursAndMinutes.exec(head) : null;
  if (digits !== null && countsWhatFollows(head.slice(digits[0].length)) !== 'yes') return words.trim();
  return patterns[after].some((pattern) => pattern.test(head)) ? words.trim() : null;
}

const measure =
  /^\s?(?:%|x(?!\p{L})|(?:[kmgt]i?b|[kmg]bit|[kmg]bps|km|kv|kw|more|people|of|other|new|extra|spare|failed|broken)(?!\p{L}))/iu;

/**
 * Whether a number counts the words after it. `yes`: the next word is a plural or a measure (`10 disks to swap`); `no`:
 * nothing follows, or a singular (`8 call bo`); `perhaps`: a plural comes soon (`8 restart routers`).
 */
export function countsWhatFollows(after: string): 'yes' | 'no' | 'perhaps' {
  if (/^\s*(?:$|[,;:\n–—-])/.test(after)) return 'no';
  if (measure.test(after)) return 'yes';
  const [first = '', second = '', third = ''] = after.trim().split(/\s+/, 3);
  if (isPlural(first)) return 'yes';
  return isPlural(second) || isPlural(third) ? 'perhaps' : 'no';
}

/** An English plural, as far as its letters tell. */
function isPlural(word: string): boolean {
  return /^\p{L}+s[.,;:!?]*$/iu.test(word) && !/(?:ss|us|is|as|'s|news)[.,;:!?]*$/iu.test(word) && word.length > 3;
}
