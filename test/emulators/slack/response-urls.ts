import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Uses, and milliseconds (docs.slack.dev/interactivity/handling-user-interaction). */
const mostUses = 5;
const goodFor = 30 * 60_000;

/** What an address to answer at was made for. */
export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  /** The message that was acted on, which may be replaced; null for slash commands. */
  readonly message: { readonly ts: string; readonly ephemeral: boolean } | null;
  readonly thread: string | null;
}

/** Addresses at which the app can answer what somebody did, without a token. */
export class ResponseUrls {
  readonly #known = new Map<string, ResponseUrl & { readonly at: number; uses: number }>();

  /** @param now milliseconds */
  constructor(
    private readonly now: () => number,
    private readonly baseUrl: () => string,
  ) {}

  issue(of: ResponseUrl): string {
    const id = randomBytes(12).toString('hex');
    this.#known.set(id, { ...of, at: this.now(), uses: 0 });
    return `${this.baseUrl()}/actions/${id}`;
  }

  /** @throws Refusal invalid_url, used_url, expired_url */
  use(id: string): ResponseUrl {
    const url = this.#known.get(id);
    if (url === undefined) throw new Refusal('invalid_url');
    if (this.now() - url.at > goodFor) throw new Refusal('expired_url');
    if (url.uses >= mostUses) throw new Refusal('used_url');
    url.uses += 1;
    return url;
  }
}
