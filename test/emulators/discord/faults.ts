interface Hang {
  readonly method: string;
  readonly path: RegExp;
  readonly how: 'hold' | 'cut';
  readonly done: () => void;
}

/** Answers that Discord pushes back with, instead of doing what it was asked. */
export interface Trouble {
  /** 429: too many requests; 5xx: Discord has trouble of its own. */
  readonly status: number;
  /** `POST /channels/1/messages`; every request, where it is left out. */
  readonly what?: RegExp;
  /** How many times: once. */
  readonly times?: number;
  /** Seconds, with 429. */
  readonly retryAfter?: number;
  /** With 429: the limit of all requests together. */
  readonly global?: boolean;
}

/** What goes wrong at Discord, on demand. */
export class Faults {
  #troubles: { readonly trouble: Trouble; left: number }[] = [];
  #hangs: Hang[] = [];

  add(trouble: Trouble): void {
    this.#troubles.push({ trouble, left: trouble.times ?? 1 });
  }

  /** All is well again. */
  clear(): void {
    this.#troubles = [];
  }

  /** The trouble that a request runs into; null where it runs into none. */
  meets(method: string, path: string): Trouble | null {
    const found = this.#troubles.find(({ trouble }) => trouble.what?.test(`${method} ${path}`) ?? true);
    if (found === undefined) return null;
    found.left -= 1;
    if (found.left === 0) this.#troubles = this.#troubles.filter((each) => each !== found);
    return found.trouble;
  }

  /**
   * The next such request is done, but its answer does not come: it is held for good, or the connection is cut. Resolves as
   * soon as it is done.
   */
  loseAnswer(method: string, path: RegExp, how: Hang['how']): Promise<void> {
    return new Promise((done) => this.#hangs.push({ method, path, how, done }));
  }

  /** What becomes of the answer of a request that was done; null where it is sent. */
  loses(method: string, path: string): Hang['how'] | null {
    const found = this.#hangs.find((each) => each.method === method && each.path.test(path));
    this.#hangs = this.#hangs.filter((each) => each !== found);
    found?.done();
    return found?.how ?? null;
  }
}
