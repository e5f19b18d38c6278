import { z } from 'zod';
import { normalized } from '../ticket/characters.ts';

/**
 * Text as somebody typed it, at most `max` characters. What Postgres and UTF-8 cannot hold is replaced visibly instead
 * of being refused: a NUL by its picture (U+2400), half a surrogate pair by the replacement character (U+FFFD).
 * What is left is normalised. `what` names the text in the refusal: "A message".
 */
export function typed(max: number, what: string): z.ZodType<string> {
  return z
    .string()
    .max(max, `${what} holds at most ${max.toLocaleString('en')} characters. Attach longer text as a file.`)
    .transform((value) => normalized(value.replaceAll('\0', '\u2400').toWellFormed()));
}

/** Names an event of a browser: what is sent twice with the same id acts once. */
export const eventId = z
  .string()
  .regex(/^[\w-]{8,64}$/, 'Send a fresh id as `event`: 8 to 64 letters, digits, - or _.');

/** The number of a row or a ticket, as it stands in an address. */
export const rowNumber = z.coerce.number().int().min(1).max(2_147_483_647);
