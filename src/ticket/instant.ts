import { limits } from './limits.ts';
import type { Instant } from './ticket.ts';

/**
 * A moment in the one form that instants are kept in.
 *
 * @param value an ISO 8601 date and time with its zone.
 * @returns null for anything else, and for years that have no four digits.
 */
export function instant(value: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(value)) return null;
  const time = Date.parse(value);
  if (Number.isNaN(time)) return null;
  const at = new Date(time).toISOString();
  return /^\d{4}-/.test(at) ? at : null;
}

/** The moment that many minutes after another; never later than the last one that there is. */
export function later(at: Instant, minutes: number): Instant {
  const time = Date.parse(at) + minutes * 60_000;
  return new Date(Math.min(time, Date.parse(limits.latest))).toISOString();
}
