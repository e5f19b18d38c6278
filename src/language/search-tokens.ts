/** A piece of a search. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'term' | 'not' | 'or' | 'and' | '(' | ')';
  readonly typed: string;
  /** Offset of its first character. */
  readonly at: number;
  /** Of a `term`: `cf.site`, `:`, `LAX`, as typed. Of what was `quoted`: the words, as `field`. */
  readonly field: string;
  readonly is: string;
  readonly value: string;
}

const value = '@?["“][^"”]*["”]|[^\\s()]*';
const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['(', /\(/y],
  [')', /\)/y],
  ['or', /(?:OR|\|\|?)(?=[\s()]|$)/y],
  ['and', /(?:AND|&&?)(?=[\s()]|$)/y],
  ['not', /-(?=[^\s)])|NOT(?=[\s(]|$)/y],
  ['quoted', /["“]([^"”]*)["”]/y],
  ['term', new RegExp(`(cf\\.["“][^"”]+["”]|[\\p{L}_][\\p{L}\\d_.-]*)(!=|<=|>=|[:=<>])(?!//)(${value})`, 'iuy')],
  ['word', /[^\s()]+/y],
];

/** The pieces of a search, left to right. Nothing is refused here: what is odd is a word. */
export function tokenize(words: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < words.length) {
    if (/\s/.test(words.charAt(at))) {
      at++;
      continue;
    }
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(words);
      if (found === null) continue;
      const [typed, field = '', is = '', value = ''] = found;
      tokens.push({ kind, typed, at, field, is, value });
      at += typed.length;
      break;
    }
  }
  return tokens;
}
