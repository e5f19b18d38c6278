import { type Refusal, refuse } from '../ticket/refusal.ts';
import { lineOf } from './line.ts';
import type { PersonRef } from './request.ts';
import { cited } from './unclear.ts';
import { Words } from './words.ts';

const longestName = 100;
const mentioned = /<@!?([^>|\s]+)(?:\|[^>]*)?>/y;
const quoted = /@?["“]([^"”]*)["”]/y;
const mail = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/**
 * Reads a person: `@bo`, `@"Bo Smith"`, `<@U123>` (a mention), `bo@example.com`, `me`; without the `@` only where
 * `bare`, for there a person must stand. Null when no person stands here; then nothing is read.
 * Refuses a name longer than 100 characters.
 */
export function readPerson(words: Words, bare: boolean): PersonRef | Refusal | null {
  const mention = words.take(mentioned);
  if (mention?.[1] !== undefined) return bounded({ person: 'mention', id: mention[1] }, mention[1]);
  if (bare || words.next.startsWith('@')) {
    const name = words.take(quoted)?.[1]?.trim();
    if (name) return bounded({ person: 'name', name }, name);
  }
  const word = words.next.replace(/[,;:]$/, '');
  const person = named(word, bare);
  if (person === null) return null;
  words.word();
  return bounded(person, word);
}

/**
 * Reads the person that ends a line: all of `@Bo Lindqvist`, too, where two or three words that look like one name are
 * left. Null when nobody stands there.
 */
export function readLastPerson(words: Words): PersonRef | Refusal | null {
  const whole = words.take(/@?(\p{Lu}[\p{L}\p{M}'’.-]*(?:[^\S\n]+\p{Lu}[\p{L}\p{M}'’.-]*){1,3})$/uy)?.[1];
  if (whole !== undefined) return bounded({ person: 'name', name: whole.replace(/\s+/g, ' ') }, whole);
  return readPerson(words, true);
}

/** The person that a whole answer names; blanks are part of the name. Refuses a name longer than 100 characters. */
export function personOf(answer: string): PersonRef | Refusal {
  const words = new Words(lineOf(answer), 0, answer.length);
  const read = readPerson(words, true);
  if (read !== null && words.ended) return read;
  const name = answer.trim().replace(/^@/, '');
  return bounded({ person: 'name', name }, name);
}

function named(word: string, bare: boolean): PersonRef | null {
  if (/^@?me$/i.test(word)) return { person: 'me' };
  if (word.length <= longestName && mail.test(word)) return { person: 'mail', address: word };
  if (/^@[^@]/.test(word)) return { person: 'name', name: word.slice(1) };
  return bare && word !== '' ? { person: 'name', name: word } : null;
}

function bounded(person: PersonRef, name: string): PersonRef | Refusal {
  return name.length <= longestName ? person : refuse('too large', 'The name ', cited(name), ' is too long.');
}
