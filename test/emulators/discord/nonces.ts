/** How long Discord remembers a nonce ("the past few minutes"). Milliseconds. */
const remembered = 5 * 60_000;

/** The messages that were made under a nonce that was to be enforced, by their authors. */
export class Nonces {
  readonly #messages = new Map<string, { readonly message: string; readonly at: number }>();

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  /** The message that was made under a nonce a short while ago; null where none was. */
  find(author: string, nonce: string): string | null {
    const found = this.#messages.get(`${author} ${nonce}`);
    return found !== undefined && this.now() - found.at < remembered ? found.message : null;
  }

  keep(author: string, nonce: string, message: string): void {
    this.#messages.set(`${author} ${nonce}`, { message, at: this.now() });
  }
}
