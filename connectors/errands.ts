import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { TryLater } from './connector.ts';

/** Milliseconds before each further attempt, where the platform has trouble or asks to wait less than this. */
const pauses = [1_000, 5_000, 30_000];

/** Where the platform asks to wait longer than this, nobody waits for it any more. Milliseconds. */
const longest = 60_000;

/** Milliseconds between two attempts at what is to succeed in the end. */
const later = [5_000, 60_000, 300_000, 900_000, 3_600_000];

/** So many may wait at once; where more happens, remembering it makes nothing faster. */
const most = 1_000;

/**
 * What is done after an event has been acknowledged, and is not worth keeping: nothing of a ticket hangs on it. A failure
 * is logged, and stops nothing else. What is about the same thing is done in order.
 */
export class Errands {
  readonly #last = new Map<string, Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(private readonly log: Logger) {}

  /**
   * Does something in the background.
   *
   * @param what names it in the log
   * @param about what it is about: after all else that is about the same
   */
  run(what: string, about: string, act: () => Promise<void>): void {
    const key = `${what} ${about}`;
    if (this.#last.size >= most) {
      this.log.warn({ what }, 'too much happens at once; this is left out');
      return;
    }
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(() => this.#try(what, act));
    this.#last.set(key, turn);
    void turn.then(() => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    });
  }

  /**
   * Does something in the background that is to succeed in the end: it is tried again, with growing pauses, whatever
   * went wrong. The first failure is logged as a warning.
   */
  until(what: string, act: () => Promise<void>): void {
    void this.#untilDone(what, act);
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #untilDone(what: string, act: () => Promise<void>): Promise<void> {
    for (let attempt = 0; !this.#stopped.signal.aborted; attempt++) {
      try {
        return await act();
      } catch (error) {
        const asked = error instanceof TryLater ? (error.afterMs ?? 0) : 0;
        const wait = Math.max(asked, later[Math.min(attempt, later.length - 1)] ?? 0);
        const about = { err: error, what, afterMs: wait };
        if (attempt === 0) this.log.warn(about, `could not ${what}: Docket goes on without, and tries again later`);
        else this.log.info(about, `could not ${what} yet`);
        await setTimeout(wait, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #try(what: string, act: () => Promise<void>): Promise<void> {
    for (const pause of [...pauses, null]) {
      if (this.#stopped.signal.aborted) return;
      try {
        return await act();
      } catch (error) {
        const wait = Math.max(pause ?? 0, error instanceof TryLater ? (error.afterMs ?? 0) : 0);
        if (pause === null || wait > longest || !(error instanceof TryLater)) {
          this.log.warn({ err: error, what }, `could not ${what}`);
          return;
        }
        await setTimeout(wait, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
