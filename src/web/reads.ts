import type { CardView, LineView, ListView } from '../desk/view.ts';
import type { Right, StatusKind } from '../ticket/policy.ts';
import type { PersonId, TicketId } from '../ticket/ticket.ts';

/** What the pages ask of the desk. Every answer holds only what the viewer may see. */
export interface Reads {
  /** The board, narrowed to one queue or one status where these are given. Unknown names give an empty board. */
  board(viewer: PersonId, only: { queue: string | null; status: string | null }): Promise<BoardData>;
  /**
   * A ticket with its whole history; the number that it goes on under when it was merged into another; null when there
   * is none, and when the viewer may not see it.
   */
  ticket(viewer: PersonId, ticket: TicketId): Promise<TicketData | { readonly mergedInto: TicketId } | null>;
  /** A file of a ticket's history; null when there is none that the viewer may see. */
  file(viewer: PersonId, ticket: TicketId, attachment: string): Promise<FileData | null>;
}

/** RT's quick search, and below it the tickets. */
export interface BoardData {
  readonly queues: readonly {
    readonly name: string;
    readonly description: string;
    /** In the order of the lifecycle; statuses without a ticket count 0. */
    readonly counts: readonly { readonly status: string; readonly kind: StatusKind; readonly count: number }[];
  }[];
  /** Tickets by queue and status, the most urgent first; groups without a ticket are left out. */
  readonly groups: readonly {
    readonly queue: string;
    readonly status: string;
    readonly kind: StatusKind;
    /** All there are; `rows` may hold only the first of them. */
    readonly total: number;
    readonly rows: ListView['rows'];
  }[];
}

export interface TicketData {
  readonly card: CardView;
  readonly rights: ReadonlySet<Right>;
  /** Oldest first. */
  readonly history: readonly LineView[];
}

export interface FileData {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}
