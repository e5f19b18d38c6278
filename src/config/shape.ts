import type { z } from 'zod';
import { cite, type Path, type Report, unknown } from './mistake.ts';
import { type ConfigFile, editorSchema, fileSchema } from './schema.ts';

/** Keys that look like secrets: in this file they would be committed, mailed and backed up with it. */
const secret = /token|secret|passw|api[-_ ]?key|private[-_ ]?key|credential|database[-_ ]?url/i;

/** Levels of the schema: after so many rounds of taking out what is wrong, nothing wrong is left. */
const mostRounds = 12;

/**
 * Holds a file against the schema and reports what does not fit.
 *
 * @param typed what was typed at a path, for advice that repeats it
 * @returns the file without what does not fit, so that the rest can be checked in the same go.
 */
export function readShape(value: unknown, report: Report, typed: Typed): ConfigFile {
  let rest: unknown = value ?? {};
  for (let round = 0; round < mostRounds; round++) {
    const read = fileSchema.safeParse(rest);
    if (read.success) return read.data;
    // What is missing after something was taken out is no mistake of its own.
    if (round === 0) for (const issue of read.error.issues) tell(issue, value, report, typed);
    rest = without(rest, read.error.issues);
  }
  return fileSchema.parse({});
}

/** A value of the file as it was typed; null for what is no scalar. */
type Typed = (path: Path) => string | null;

function tell(issue: z.core.$ZodIssue, value: unknown, report: Report, typed: Typed): void {
  if (issue.code !== 'unrecognized_keys') {
    report(
      issue.path,
      textOf(issue, at(value, issue.path), typed(issue.path)),
      issue.code === 'invalid_key' ? 'key' : 'value',
    );
    return;
  }
  for (const key of issue.keys) {
    const said = () =>
      secret.test(key)
        ? `${cite(key)} looks like a secret. Secrets do not belong in this file: give them in the environment or in .env.`
        : unknown('key', key, keysAt(issue.path));
    report([...issue.path, key], said, 'key');
  }
}

function textOf(issue: z.core.$ZodIssue, found: unknown, typed: string | null): string {
  switch (issue.code) {
    case 'invalid_type':
      if (found === undefined) return 'is missing.';
      if (found === null) return 'has no value. Write one, or take the key out.';
      if (issue.expected === 'string' && typeof found !== 'object') {
        return `must be text. Put it in quotes: ${cite(`"${typed ?? String(found)}"`)}`;
      }
      return `must be ${kinds[issue.expected] ?? issue.expected}, and is ${kindOf(found)}.`;
    case 'invalid_value':
      if (typeof found === 'string') return issue.message;
      if (found === undefined) return 'is missing.';
      return `must be one of ${issue.values.map(String).map(cite).join(', ')}.`;
    case 'too_small':
      if (issue.origin === 'number' || issue.origin === 'int') return `must be ${issue.minimum} or more.`;
      return 'must not be empty.';
    case 'too_big':
      if (issue.origin === 'number' || issue.origin === 'int') return `must be ${issue.maximum} or less.`;
      return `is too long: ${issue.maximum} characters at most.`;
    case 'invalid_key':
      return `${cite(String(issue.path.at(-1)))} ${issue.issues[0]?.message ?? issue.message}.`;
    case 'invalid_format':
      return `${cite(String(found))} ${issue.message}.`;
    default:
      // Here stands also what has a password in it, so that what was typed is not repeated.
      return `${issue.message}.`;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  boolean: '`true` or `false`',
  number: 'a number',
  int: 'a whole number',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'keys with values';
  return typeof value === 'string' ? `the text ${cite(value)}` : `the ${typeof value} ${cite(String(value))}`;
}

/** The keys that the schema has at a path. */
function keysAt(path: Path): readonly string[] {
  let schema: z.core.JSONSchema.BaseSchema | boolean | undefined = editorSchema();
  for (const step of path) {
    if (typeof schema !== 'object') return [];
    schema = below(schema, step);
  }
  if (typeof schema !== 'object') return [];
  const { properties, propertyNames } = schema;
  if (properties !== undefined) return Object.keys(properties);
  return typeof propertyNames === 'object' ? (propertyNames.enum ?? []).map(String) : [];
}

function below(schema: z.core.JSONSchema.BaseSchema, step: PropertyKey): z.core.JSONSchema._JSONSchema | undefined {
  if (typeof step !== 'number') return schema.properties?.[String(step)] ?? schema.additionalProperties;
  return Array.isArray(schema.items) ? schema.items[0] : schema.items;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, step) => (typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined),
    value,
  );
}

/** A copy without what the issues are about. */
function without(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const paths = issues.flatMap((issue): Path[] =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  return drop(value, paths);
}

function drop(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0) return value;
  if (paths.some((path) => path.length === 0) || typeof value !== 'object' || value === null) return undefined;
  // What must be there and is not: without it, nothing around it can be kept.
  if (paths.some(([step]) => step === undefined || !Object.hasOwn(value, step))) return undefined;
  const below = new Map<string, Path[]>();
  for (const [step, ...deeper] of paths) {
    const key = String(step);
    const known = below.get(key);
    if (known === undefined) below.set(key, [deeper]);
    else known.push(deeper);
  }
  const left = Object.entries(value).map(([key, each]) => [key, drop(each, below.get(key) ?? [])] as const);
  if (!Array.isArray(value)) return Object.fromEntries(left.filter(([, each]) => each !== undefined));
  // Of a list all or nothing: its entries are to keep their places, by which their mistakes are found in the file.
  return left.some(([, each]) => each === undefined) ? undefined : left.map(([, each]) => each);
}
