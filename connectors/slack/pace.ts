import { TryLater } from '../connector.ts';

/** Entries that are always kept, and how long a turn waits for whoever it was given to. Milliseconds. */
const tidyAt = 1_000;
const longestTurn = 600_000;

/**
 * When a message may be posted: one a second in a channel (docs.slack.dev/apis/web-api/rate-limits), and later where
 * Slack itself has asked to wait. Nobody waits here: who comes too early is given a turn, and told when it is.
 */
export class Pace {
  readonly #next = new Map<string, number>();
  readonly #turns = new Map<string, number>();
  /** Entries beyond which what is over is forgotten. */
  #most = tidyAt;

  /**
   * @param interval milliseconds between two messages in a channel
   * @param now milliseconds
   */
  constructor(
    private readonly interval: number,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Takes a turn in a channel, for a message that `key` names.
   *
   * @throws TryLater where it is not its turn yet
   */
  take(channel: string, key: string): void {
    const now = this.now();
    this.#tidy(now);
    const turn = this.#turns.get(key) ?? Math.max(now, this.#next.get(channel) ?? 0);
    if (!this.#turns.has(key)) this.#next.set(channel, turn + this.interval);
    if (turn > now) {
      this.#turns.set(key, turn);
      throw new TryLater(`one message a second goes to ${channel}`, turn - now);
    }
    this.#turns.delete(key);
  }

  /** Slack asked to wait for so many milliseconds before the next message in a channel. */
  hold(channel: string, ms: number): void {
    this.#next.set(channel, Math.max(this.#next.get(channel) ?? 0, this.now() + ms));
  }

  /** Forgets what is over: channels that nothing was posted in lately, and turns that nobody came back for. */
  #tidy(now: number): void {
    if (this.#next.size + this.#turns.size < this.#most) return;
    for (const [channel, next] of this.#next) if (next <= now) this.#next.delete(channel);
    for (const [key, turn] of this.#turns) if (turn + longestTurn < now) this.#turns.delete(key);
    this.#most = Math.max(tidyAt, 2 * (this.#next.size + this.#turns.size));
  }
}
