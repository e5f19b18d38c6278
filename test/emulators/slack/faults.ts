/** What goes wrong at Slack, on demand. */
export class Faults {
  /** What every request is answered; `refuse` closes the door altogether. */
  down: 'refuse' | 500 | 429 | null = null;
  #files: { readonly status: number; left: number } = { status: 0, left: 0 };
  readonly #hangs = new Map<string, () => void>();

  /**
   * The next call of this method is done, but its answer never comes: the connection is cut. Resolves as soon as it is
   * done.
   */
  hangAfter(method: string): Promise<void> {
    return new Promise((resolve) => this.#hangs.set(method, resolve));
  }

  /** So many of the next requests for a file are answered with this status. */
  failFiles(status: number, times: number): void {
    this.#files = { status, left: times };
  }

  /** What a request for a file is answered instead of the file; null where it is handed out. */
  fileStatus(): number | null {
    if (this.#files.left === 0) return null;
    this.#files.left -= 1;
    return this.#files.status;
  }

  /** Whether the answer of a call that was done is to be lost. */
  loses(method: string): boolean {
    const told = this.#hangs.get(method);
    this.#hangs.delete(method);
    told?.();
    return told !== undefined;
  }
}
