import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { type core, z } from 'zod';
import { build } from './build.ts';
import type { Config } from './config.ts';
import { unknown, type Wrong, wrongReferences } from './references.ts';
import { schema } from './schema.ts';

/** All that is wrong with a configuration, a line each: `docket.yaml:12:5 queues.noc.rights: …`. */
export interface Mistakes {
  readonly mistakes: readonly string[];
}

/** Bytes of a configuration. */
const largest = 1024 * 1024;

/** Reads docket.yaml; gives all mistakes at once. */
export async function loadConfig(file: string): Promise<Config | Mistakes> {
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { mistakes: [`${file} cannot be read (${why}). Set DOCKET_CONFIG to the path of your configuration.`] };
  }
  return readConfig(source, file);
}

/** Reads a configuration from its text; `file` is its name in the mistakes. */
export function readConfig(source: string, file: string): Config | Mistakes {
  if (source.length > largest) return { mistakes: [`${file} is larger than ${largest} bytes.`] };
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return { mistakes: document.errors.map((error) => `${at(error.pos[0])} ${error.message}`) };
  }
  const read = schema.safeParse(plain(document) ?? {}, { reportInput: true });
  const wrong = read.success ? wrongReferences(read.data) : read.error.issues.flatMap((issue) => wrongOf(issue));
  if (wrong.length > 0 || !read.success) {
    const found = wrong.map(({ path, message }) => ({ offset: offsetOf(document, path), path, message }));
    found.sort((a, b) => a.offset - b.offset);
    return {
      mistakes: found.map(({ offset, path, message }) => `${at(offset)} ${path.join('.') || 'all of it'}: ${message}`),
    };
  }
  return build(read.data);
}

/** What the document says, as data. Too many aliases are refused by the library: its billion laughs guard. */
function plain(document: Document): unknown {
  return document.toJS({ maxAliasCount: 100 });
}

function wrongOf(issue: core.$ZodIssue): readonly Wrong[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: unknown('key', key, keysAt(issue.path)),
      }));
    case 'invalid_value': {
      const names = issue.values.map(String);
      const given = String(issue.input);
      return [{ path: issue.path, message: unknown('name', given, names) }];
    }
    default:
      return [{ path: issue.path, message: issue.message }];
  }
}

/** Where a mistake stands: at its key, or as far along the way to it as there is something. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!isPair(pair)) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else {
      node = document.getIn(path.slice(0, path.indexOf(key) + 1), true);
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

/** The keys that an object of the configuration may have. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let type: unknown = schema;
  for (const key of path) {
    const bare = unwrapped(type);
    if (bare instanceof z.ZodObject) type = bare.shape[String(key)];
    else if (bare instanceof z.ZodRecord) type = bare.valueType;
    else if (bare instanceof z.ZodArray) type = bare.element;
  }
  const object = unwrapped(type);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function unwrapped(type: unknown): unknown {
  if (type instanceof z.ZodDefault || type instanceof z.ZodOptional || type instanceof z.ZodNullable) {
    return unwrapped(type.unwrap());
  }
  return type;
}
