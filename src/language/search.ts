import { nearest } from '../ticket/nearest.ts';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Comparison, Search } from '../ticket/search.ts';
import type { PersonRef, Speaking } from './request.ts';
import { costly } from './search-cost.ts';
import { searchFields } from './search-fields.ts';
import { type Token, tokenize } from './search-tokens.ts';
import { ticketNumber } from './tickets.ts';
import { cited, knownName, unclear } from './unclear.ts';

export const longestSearch = 2000;
export const mostTerms = 100;
const deepest = 40;

/**
 * Reads the search language: `queue:noc is:open owner:me priority>=50 due<today "exact words" (a OR b) -c cf.site:LAX`.
 * Terms side by side must all hold; no terms at all are met by every ticket. Dates are read in the speaker's zone.
 * Refuses, with the place and an example, what it does not understand, unknown queues and statuses, and searches of more
 * than 2,000 characters, 100 terms (20 of them texts) or 40 levels of brackets.
 */
export function search(words: string, speaking: Speaking): Search<PersonRef> | Refusal {
  if (words.length > longestSearch) {
    return refuse('too large', `A search can have ${longestSearch} characters; this one has ${words.length}.`);
  }
  const tokens = tokenize(words);
  const terms = tokens.filter(
    (token) => token.kind === 'word' || token.kind === 'quoted' || token.kind === 'term',
  ).length;
  if (terms > mostTerms) return refuse('too large', `A search can have ${mostTerms} terms; this one has ${terms}.`);
  const reader: Reader = { tokens, next: 0, speaking };
  const read = either(reader, 0);
  if (isRefusal(read)) return read;
  const left = reader.tokens[reader.next];
  if (left === undefined) return costly(read) ?? read;
  return misplaced(left, 'closes no bracket');
}

interface Reader {
  readonly tokens: readonly Token[];
  next: number;
  readonly speaking: Speaking;
}

/** `A B OR C D`: either side of each OR must hold as a whole. */
function either(reader: Reader, depth: number): Search<PersonRef> | Refusal {
  const sides: Search<PersonRef>[] = [];
  for (;;) {
    const or = reader.tokens[reader.next - 1];
    const side = every(reader, depth);
    if (isRefusal(side)) return side;
    const empty = 'all' in side && side.all.length === 0;
    const next = reader.tokens[reader.next];
    if (empty && next?.kind === 'or') return misplaced(next, 'has nothing before it');
    if (empty && sides.length > 0 && or !== undefined) return misplaced(or, 'has nothing after it');
    sides.push(side);
    if (next?.kind !== 'or') break;
    reader.next++;
  }
  return one(sides) ?? { any: sides };
}

function every(reader: Reader, depth: number): Search<PersonRef> | Refusal {
  const terms: Search<PersonRef>[] = [];
  for (;;) {
    const token = reader.tokens[reader.next];
    if (token === undefined || token.kind === 'or' || token.kind === ')') break;
    if (token.kind === 'and') {
      reader.next++;
      continue;
    }
    const term = single(reader, token, depth);
    if (isRefusal(term)) return term;
    terms.push(term);
  }
  return one(terms) ?? { all: terms };
}

function single(reader: Reader, token: Token, depth: number): Search<PersonRef> | Refusal {
  if (depth > deepest) return misplaced(token, `lies deeper than ${deepest} brackets`);
  reader.next++;
  switch (token.kind) {
    case 'not': {
      const negated = reader.tokens[reader.next];
      if (negated === undefined || negated.kind === 'or' || negated.kind === 'and' || negated.kind === ')') {
        return misplaced(token, 'has nothing after it');
      }
      const search = single(reader, negated, depth + 1);
      return isRefusal(search) ? search : { not: search };
    }
    case '(': {
      const inner = either(reader, depth + 1);
      if (isRefusal(inner)) return inner;
      if (reader.tokens[reader.next]?.kind !== ')') return misplaced(token, 'is never closed');
      reader.next++;
      return inner;
    }
    case 'term':
      return term(token, reader.speaking);
    default:
      return bare(token);
  }
}

function bare(token: Token): Search<PersonRef> | Refusal {
  if (token.kind === 'quoted') return { words: token.field };
  if (/^["“”]/.test(token.typed)) return misplaced(token, 'opens a quotation that is never closed');
  if (/^unowned$/i.test(token.typed)) return { field: 'owner', is: '=', value: null };
  if (!/^#\d+$/.test(token.typed)) return { words: token.typed };
  const ticket = ticketNumber(token.typed);
  return isRefusal(ticket) ? ticket : { field: 'id', is: '=', value: ticket };
}

function term(token: Token, speaking: Speaking): Search<PersonRef> | Refusal {
  const is = comparison(token.is);
  const typed = /^(@?)["“]([^"”]*)["”]$/.exec(token.value);
  const value = typed === null ? token.value : `${typed[1] === '@' ? '@' : ''}${typed[2] ?? ''}`;
  const field = searchFields.find((known) => known.name === token.field.toLowerCase());
  if (field === undefined) return custom(token, is, value, speaking);
  if (!field.ordered && is !== '=' && is !== '!=')
    return misplaced(token, `knows only ${field.name}: and ${field.name}!=`);
  if (value === '') return misplaced(token, 'has no value', field.example);
  const read = field.read(is, value, speaking);
  return isRefusal(read) ? refuse(read.refused, `At character ${token.at + 1}: `, ...read.text) : read;
}

/** `cf.site:LAX`; `site:LAX` where there is such a field. A mistyped field of Docket's own is not taken for one. */
function custom(token: Token, is: Comparison, value: string, speaking: Speaking): Search<PersonRef> | Refusal {
  const explicit = /^cf\.["“]?([^"”]+)/i.exec(token.field)?.[1];
  const name = explicit ?? knownName(token.field, speaking.fields);
  if (name === null) {
    const meant = nearest(token.field, [...searchFields.map((field) => field.name), ...speaking.fields]);
    return misplaced(
      token,
      meant === null
        ? 'is no field to search by; put words with such signs in quotes'
        : `is no field to search by, but ${meant}: is one`,
    );
  }
  if (is !== '=' && is !== '!=') return misplaced(token, 'compares a custom field, which knows only : and !=');
  return { custom: knownName(name, speaking.fields) ?? name, is, value };
}

function comparison(typed: string): Comparison {
  switch (typed) {
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return typed;
    default:
      return '=';
  }
}

function one(searches: readonly Search<PersonRef>[]): Search<PersonRef> | null {
  return searches.length === 1 ? (searches[0] ?? null) : null;
}

function misplaced(token: Token, why: string, example = 'list queue:noc is:open (owner:me OR unowned)'): Refusal {
  return unclear(example, cited(token.typed), ` (character ${token.at + 1}) ${why}.`);
}
