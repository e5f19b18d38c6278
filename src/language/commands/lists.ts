import { isRefusal, type Refusal, refuse } from '../../ticket/refusal.ts';
import type { Cursor, Order, Search } from '../../ticket/search.ts';
import type { Command, Typed } from '../command.ts';
import { readCursor } from '../cursor.ts';
import type { PersonRef, Request } from '../request.ts';
import { longestSearch, mostTerms, search } from '../search.ts';
import { costly } from '../search-cost.ts';
import { hasOperatorsAsWords } from '../search-tokens.ts';
import { cited, unclear } from '../unclear.ts';

const open: Search<PersonRef> = { field: 'kind', is: '!=', value: 'inactive' };
/** What lists can be sorted by. */
export const orders = ['priority', 'created', 'updated', 'due', 'id'] as const satisfies readonly Order[];
const byOrder = new RegExp(`(?:^|\\s)by\\s+(${orders.join('|')})$`, 'i');
const onPage = /(?:^|\s)page\s+([1-9]\d{0,5})$/i;

/** What people expect to sort by, and lists do not know: a word that follows `by` in earnest is none of these. */
const otherOrders =
  /(?:^|\s)by\s+(age|date|newest|oldest|number|owner|queue|requestor|status|subject|time|title|name|urgency)$/i;

interface Asked {
  readonly words: string;
  readonly order: Order;
  readonly page: number;
  readonly cursor: Cursor | null;
  /** What lists this again, without the page. */
  readonly line: string;
}

/** Reads `WORDS [by ORDER] [page N]`. */
function readList({ words, command }: Typed, usual: Order): Asked | Refusal {
  const typed = words.rest;
  if (typed.length > longestSearch) {
    return refuse('too large', `A search can have ${longestSearch} characters; this one has ${typed.length}.`);
  }
  const turned = readCursor(typed);
  const page = turned === null ? onPage.exec(typed) : null;
  const unpaged = turned?.before ?? (page === null ? typed : typed.slice(0, page.index));
  const order = byOrder.exec(unpaged);
  const other = order === null && command.verb !== 'find' ? otherOrders.exec(unpaged)?.[1] : undefined;
  if (other !== undefined) {
    return unclear(
      `${command.verb} by updated`,
      'A list cannot be sorted by ',
      cited(other),
      `. It can be sorted by ${orders.join(', ')}.`,
    );
  }
  return {
    words: (order === null ? unpaged : unpaged.slice(0, order.index)).trim(),
    order: orders.find((known) => known === order?.[1]?.toLowerCase()) ?? usual,
    page: Number(page?.[1] ?? 1),
    cursor: turned?.cursor ?? null,
    line: `${command.verb} ${unpaged.trim()}`.trim(),
  };
}

/** A list of the tickets that meet `base` and what was typed after the verb. */
function list(title: string, base: Search<PersonRef>): Command['read'] {
  return (typed) => {
    const asked = readList(typed, 'priority');
    if (isRefusal(asked)) return asked;
    const { words, ...rest } = asked;
    const more = search(words, typed.speaking);
    if (isRefusal(more)) return more;
    if (words === '') return { do: 'list', title, search: base, hint: '', ...rest };
    return { do: 'list', title: `${title}: ${words}`, search: { all: [base, more] }, hint: hintOn(words), ...rest };
  };
}

/** Open tickets; with a search, all that meet it, for a search may ask for closed ones. */
function listAny(typed: Typed): Request | Refusal {
  const asked = readList(typed, 'priority');
  if (isRefusal(asked)) return asked;
  const { words, ...rest } = asked;
  if (words === '') return { do: 'list', title: 'Open tickets', search: open, hint: '', ...rest };
  const found = search(words, typed.speaking);
  if (isRefusal(found)) return found;
  return { do: 'list', title: `Tickets: ${words}`, search: found, hint: hintOn(words), ...rest };
}

function hintOn(words: string): string {
  return hasOperatorsAsWords(words)
    ? '“or”, “and” and “not” between plain words are searched for as words. Write OR, AND or NOT for the operators.'
    : '';
}

/** All the words, wherever they stand; those in quotes just so. Nothing in them is an operator. */
function find(typed: Typed): Request | Refusal {
  const asked = readList(typed, 'updated');
  if (isRefusal(asked)) return asked;
  const { words, ...rest } = asked;
  const terms = [...words.matchAll(/["“]([^"”]+)["”]|(\S+)/g)].map((found) => ({ words: found[1] ?? found[0] }));
  if (terms.length === 0) return unclear(typed.command.example, 'Which words?');
  if (terms.length > mostTerms) {
    return refuse('too large', `A search can have ${mostTerms} terms; this one has ${terms.length}.`);
  }
  const all = { all: terms };
  return costly(all) ?? { do: 'list', title: `Tickets with ${words}`, search: all, hint: '', ...rest };
}

const mine: Search<PersonRef> = {
  all: [
    {
      any: [
        { field: 'owner', is: '=', value: { person: 'me' } },
        { field: 'requestor', is: '=', value: { person: 'me' } },
      ],
    },
    open,
  ],
};

export const lists: readonly Command[] = [
  {
    verb: 'list',
    aliases: ['ls', 'search'],
    topic: 'lists',
    syntax: 'list [SEARCH] [by ORDER] [page NUMBER]',
    summary: `Lists tickets: the open ones, or those that a search finds. Sorted by ${orders.join(', ')}.`,
    example: 'list queue:noc status:open priority>=50 by due',
    onTickets: false,
    read: listAny,
  },
  {
    verb: 'mine',
    aliases: [],
    topic: 'lists',
    syntax: 'mine [SEARCH] [page NUMBER]',
    summary: 'Lists the open tickets that you own or asked for.',
    example: 'mine',
    onTickets: false,
    read: list('Your open tickets', mine),
  },
  {
    verb: 'unowned',
    aliases: [],
    topic: 'lists',
    syntax: 'unowned [SEARCH] [page NUMBER]',
    summary: 'Lists the open tickets that nobody owns.',
    example: 'unowned queue:noc',
    onTickets: false,
    read: list('Open tickets that nobody owns', { all: [{ field: 'owner', is: '=', value: null }, open] }),
  },
  {
    verb: 'find',
    aliases: [],
    topic: 'lists',
    syntax: 'find WORDS [page NUMBER]',
    summary: 'Lists tickets with these words, closed ones too.',
    example: 'find "link down" LAX',
    onTickets: false,
    read: find,
  },
];
