import { type Refusal, refuse } from '../ticket/refusal.ts';
import type { Instant } from '../ticket/ticket.ts';

/** The moment that the leading words of `words` name in the IANA zone, and the words after it. */
export function when(_words: string, _now: Instant, _zone: string): { at: Instant; rest: string } | Refusal {
  return refuse('not understood', 'Not yet.');
}
