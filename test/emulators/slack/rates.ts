/** How many messages a channel takes at once, before it is one a second. */
const burst = 3;

/** Calls a minute of each tier (docs.slack.dev/apis/web-api/rate-limits), for the methods that do not post. */
const tiers: Readonly<Record<string, number>> = {
  'conversations.list': 20,
  'users.list': 20,
  'usergroups.list': 20,
  'usergroups.users.list': 20,
  'reactions.remove': 20,
  'conversations.history': 50,
  'conversations.replies': 50,
  'conversations.info': 50,
  'conversations.join': 50,
  'conversations.open': 50,
  'chat.update': 50,
  'chat.delete': 50,
  'chat.unfurl': 50,
  'reactions.add': 50,
  'reactions.get': 50,
  'users.info': 100,
  'conversations.members': 100,
  'views.open': 100,
  'views.update': 100,
  'views.push': 100,
  'views.publish': 100,
  'chat.postEphemeral': 100,
  'files.getUploadURLExternal': 100,
  'files.completeUploadExternal': 100,
  'files.info': 100,
};

interface Bucket {
  left: number;
  at: number;
}

/** How often the app may call. All of it is off until it is switched on. */
export class Rates {
  /** Posts: one a second for each channel, with a small burst. */
  posts = false;
  /** The tiers of all other methods. */
  tiers = false;
  readonly #asked = new Map<string, number>();
  readonly #buckets = new Map<string, Bucket>();

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  /** The next call of a method is asked to wait for so many seconds. */
  askToWait(method: string, seconds: number): void {
    this.#asked.set(method, seconds);
  }

  /** Counts a call. Gives the seconds to wait where it comes too early, and null where it does not. */
  take(method: string, channel: string): number | null {
    const asked = this.#asked.get(method);
    this.#asked.delete(method);
    if (asked !== undefined) return asked;
    if (method === 'chat.postMessage') return this.posts ? this.#draw(`post ${channel}`, burst, 1) : null;
    const perMinute = tiers[method];
    return this.tiers && perMinute !== undefined ? this.#draw(method, perMinute, perMinute / 60) : null;
  }

  #draw(name: string, most: number, perSecond: number): number | null {
    const bucket = this.#buckets.get(name) ?? { left: most, at: this.now() };
    const left = Math.min(most, bucket.left + ((this.now() - bucket.at) / 1_000) * perSecond);
    this.#buckets.set(name, { left: left < 1 ? left : left - 1, at: this.now() });
    return left < 1 ? Math.max(1, Math.ceil((1 - left) / perSecond)) : null;
  }
}
