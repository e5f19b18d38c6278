import { RE2JS, RE2JSException } from 're2js';

/**
 * Instructions of a compiled pattern. Matching takes at most this times the characters of the value: with a value of
 * `limits.field` characters, some 60 ms at worst.
 */
const mostInstructions = 1_200;

/** Patterns that were compiled, by their text. They come from the configuration, so there are few. */
const compiled = new Map<string, RE2JS>();

/**
 * Whether a text as a whole matches a pattern of the configuration. Patterns run on an engine (RE2) whose time grows with
 * the length of the text alone: backtracking over what somebody typed could take for ever, and stop everything else.
 *
 * @param pattern one in which `patternProblem` finds nothing
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? compile(pattern);
  compiled.set(pattern, known);
  return known.matches(text);
}

/**
 * What keeps a pattern from being used, as the end of a sentence: `is not a regular expression: Unterminated group.`
 * Patterns are JavaScript's (flag `u`) without look-ahead and back-references, which need backtracking.
 *
 * @returns null where nothing does
 */
export function patternProblem(pattern: string): string | null {
  const whole = `^(?:${pattern})$`;
  try {
    new RegExp(whole, 'u');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const why = error.message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '');
    return `is not a regular expression: ${why}.`;
  }
  const foreign = unsupported(pattern);
  if (foreign !== null) return `uses ${foreign}, which Docket does not support. Write the pattern without it.`;
  try {
    if (compile(pattern).programSize() <= mostInstructions) return null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const why = error.message.replace(/^error parsing regexp: /, '');
    if (!why.startsWith('invalid repeat count')) return `uses syntax that Docket does not support: ${why}.`;
  }
  return 'repeats too much: matching it would take too long. Use smaller counts in `{…}`.';
}

/** What needs backtracking in a pattern. Escapes and classes are passed over: `\(?=` and `[(?=]` are literal. */
function unsupported(pattern: string): string | null {
  for (const [piece] of pattern.matchAll(/\\k<|\\[1-9]|\\.|\[(?:[^\\\]]|\\.)*\]|\(\?[=!]|./gsu)) {
    if (/^\\(?:k<|[1-9])/.test(piece)) return `a back-reference (\`${piece}\`)`;
    if (/^\(\?[=!]/.test(piece)) return `a look-ahead (\`${piece}…)\`)`;
  }
  return null;
}

function compile(pattern: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(`(?:${pattern})`), RE2JS.LOOKBEHINDS);
}
