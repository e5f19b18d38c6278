import type { SessionInfo } from '@discordjs/ws';
import { z } from 'zod';

/** What is kept of a session, so that the next process goes on where this one ended. */
const keptShape = z.object({
  session: z
    .object({
      resumeURL: z.string(),
      sequence: z.int(),
      sessionId: z.string(),
      shardCount: z.int(),
      shardId: z.int(),
    })
    .nullable(),
  /** When Discord was last heard. Milliseconds since 1970. */
  heard: z.int().nullable(),
  /** The intents that the session began with, as bits. */
  intents: z.int().default(0),
});

type Kept = z.infer<typeof keptShape>;

/**
 * How far a session has been worked. Events are worked side by side; what the next process has to hear again begins with
 * the first that is not done, and the inbox passes over those of the rest that it knows.
 */
export class Progress {
  session: SessionInfo | null;
  /** Until when Discord had been heard before this connection. Milliseconds since 1970; null when never. */
  before: number | null;
  #heard: number | null;
  readonly #intents: number;
  readonly #open = new Set<number>();
  /** Those of them with which what was missed is still being read. */
  readonly #behind = new Set<number>();

  constructor({ session, heard, intents }: Kept) {
    this.session = session;
    this.before = heard;
    this.#heard = heard;
    this.#intents = intents;
  }

  /**
   * @param kept what an earlier process kept; anything else begins anew
   * @param intents those that are meant now, as bits: a session that is resumed goes on with the intents that it began with,
   *   so that with others a new one begins
   */
  static from(kept: unknown, intents: number): Progress {
    const read = keptShape.safeParse(kept).data ?? { session: null, heard: null, intents };
    return new Progress({ ...read, session: read.intents === intents ? read.session : null, intents });
  }

  /** @param behind with this event, what was said since `before` is read: until it is done, that begins no later */
  begin(sequence: number, behind = false): void {
    this.#open.add(sequence);
    if (behind) this.#behind.add(sequence);
  }

  end(sequence: number): void {
    this.#open.delete(sequence);
    this.#behind.delete(sequence);
  }

  /** @param now milliseconds since 1970 */
  hear(now: number): void {
    this.#heard = now;
  }

  /** The connection is gone; what comes after the next one may begin later. */
  lose(): void {
    this.before = this.#heard;
  }

  kept(): Kept {
    const { session } = this;
    const sequence = Math.min(session?.sequence ?? 0, ...[...this.#open].map((open) => open - 1));
    const heard = this.#behind.size > 0 ? this.before : this.#heard;
    return { session: session === null ? null : { ...session, sequence }, heard, intents: this.#intents };
  }
}
