/**
 * What Postgres cannot keep, made visible: a NUL becomes ␀ (U+2400), half of a surrogate pair becomes � (U+FFFD). Goes
 * through lists and records to every string in them, keys left as they are; anything else comes back as it is.
 */
export function clean<T>(value: T): T {
  return cleaned(value) as T;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '␀');
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cleaned(entry)]));
  }
  return value;
}
