import type { Audience } from '../ticket/audience.ts';
import type { Change } from '../ticket/change.ts';
import type { Instant, PersonId, Ticket, TicketId } from '../ticket/ticket.ts';

/** Where something is said, by the platform's own ids; `Address` of the connector contract, as the store keeps it. */
export interface PlaceKey {
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly direct: boolean;
}

/** What one inbound (or one alarm) leads to. It is committed as a whole or not at all. */
export interface Unit {
  /** The inbox row that this ends; null for an alarm. A row that has ended already makes the whole unit `done before`. */
  readonly inbox: number | null;
  /** Names the command in the history: the changes of one command share it. A fresh UUID. */
  readonly command: string;
  readonly actor: PersonId;
  readonly via: string;
  readonly at: Instant;
  readonly tickets: readonly TicketWrite[];
  /** Messages that were taken up: their edits and deletions will amend the transaction of change `change` of `ticket`. */
  readonly taken: readonly {
    readonly ticket: TicketId;
    readonly change: number;
    readonly message: MessageKey;
    /** The thread that the message stands in: it is not told there what was said there. */
    readonly thread: string | null;
    /** Who wrote the message: nobody else can amend what was made of it. */
    readonly author: PersonId;
  }[];
  /** Places in which the ticket is talked about from now on. */
  readonly conversations: readonly {
    readonly ticket: TicketId;
    readonly place: PlaceKey;
    readonly audience: Audience;
  }[];
  /** Feeds that begin, change or end. Those of one place and queue: the last counts. */
  readonly feeds: readonly FeedWrite[];
}

/** A place is notified of a queue from now on; `feed` null: no longer. `search` is a line of the search language. */
export interface FeedWrite {
  readonly queue: string;
  readonly place: number;
  readonly feed: { readonly audience: Audience; readonly search: string } | null;
}

export type { Audience } from '../ticket/audience.ts';

/** A message by the platform's own ids. */
export interface MessageKey {
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
  readonly message: string;
}

/** One ticket of a unit: null `before` makes it. `changes` lead from `before` to `after`. */
export interface TicketWrite {
  readonly before: Ticket | null;
  readonly after: Ticket;
  readonly changes: readonly Change[];
}

/**
 * `committed`: everything is written. `conflict`: one of the tickets has moved on since it was loaded; load and decide
 * again. `done before`: the inbox row had ended already (another process was quicker).
 */
export type CommitResult = 'committed' | 'conflict' | 'done before';
