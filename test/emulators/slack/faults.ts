/** What goes wrong at Slack, on demand. */
export class Faults {
  /** What every request is answered; `refuse` closes the door altogether. */
  down: 'refuse' | 500 | 429 | null = null;
  readonly #hangs = new Map<string, () => void>();

  /**
   * The next call of this method is done, but its answer never comes: the connection is cut. Resolves as soon as it is
   * done.
   */
  hangAfter(method: string): Promise<void> {
    return new Promise((resolve) => this.#hangs.set(method, resolve));
  }

  /** Whether the answer of a call that was done is to be lost. */
  loses(method: string): boolean {
    const told = this.#hangs.get(method);
    this.#hangs.delete(method);
    told?.();
    return told !== undefined;
  }
}
