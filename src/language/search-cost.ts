import { type Refusal, refuse } from '../ticket/refusal.ts';
import type { Search } from '../ticket/search.ts';

/** Terms that texts are searched for: each looks through the index, or where it is short, through all texts. */
const most = { terms: 20, short: 5 };
/** Characters from which on the index of trigrams helps. */
const indexed = 3;

/** The refusal of a search whose text terms would take the database too long; null where they would not. */
export function costly(search: Search<unknown>): Refusal | null {
  const terms = textTerms(search);
  if (terms.length > most.terms) {
    return refuse(
      'too large',
      `A search can look for ${most.terms} words or phrases in texts; this one has ${terms.length}. Leave some out, or put words that stand side by side in quotes.`,
    );
  }
  const short = terms.filter((term) => [...term.trim()].length < indexed);
  if (short.length <= most.short) return null;
  return refuse(
    'too large',
    `A search can look for ${most.short} words of fewer than ${indexed} characters; this one has ${short.length}. Write longer ones.`,
  );
}

function textTerms(search: Search<unknown>): readonly string[] {
  if ('all' in search) return search.all.flatMap(textTerms);
  if ('any' in search) return search.any.flatMap(textTerms);
  if ('not' in search) return textTerms(search.not);
  if ('words' in search) return search.words.trim() === '' ? [] : [search.words];
  return 'field' in search && search.field === 'subject' ? [search.value] : [];
}
