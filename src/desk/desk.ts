import type { Logger } from 'pino';
import type { Store } from '../store/store.ts';
import type { Policy } from '../ticket/policy.ts';
import type { Instant, TicketId } from '../ticket/ticket.ts';
import type { Allowance } from './allowance.ts';
import type { Directory } from './directory.ts';
import type { Address, Inbound } from './inbound.ts';
import type { Answer, Membership } from './outlet.ts';

/** A channel in which each top-level message becomes a ticket. */
export interface Intake {
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
  readonly queue: string;
}

/** What the desk works with. Every use case takes it, and nothing else from outside. */
export interface Desk {
  readonly store: Store;
  readonly directory: Directory;
  readonly policy: Policy;
  readonly intakes: readonly Intake[];
  /** Where the page of a ticket is; null when no web address is configured. */
  readonly ticketUrl: ((ticket: TicketId) => string) | null;
  readonly now: () => Instant;
  /** How much each person may still do. */
  readonly allowance: Allowance;
  /** Answers the one who acted, through the connector that the inbound came by. */
  readonly answer: (inbound: Inbound, answer: Answer) => Promise<void>;
  /** The bytes of a file that came in by reference, from the connector of its platform. */
  readonly fetchFile: (platform: string, ref: string) => Promise<Uint8Array>;
  /** Fills in what a connector left out of an inbound; null where nothing comes of it. */
  readonly enrich: (inbound: Inbound) => Promise<Inbound | null>;
  /** Who is in a place, as its connector tells; null where that is not known. */
  readonly membersOf: (where: Address) => Promise<Membership | null>;
  /** Of these accounts, those that a mention in a channel reaches, as its platform has it. */
  readonly reachedByMention: (
    where: Pick<Address, 'platform' | 'workspace' | 'channel'>,
    accounts: readonly string[],
  ) => Promise<ReadonlySet<string>>;
  readonly log: Logger;
}
