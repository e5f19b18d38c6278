import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { TryLater, Undeliverable } from '../connector.ts';

/** An event that fails this often while the homeserver and the database answer is skipped. */
const mostAttempts = 4;
/** Events that are counted or skipped at a time; the oldest are forgotten first. */
const mostCounted = 1_000;
/** Before a failing event is tried again. Milliseconds. */
const pauseMs = 200;

/**
 * Bounds the retries of events. The position of the sync moves on only when everything before it was handled, so one event
 * that fails each time would stop everything behind it, also after a restart.
 */
export class Attempts {
  /** How often each has failed; from `Infinity` on it is skipped. */
  readonly #failed = new Map<string, number>();

  /**
   * @param answers rejects while the homeserver or the database is away: then nothing can be said against an event
   * @param log says what is skipped
   */
  constructor(
    private readonly answers: () => Promise<unknown>,
    private readonly log: Pick<Logger, 'error'>,
  ) {}

  /**
   * Handles an event. One that keeps failing is skipped, with a line in the log.
   *
   * @param key names the event
   * @throws what another time may cure: the homeserver or the database is away, Docket is signed out
   */
  async handle(key: string, act: () => Promise<void>): Promise<void> {
    while (!this.skips(key)) {
      try {
        await act();
        this.#failed.delete(key);
        return;
      } catch (error) {
        await this.note(key, error);
        await setTimeout(pauseMs);
      }
    }
  }

  /**
   * Counts a failure.
   *
   * @param most how many there may be
   * @throws the failure itself where another time may cure it
   */
  async note(key: string, error: unknown, most: number = mostAttempts): Promise<void> {
    if (error instanceof TryLater || (error instanceof Undeliverable && error.workspace !== null)) throw error;
    await this.answers();
    const times = (this.#failed.get(key) ?? 0) + 1;
    const [oldest] = this.#failed.keys();
    if (oldest !== undefined && this.#failed.size >= mostCounted) this.#failed.delete(oldest);
    this.#failed.set(key, times < most ? times : Number.POSITIVE_INFINITY);
    if (times >= most) this.log.error({ err: error, skipped: key }, `Failed ${most} times: skipped`);
  }

  /** Whether something failed too often. */
  skips(key: string): boolean {
    return this.#failed.get(key) === Number.POSITIVE_INFINITY;
  }
}
