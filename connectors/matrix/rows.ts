import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { TryLater } from '../connector.ts';

interface Wanted {
  readonly room: string;
  readonly event: string;
  readonly signs: readonly string[];
}

/** How long rows wait where the homeserver asks to wait: longer than messages do, which go first. */
const patience = 2;
const usually = 1_000;

/** What is still to be set is given so long, when Docket ends. Milliseconds. */
const lastWork = 2_000;

/**
 * Sets the rows of reactions under Docket's messages, one after the other and behind what is said: nobody waits for them, for
 * the row stands in words in the message. What a kill leaves unset is set with the next edit.
 */
export class Rows {
  readonly #wanted = new Map<string, Wanted>();
  readonly #stopping = new AbortController();
  #working: Promise<void> | null = null;

  /** @param set makes a message's row these */
  constructor(
    private readonly set: (room: string, event: string, signs: readonly string[]) => Promise<void>,
    private readonly log: Logger,
  ) {}

  /** Sees to it that the row under a message becomes these; what was wanted before and is not set yet is passed over. */
  want(room: string, event: string, signs: readonly string[]): void {
    this.#wanted.set(event, { room, event, signs });
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
  }

  /** Resolves when all rows are set, or there is no more time for it. */
  async stop(): Promise<void> {
    const ending = new AbortController();
    const late = setTimeout(lastWork, undefined, { signal: ending.signal }).catch(() => undefined);
    await Promise.race([this.#working, late]);
    ending.abort();
    this.#stopping.abort();
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let next = this.#next(); next !== null; next = this.#next()) {
      try {
        await this.set(next.room, next.event, next.signs);
      } catch (error) {
        if (error instanceof TryLater) await this.#later(next, error);
        else this.log.info({ err: error, ...next }, 'a row of reactions could not be set');
      }
    }
  }

  #next(): Wanted | null {
    const [first] = this.#wanted.values();
    if (first === undefined || this.#stopping.signal.aborted) return null;
    this.#wanted.delete(first.event);
    return first;
  }

  async #later(wanted: Wanted, { afterMs }: TryLater): Promise<void> {
    const { signal } = this.#stopping;
    await setTimeout((afterMs ?? usually) * patience, undefined, { signal }).catch(() => undefined);
    if (!this.#wanted.has(wanted.event)) this.#wanted.set(wanted.event, wanted);
  }
}
