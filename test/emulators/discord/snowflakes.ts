/** The first moment of Discord's time, in milliseconds since 1970. */
const epoch = 1_420_070_400_000;

/** Ids as Discord makes them: the moment (milliseconds) in the upper bits, so that a later one is greater. */
export class Snowflakes {
  #last = 0n;

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  next(): string {
    const moment = BigInt(Math.floor(this.now()) - epoch) << 22n;
    this.#last = moment > this.#last ? moment : this.#last + 1n;
    return `${this.#last}`;
  }
}

/** When an id was made, in milliseconds since 1970. */
export function momentOf(id: string): number {
  return Number(BigInt(id) >> 22n) + epoch;
}

/** Orders ids from old to new. */
export function byAge(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
