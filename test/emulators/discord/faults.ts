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
  /** Discord's own code beside the status, and its words. */
  readonly code?: number;
  readonly message?: string;
}

interface Hold {
  readonly what: RegExp;
  readonly released: Promise<void>;
  readonly arrive: () => void;
}

/** What goes wrong at Discord, on demand. */
export class Faults {
  #troubles: { readonly trouble: Trouble; left: number }[] = [];
  #hangs: Hang[] = [];
  #holds: Hold[] = [];
  /** The requests that were refused on demand, oldest first: `GET /users/1 500`. */
  readonly met: string[] = [];

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
    this.met.push(`${method} ${path} ${found.trouble.code ?? found.trouble.status}`);
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

  /** Requests (`GET /users/1`) wait until they are released. `arrived` resolves when one of them waits. */
  hold(what: RegExp): { readonly arrived: Promise<void>; readonly release: () => void } {
    let release: () => void = () => undefined;
    let arrive: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const hold = { what, released, arrive };
    this.#holds.push(hold);
    const releaseAll = () => {
      this.#holds = this.#holds.filter((each) => each !== hold);
      release();
    };
    return { arrived, release: releaseAll };
  }

  /** Resolves when a request may be answered. */
  async delay(method: string, path: string): Promise<void> {
    for (const { what, released, arrive } of this.#holds) {
      if (!what.test(`${method} ${path}`)) continue;
      arrive();
      await released;
    }
  }
}
