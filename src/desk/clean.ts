import { isBlank, normalized, oneLine } from '../ticket/characters.ts';

/** Platforms' own ids and addresses, which must stay as they are. */
const identifiers: ReadonlySet<string> = new Set(
  'platform workspace channel thread event message id ref url attachment replyTo answerTo emoji'.split(' '),
);

/**
 * What comes in, in the form in which it is kept. Texts are normalised (see `normalized`), names are one line without controls;
 * whoever has a name of which nothing can be seen is called by their id. What Postgres cannot keep is made visible everywhere: a
 * NUL becomes ␀ (U+2400), half of a surrogate pair becomes � (U+FFFD). Goes through lists and records to every string in them.
 */
export function clean<T>(value: T): T {
  return cleaned(value, '') as T;
}

function cleaned(value: unknown, key: string): unknown {
  if (typeof value === 'string') return cleanedString(value.toWellFormed().replaceAll('\0', '␀'), key);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, key));
  if (typeof value !== 'object' || value === null) return value;
  const record: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, cleaned(entry, identifiers.has(key) ? key : name)]),
  );
  const { id, name } = record;
  return typeof id === 'string' && typeof name === 'string' && isBlank(name) ? { ...record, name: id } : record;
}

function cleanedString(value: string, key: string): string {
  if (identifiers.has(key)) return value;
  return key === 'name' ? oneLine(value) : normalized(value);
}
