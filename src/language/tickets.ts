import { DateTime } from 'luxon';
import { say } from '../ticket/inline.ts';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { Typed } from './command.ts';
import { readMoment } from './moment.ts';
import type { Speaking } from './request.ts';
import { readSpan } from './span.ts';
import { cited, unclear } from './unclear.ts';
import type { Words } from './words.ts';

/** More in one line is more likely a slip than a wish, and each ticket is a change of its own. */
const mostTickets = 20;
/** Numbers are Postgres integers. */
const highestTicket = 2_147_483_647;

/** `#123`, `123,`, `#1,#2:`: one word with one or more numbers. */
const numbers = /^#?\d+(?:,#?\d+)*[,:]?$/;

/**
 * What can stand after a command's tickets decides whether a number without `#` is one of them:
 * `no numbers`: always; `a number`: only the first; `text`: only the first, or when nothing but numbers follows.
 * `a time` and `a length of time`: only the first, unless the time begins with it (`snooze 10 minutes` in a thread).
 */
export type Follows = 'no numbers' | 'a number' | 'text' | 'a time' | 'a length of time';

/**
 * Reads the tickets of a command; where none is named, it is those before the verb, or the ticket of the thread. A colon
 * ends them, whatever follows: `open 12: 13 days later`.
 * Refuses a number that no ticket can have, more than twenty, none at all, and a number of which it cannot tell
 * whether it is a ticket or the beginning of the text.
 */
export function readTickets(typed: Typed, follows: Follows): readonly TicketId[] | Refusal {
  const { words, speaking, given } = typed;
  if (given.length > 0) return given;
  const found: TicketId[] = [];
  while (numbers.test(words.next) || isJoined(words, found)) {
    const word = words.next;
    if (!word.startsWith('#')) {
      const role = bareNumber(typed, follows, found.length);
      if (role === 'text') break;
      if (role === 'unclear') return ambiguous(typed, word, follows);
    }
    const ends = word.endsWith(':');
    const read = readNumbers(words, found);
    if (isRefusal(read)) return read;
    if (ends) break;
  }
  if (found.length > 0) return [...new Set(found)];
  if (speaking.ticket !== null) return [speaking.ticket];
  return unclear(typed.command.example, 'Which ticket?');
}

const joint = /(?:and|&|\+|,)\s+(?=#\d+(?:,#?\d+)*[,:]?(?!\S))/iy;

/** Passes over the `and` between two tickets: `#24 and #23`. */
function isJoined(words: Words, found: readonly TicketId[]): boolean {
  return found.length > 0 && words.take(joint) !== null;
}

/** Reads the run of `#123` words that begins an update in a message. */
export function readHashes(words: Words): readonly TicketId[] | Refusal {
  const found: TicketId[] = [];
  while (isHashes(words.next) || isJoined(words, found)) {
    const read = readNumbers(words, found);
    if (isRefusal(read)) return read;
  }
  return [...new Set(found)];
}

/** Whether a word is `#123`, or several such joined by commas. */
export function isHashes(word: string): boolean {
  return word.startsWith('#') && numbers.test(word);
}

/** The number of a ticket, from `123` or `#123`. Refuses what is none. */
export function ticketNumber(word: string): TicketId | Refusal {
  const digits = word.replace(/^#/, '');
  if (!/^\d+$/.test(digits)) return refuse('not understood', cited(word), ' is not the number of a ticket.');
  const number = Number(digits);
  if (number >= 1 && number <= highestTicket) return number;
  return refuse('invalid', 'There can be no ticket ', cited(word), `: numbers run from 1 to ${highestTicket}.`);
}

function readNumbers(words: Words, found: TicketId[]): undefined | Refusal {
  for (const part of words
    .word()
    .replace(/[,:]$/, '')
    .split(',', mostTickets + 1)) {
    const number = ticketNumber(part);
    if (isRefusal(number)) return number;
    found.push(number);
    if (found.length > mostTickets) {
      return refuse('too large', `One line can name ${mostTickets} tickets. Do the rest in a second one.`);
    }
  }
  return undefined;
}

function bareNumber(
  { words, speaking, command }: Typed,
  follows: Follows,
  before: number,
): 'ticket' | 'text' | 'unclear' {
  if (follows === 'no numbers') return 'ticket';
  const alone = words.next.length === words.rest.length;
  if (follows === 'a time' || follows === 'a length of time') {
    if (before > 0 || beginsTime(words.rest, follows, speaking)) return 'text';
    // `time 30` is half an hour; `due 8` asks about ticket 8; `snooze 10` could be ten minutes.
    if (alone && follows === 'a time' && command.verb !== 'snooze') return 'ticket';
    if (speaking.ticket === null || Number(words.next) === speaking.ticket) return 'ticket';
    if (follows === 'a length of time') return alone ? 'text' : 'ticket';
    return 'unclear';
  }
  if (follows === 'a number') {
    const left = speaking.ticket !== null && Number(words.next) !== speaking.ticket;
    return before > 0 || (alone && left) ? 'text' : 'ticket';
  }
  if (/^[\d,\s]*(?:until\s|$)/i.test(words.rest)) return 'ticket';
  if (before > 0) return 'text';
  return speaking.ticket === null || Number(words.next) === speaking.ticket ? 'ticket' : 'unclear';
}

/** Whether a number belongs to the words after it: `10 minutes`, `1 dec`, but not `12 mar 5`, which is #12 and 5 March. */
function beginsTime(words: string, follows: 'a time' | 'a length of time', { now, zone }: Speaking): boolean {
  if (readSpan(words.slice(0, longestTime)) !== null) return true;
  if (follows === 'a length of time') return false;
  const here = DateTime.fromISO(now, { zone });
  const reads = (typed: string) => {
    const read = readMoment(typed, here, 'forward');
    return read !== null && !isRefusal(read);
  };
  return reads(words) && !reads(words.replace(/^\S+\s*/, ''));
}

const longestTime = 120;

function ambiguous(typed: Typed, word: string, follows: Follows): Refusal {
  if (follows === 'a time') {
    return refuse(
      'not understood',
      'Is ',
      cited(word),
      ' a ticket, or a time? Write ',
      say(`${typed.verb} #${word} 1h`),
      ' or ',
      say(`${typed.verb} ${word}m`),
      '.',
    );
  }
  return refuse(
    'not understood',
    'Is ',
    cited(word),
    ' a ticket, or does the text begin with it? Write ',
    say(`${typed.verb} #${word} …`),
    ' or ',
    say(`${typed.verb} #${typed.speaking.ticket} ${word} …`),
    '.',
  );
}
