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

/**
 * The pieces of a search, left to right. Nothing is refused here: what is odd is a word. `or`, `and` and `not` in small
 * letters are operators beside a field, a bracket or a number (`is:open or owner:me`, `not status:open`), and words
 * between words (`printer not working`).
 */
export function tokenize(words: string): readonly Token[] {
  const tokens = [...pieces(words)];
  // From the right, so that `not not status:open` finds an operator behind the first one.
  for (const [index, token] of [...tokens.entries()].reverse()) {
    const kind = token.kind === 'word' ? operators[token.typed] : undefined;
    if (kind === undefined) continue;
    const behind = kind !== 'not' && endsOperand(tokens[index - 1]);
    if (behind || beginsOperand(tokens[index + 1])) tokens[index] = { ...token, kind };
  }
  return tokens;
}

const operators: Readonly<Record<string, 'or' | 'and' | 'not' | undefined>> = { or: 'or', and: 'and', not: 'not' };

/** Whether a search has operators in small letters that were taken for words, because words stand around them. */
export function hasOperatorsAsWords(words: string): boolean {
  return tokenize(words).some(({ kind, typed }) => kind === 'word' && operators[typed] !== undefined);
}

function endsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'term' || token.kind === ')' || isNamed(token));
}

function beginsOperand(token: Token | undefined): boolean {
  return token !== undefined && (['term', '(', 'not'].includes(token.kind) || isNamed(token));
}

/** Words that stand for a field: `unowned`, and `#123` for the ticket of that number. */
function isNamed({ kind, typed }: Token): boolean {
  return kind === 'word' && /^(?:unowned|#\d+)$/i.test(typed);
}

function pieces(words: string): readonly Token[] {
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
