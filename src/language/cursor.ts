import type { Cursor } from '../ticket/search.ts';

const pattern = /(?:^|\s)(after|before)\s+~(-?[0-9a-z]{1,13}(?:\.-?[0-9a-z]{1,13}){0,3})$/i;
const digits = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The words that name a cursor at the end of a list's line: `after ~1e.kx5.7`. Short, for a button has little room. */
export function cursorWords({ side, key }: Cursor): string {
  return `${side} ~${key.map((part) => part.toString(36)).join('.')}`;
}

/** Reads those words at the end of a line, with the line before them; null where there are none. */
export function readCursor(line: string): { readonly cursor: Cursor; readonly before: string } | null {
  const found = pattern.exec(line);
  const [, side, key] = found ?? [];
  if (found === null || side === undefined || key === undefined) return null;
  const parts = key.split('.').map(number);
  if (parts.some((part) => part > most || part < -most)) return null;
  return {
    cursor: { side: side.toLowerCase() === 'after' ? 'after' : 'before', key: parts },
    before: line.slice(0, found.index),
  };
}

/** The greatest number that the database takes. */
const most = 2n ** 63n - 1n;

function number(typed: string): bigint {
  const size = [...typed.toLowerCase().replace('-', '')].reduce(
    (sum, digit) => sum * 36n + BigInt(digits.indexOf(digit)),
    0n,
  );
  return typed.startsWith('-') ? -size : size;
}
