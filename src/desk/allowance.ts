import type { Inbound } from './inbound.ts';
import { TokenBuckets } from './token-buckets.ts';

/** How much one person may do. `docket.yaml` sets it in its section `limits`. */
export interface PersonLimits {
  /** Messages, commands, buttons, forms and reactions that Docket acts on. */
  readonly messagesPerMinute: number;
  readonly ticketsPerHour: number;
  /** Bytes of files, wherever they are attached. */
  readonly uploadsPerDay: number;
  /** Pages of the console that are kept up to date at a time. */
  readonly openPages: number;
}

export const usualLimits: PersonLimits = {
  messagesPerMinute: 60,
  ticketsPerHour: 100,
  uploadsPerDay: 500_000_000,
  openPages: 20,
};

/**
 * Counts what people do, each by their account on a platform and in this process. Time is that at which they did it: what
 * gathered while Docket was away is not counted as if it had been sent at once. The clock bounds what platforms claim.
 */
export class Allowance {
  private readonly messages: TokenBuckets;
  private readonly tickets: TokenBuckets;
  private readonly writing: TokenBuckets;
  private readonly explanations = new TokenBuckets(1, 10_000);

  constructor(
    readonly limits: PersonLimits,
    /** The moment, ISO 8601. */
    private readonly now: () => string,
  ) {
    this.messages = new TokenBuckets(limits.messagesPerMinute, 60_000);
    this.tickets = new TokenBuckets(limits.ticketsPerHour, 3_600_000);
    this.writing = new TokenBuckets(limits.messagesPerMinute, 60_000);
  }

  /** Counts an inbound. Gives 0, or where it is one too many, the milliseconds until there is room for it. */
  message(inbound: Inbound): number {
    return this.messages.take(senderOf(inbound), this.at(inbound));
  }

  /**
   * Counts what a person writes in the console, which keeps it whether or not Docket acts on it. Gives the same.
   */
  written(person: number): number {
    return this.writing.take(`${person}`, Date.parse(this.now()));
  }

  /** Counts a ticket that an inbound opens. Gives the same. */
  ticket(inbound: Inbound): number {
    return this.tickets.take(senderOf(inbound), this.at(inbound));
  }

  /** Whether it is time to explain to somebody why what they send is not taken: once in ten seconds. */
  explains(inbound: Inbound): boolean {
    return this.explanations.take(senderOf(inbound), this.at(inbound)) === 0;
  }

  private at({ at }: Inbound): number {
    return Math.min(Date.parse(at), Date.parse(this.now()));
  }
}

function senderOf({ where, sender }: Inbound): string {
  return JSON.stringify([where.platform, sender.workspace ?? where.workspace, sender.id]);
}
