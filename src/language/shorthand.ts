import type { Refusal } from '../ticket/refusal.ts';
import type { Text } from '../ticket/text.ts';
import type { Request, Speaking } from './request.ts';

/** What a message asks for, in the order of its lines; null when it is ordinary talk. */
export type ShorthandResult = { readonly updates: readonly (Request | Refusal)[] } | null;

/** Reads the inline shorthand of a chat message. */
export function shorthand(_text: Text, _speaking: Speaking): ShorthandResult {
  return null;
}

/** Whether a message outside of ticket threads may hold shorthand: a cheap look at how its lines begin. */
export function concerns(_text: Text): boolean {
  return false;
}
