interface Waiting {
  readonly room: string;
  readonly event: unknown;
}

/** More than these do not wait: whose keys never come would else be kept for ever. */
const most = 1_000;

/** Messages whose keys have not come yet: a key and what it opens take ways of their own. */
export class Late {
  readonly #waiting = new Set<Waiting>();

  wait(room: string, event: unknown): void {
    const [oldest] = this.#waiting;
    if (oldest !== undefined && this.#waiting.size >= most) this.#waiting.delete(oldest);
    this.#waiting.add({ room, event });
  }

  /** Has those heard that can be decrypted by now, oldest first. One that fails to be heard waits on. */
  async retry(
    decrypt: (room: string, event: unknown) => Promise<unknown>,
    hear: (room: string, event: unknown) => Promise<unknown>,
  ): Promise<void> {
    for (const waiting of [...this.#waiting]) {
      const { room, event } = waiting;
      const read = await decrypt(room, event).then(
        (event) => ({ event }),
        () => null, // Its key has still not come.
      );
      if (read === null) continue;
      await hear(room, read.event);
      this.#waiting.delete(waiting);
    }
  }
}
