import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { cite, type Path } from './mistake.ts';

/** Characters of a configuration: enough for hundreds of queues. */
const longest = 256 * 1024;
/** Levels of nesting. The parser calls itself for each, and would run out of stack, or of memory, on a hostile file. */
const deepest = 100;
/** Mistakes of the syntax that are described. */
const mostMistakes = 200;
/** How often what an anchor names may be used, so that a few lines cannot grow to millions of values. */
const mostAliases = 100;

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML text as plain data that knows where each of its values stands. */
export interface Source {
  /** Undefined when there are mistakes. */
  readonly value: unknown;
  readonly mistakes: readonly (Position & { readonly key: string; readonly text: string })[];
  /** Where a value, or its key, stands; for what is missing, where it would have to be. */
  readonly where: (path: Path, end: 'key' | 'value') => Position;
  /** A scalar as it was typed: a number may have more digits than JavaScript keeps. Null for what is no scalar. */
  readonly typed: (path: Path) => string | null;
}

/** Reads YAML 1.2. Never throws: what is no YAML, or too much of it, comes back as mistakes. */
export function parseSource(text: string): Source {
  const lines = new LineCounter();
  const mistaken = (...mistakes: readonly (readonly [number, string])[]): Source => ({
    value: undefined,
    mistakes: mistakes.map(([offset, said]) => ({ ...positionOf(lines, offset), key: '', text: said })),
    where: () => ({ line: 1, column: 1 }),
    typed: () => null,
  });
  if (text.length > longest) return mistaken([0, `the file has ${text.length} characters. It can have ${longest}.`]);
  if (nesting(text) > deepest) return mistaken([0, `the file is nested more than ${deepest} levels deep.`]);

  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Looked for below: the library compares each key of a map with all of its others.
    uniqueKeys: false,
    stringKeys: true,
    logLevel: 'error',
  });
  const errors = [...document.errors, ...document.warnings];
  const found = [
    ...errors.map(({ code, message, pos }) => [pos[0], syntaxText(code, message)] as const),
    ...(errors.length > 0 ? [] : keysTwice(document)),
  ];
  if (found.length > 0) return mistaken(...found.slice(0, mostMistakes));
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return {
      value,
      mistakes: [],
      where: (path, end) => positionOf(lines, offsetOf(document, path, end)),
      typed: (path) => typedAt(document, path),
    };
  } catch (error) {
    // What toJS throws on: an alias without its anchor, and more aliases than are allowed.
    if (error instanceof ReferenceError) return mistaken([0, `the anchors cannot be followed: ${error.message}`]);
    throw error;
  }
}

/** The deepest nesting there can be, counted off the tokens: brackets, indicators of one line, columns of indentation. */
function nesting(text: string): number {
  let brackets = 0;
  let indicators = 0;
  let indentation = 0;
  let most = 0;
  let lineBegins = true;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets--;
    else if (token === '-' || token === '?' || token === ':') indicators++;
    else if (token === '\n' || token === '\r\n') {
      indicators = 0;
      indentation = 0;
      lineBegins = true;
      continue;
    } else if (lineBegins && /^ +$/.test(token)) indentation = token.length;
    lineBegins = false;
    most = Math.max(most, brackets + indicators + indentation);
  }
  return most;
}

/** Where a key of a map is there already, and what is said of it. */
function keysTwice(document: Document.Parsed): (readonly [number, string])[] {
  const found: (readonly [number, string])[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name))
          found.push([key.range?.[0] ?? 0, `${cite(name)} is here for the second time. Keep one of them.`]);
        seen.add(name);
      }
    },
  });
  return found;
}

function syntaxText(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'a tab cannot indent in YAML. Use spaces.';
  if (code === 'MULTIPLE_DOCS') return 'the file ends at this `---`. Everything belongs before it.';
  return `this is no YAML: ${message}.`;
}

function typedAt(document: Document.Parsed, path: Path): string | null {
  const node = document.getIn(path, true);
  return isScalar(node) ? (node.source ?? null) : null;
}

/** Walks an alias to what it names, so that a mistake is shown where it was written. */
function offsetOf(document: Document.Parsed, path: Path, end: 'key' | 'value'): number {
  let offset = document.contents?.range?.[0] ?? 0;
  let node: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const last = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : key) === String(step));
      if (pair === undefined) break;
      node = last && end === 'key' ? pair.key : (pair.value ?? pair.key);
    } else if (isSeq(node) && typeof step === 'number') node = node.items[step];
    else break;
    const range = (node as Node | null | undefined)?.range;
    if (range) offset = range[0];
  }
  return offset;
}

function positionOf(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
