import { nearest } from '../ticket/nearest.ts';

/** One mistake in a configuration file. Lines and columns count from 1. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `queues.noc.rights.everyone[1]`; empty for the file as a whole. */
  readonly key: string;
  /** What is wrong and what to write instead. */
  readonly text: string;
}

/** Keys and places in lists that lead to a value, from the top of the file. */
export type Path = readonly PropertyKey[];

/** Notes a mistake at a value, or at the key before it. A text that takes work to write comes as a function. */
export type Report = (path: Path, text: string | (() => string), end?: 'key' | 'value') => void;

/** `docket.yaml:12:5 queues.noc.lifecycle: unknown lifecycle …`, a form that editors and terminals can jump to. */
export function describeMistakes(mistakes: readonly Mistake[]): string {
  return mistakes
    .map(({ file, line, column, key, text }) => `${file}:${line}:${column} ${key === '' ? '' : `${key}: `}${text}`)
    .join('\n');
}

/** In the order in which they stand in the file. */
export function inOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** "unknown queue `nco`: did you mean `noc`?" */
export function unknown(what: string, typed: string, names: Iterable<string>): string {
  const known = [...names];
  const meant = nearest(typed, known);
  if (meant !== null) return `unknown ${what} ${cite(typed)}: did you mean ${cite(meant)}?`;
  if (known.length === 0) return `unknown ${what} ${cite(typed)}: there is none yet.`;
  const shown = known.slice(0, 20).map(cite).join(', ');
  return `unknown ${what} ${cite(typed)}: there are ${shown}${known.length > 20 ? ' and others' : ''}.`;
}

/** What was typed, cut to a length that leaves the line readable. */
export function cite(typed: string): string {
  const line = typed.replace(/\p{Cc}/gu, '\u{FFFD}');
  return `\`${line.length > 60 ? `${line.slice(0, 59).toWellFormed()}…` : line}\``;
}
