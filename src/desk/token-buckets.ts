interface Bucket {
  left: number;
  /** The latest moment that was counted, in milliseconds since 1970. */
  at: number;
}

/** Keys that are remembered. The one that was used longest ago is forgotten first, and begins with a full bucket again. */
const mostKeys = 10_000;

/** A token bucket for each key: a burst of `size`, refilled evenly within `refillMs`. The caller brings the time. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly size: number,
    private readonly refillMs: number,
  ) {}

  /** Takes a token. Gives 0; or, where there is none, the milliseconds until there is one. Time never goes backwards for a key. */
  take(key: string, at: number): number {
    const bucket = this.refilled(key, at);
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    const [oldest] = this.buckets.keys();
    if (this.buckets.size > mostKeys && oldest !== undefined) this.buckets.delete(oldest);
    if (bucket.left < 1) return Math.ceil(((1 - bucket.left) * this.refillMs) / this.size);
    bucket.left--;
    return 0;
  }

  private refilled(key: string, at: number): Bucket {
    const known = this.buckets.get(key);
    if (known === undefined) return { left: this.size, at };
    const passed = Math.max(0, at - known.at);
    return { left: Math.min(this.size, known.left + (passed * this.size) / this.refillMs), at: known.at + passed };
  }
}
