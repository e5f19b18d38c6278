/** Those who wait for something to be seen. */
export class Waiting {
  readonly #looks = new Set<() => void>();

  /** Looks now, and again whenever there is news, until there is something to see; rejects when nothing comes. */
  until<T>(look: () => T | undefined | null | false, withinMs: number, inVain: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const again = () => {
        const seen = look();
        if (!seen) return;
        clearTimeout(timer);
        this.#looks.delete(again);
        resolve(seen);
      };
      const timer = setTimeout(() => {
        this.#looks.delete(again);
        reject(new Error(inVain()));
      }, withinMs);
      this.#looks.add(again);
      again();
    });
  }

  /** There is news. */
  stir(): void {
    for (const look of [...this.#looks]) look();
  }
}
