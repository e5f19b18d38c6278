import type { Arguments } from './arguments.ts';

/** How a call is refused: with an error code of Slack's, or with an HTTP status (429: and asked to wait so many seconds). */
export type Refused = string | { readonly status: number; readonly seconds?: number };

interface Rule {
  readonly how: Refused;
  readonly only: (args: Arguments) => boolean;
  left: number;
}

interface Hold {
  readonly released: Promise<void>;
  readonly arrive: () => void;
}

/** What goes wrong at Slack, on demand. Beside the methods of the Web API there are `response_url` and `upload`. */
export class Faults {
  /** What every request is answered; `refuse` closes the door altogether. */
  down: 'refuse' | 500 | 429 | null = null;
  /** The calls that were refused on demand, oldest first: `users.info internal_error`. */
  readonly refused: string[] = [];
  #files: { readonly status: number; left: number } = { status: 0, left: 0 };
  readonly #hangs = new Map<string, () => void>();
  readonly #rules = new Map<string, Rule>();
  readonly #holds = new Map<string, Hold>();

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

  /** Calls of this method are refused: so many of them, or until `allow`; only those whose arguments are meant. */
  refuse(method: string, how: Refused, times = Number.POSITIVE_INFINITY, only: Rule['only'] = () => true): void {
    this.#rules.set(method, { how, only, left: times });
  }

  /** Calls of this method, or of all, are answered again. */
  allow(method?: string): void {
    if (method === undefined) this.#rules.clear();
    else this.#rules.delete(method);
  }

  /** How a call is refused on demand; null where it is not. */
  refusal(method: string, args: Arguments): Refused | null {
    const rule = this.#rules.get(method);
    if (rule === undefined || rule.left === 0 || !rule.only(args)) return null;
    rule.left -= 1;
    this.refused.push(`${method} ${typeof rule.how === 'string' ? rule.how : rule.how.status}`);
    return rule.how;
  }

  /**
   * Calls of this method wait for their answer until they are released: however slow Slack is, as far as the app can tell.
   * `arrived` resolves when one of them waits.
   */
  hold(method: string): { readonly arrived: Promise<void>; readonly release: () => void } {
    const [released, release] = deferred();
    const [arrived, arrive] = deferred();
    this.#holds.set(method, { released, arrive });
    const releaseAll = () => {
      this.#holds.delete(method);
      release();
    };
    return { arrived, release: releaseAll };
  }

  /** Resolves when a call of this method may be answered. */
  async delay(method: string): Promise<void> {
    const hold = this.#holds.get(method);
    hold?.arrive();
    await hold?.released;
  }
}

function deferred(): [Promise<void>, () => void] {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return [promise, resolve];
}
