/** What a bucket holds: so many requests in so many milliseconds. */
interface Size {
  readonly limit: number;
  readonly window: number;
}

/** As they were observed; Discord publishes none, and says them in headers. */
const sizes: readonly (readonly [RegExp, Size])[] = [
  [/^(PUT|DELETE) .*\/reactions\//, { limit: 1, window: 250 }],
  [/^(POST|PATCH|DELETE) .*\/messages/, { limit: 5, window: 5_000 }],
  [/^PATCH \/channels\/\{channel_id\}$/, { limit: 2, window: 10_000 }],
  [/./, { limit: 50, window: 1_000 }],
];

/** All requests of a bot together, in a second. */
const allTogether: Size = { limit: 50, window: 1_000 };

/** A request that came too early, or what is left after one that did not. */
export interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds to wait; null where it was in time. */
  readonly wait: number | null;
  readonly global: boolean;
}

interface Bucket {
  left: number;
  resets: number;
}

/** How often the application may call: by bucket and all together. Off until it is switched on. */
export class Rates {
  on = false;
  readonly #buckets = new Map<string, Bucket>();

  /**
   * Counts a request.
   *
   * @param route as Discord's description names it
   * @param major the channel, guild or webhook that it is about: each has a bucket of its own
   */
  take(method: string, route: string, major: string): Taken {
    if (!this.on) return { headers: {}, wait: null, global: false };
    const known = `${method} ${route}`;
    // Interactions and their webhooks do not count against the limit of all requests.
    const exempt = route.startsWith('/interactions') || route.startsWith('/webhooks');
    const all = exempt ? null : this.#draw('global', allTogether);
    if (all?.wait != null) return { headers: { 'x-ratelimit-global': 'true' }, wait: all.wait, global: true };
    const size = sizes.find(([pattern]) => pattern.test(known))?.[1] ?? allTogether;
    const { wait, left, resets } = this.#draw(`${known} ${major}`, size);
    const after = Math.max(0, resets - Date.now()) / 1_000;
    return {
      headers: {
        'x-ratelimit-limit': `${size.limit}`,
        'x-ratelimit-remaining': `${left}`,
        'x-ratelimit-reset': `${resets / 1_000}`,
        'x-ratelimit-reset-after': `${after}`,
        'x-ratelimit-bucket': Buffer.from(known).toString('hex').slice(0, 32),
        ...(wait === null ? {} : { 'x-ratelimit-scope': 'user' }),
      },
      ...{ wait, global: false },
    };
  }

  #draw(name: string, { limit, window }: Size): Bucket & { wait: number | null } {
    const now = Date.now();
    const last = this.#buckets.get(name);
    const bucket = last === undefined || last.resets <= now ? { left: limit, resets: now + window } : last;
    const wait = bucket.left > 0 ? null : bucket.resets - now;
    if (wait === null) bucket.left -= 1;
    this.#buckets.set(name, bucket);
    return { ...bucket, wait };
  }
}
