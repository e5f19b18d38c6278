import { Rejected, TryLater, Undeliverable } from '../desk/outlet.ts';
import { isConnectionLoss } from '../store/pool.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Attempts in a row (some five minutes) after which what fails for a reason that nobody foresaw is given up. */
const patience = 30;

/** What comes of a delivery that failed. Milliseconds. */
export interface Setback {
  /** Until it is tried again. */
  readonly afterMs: number;
  /** Whether it counts as an attempt in vain: the more of these in a row, the later the next. */
  readonly counts: boolean;
  /** Whether the place or the person is parked, of which the administrators are told. */
  readonly parks: boolean;
  /** Whether the delivery is given up and becomes a dead letter; what comes after it goes on at once. */
  readonly ends: boolean;
}

/**
 * What comes of a failed delivery. A platform that asks to wait is asked again then, one that is down within ten seconds of
 * its return (for the first minutes), and a place that cannot be told anything is parked. None of these is ever given up;
 * a message is that the platform itself refuses, at once where the connector knows so, else after some minutes.
 *
 * @param attempts how often it failed before
 */
export function setback(error: unknown, attempts: number): Setback {
  if (error instanceof Undeliverable) {
    // What is parked is first tried again soon: much is mended within minutes of the warning.
    return { afterMs: attempts === 0 ? 5 * minute : hour, counts: true, parks: true, ends: false };
  }
  if (error instanceof TryLater && error.afterMs !== null) {
    return { afterMs: error.afterMs, counts: false, parks: false, ends: false };
  }
  const passes = error instanceof TryLater || isConnectionLoss(error);
  const ends = error instanceof Rejected || (!passes && attempts >= patience);
  return { afterMs: ends ? 0 : backoff(attempts), counts: true, parks: false, ends };
}

/** 1, 2, 4, 8 and then 10 s for five minutes, then a quarter longer each time, up to ten minutes. Milliseconds. */
export function backoff(attempts: number): number {
  if (attempts < patience) return Math.min(2 ** attempts, 10) * second;
  return Math.min(10 * second * 1.25 ** (attempts - patience + 1), 10 * minute);
}
