import type { FieldValue } from './field.ts';
import type { Text } from './text.ts';
import type { Instant, LinkKind, PersonId, Reminder, TicketId, WatcherRole } from './ticket.ts';

/** A file kept by the store. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** Fields of a ticket that a plain `set` changes. */
export interface Settable {
  readonly queue: string;
  readonly subject: string;
  readonly priority: number;
  readonly due: Instant | null;
  readonly next: string;
}

/** One recorded change of a ticket: a fact that holds its own before and after, so that it can be told and taken back. */
export type Change =
  | {
      readonly type: 'create';
      readonly queue: string;
      readonly subject: string;
      /** Set where the subject was taken from a message. */
      readonly subjectSource?: 'message';
      readonly status: string;
      readonly priority: number;
      readonly requestors: readonly PersonId[];
      readonly due: Instant | null;
      readonly body: Text;
      readonly attachments: readonly Attachment[];
    }
  | {
      readonly type: 'status';
      readonly from: string;
      readonly to: string;
      readonly kind: StatusChangeKind;
      readonly resolution: string;
      readonly started: Instant | null;
      readonly resolved: Instant | null;
      readonly was: StatusBefore;
    }
  | { readonly type: 'owner'; readonly from: PersonId | null; readonly to: PersonId | null }
  | {
      readonly [F in keyof Settable]: {
        readonly type: 'set';
        readonly field: F;
        readonly from: Settable[F];
        readonly to: Settable[F];
        /** A subject that follows the message that it was taken from. */
        readonly source?: 'message';
      };
    }[keyof Settable]
  | { readonly type: 'field'; readonly name: string; readonly from: FieldValue | null; readonly to: FieldValue | null }
  | { readonly type: 'watcher'; readonly role: WatcherRole; readonly person: PersonId; readonly added: boolean }
  | { readonly type: 'link'; readonly kind: LinkKind; readonly ticket: TicketId; readonly added: boolean }
  | {
      readonly type: 'reply';
      readonly text: Text;
      readonly attachments: readonly Attachment[];
      readonly byRequestor: boolean;
      readonly toldBefore: Instant | null;
    }
  | { readonly type: 'comment'; readonly text: Text; readonly attachments: readonly Attachment[] }
  | { readonly type: 'time'; readonly minutes: number }
  /** A reminder as it was (null: new) and as it is now. */
  | { readonly type: 'reminder'; readonly before: Reminder | null; readonly after: Reminder }
  | { readonly type: 'merged into'; readonly ticket: TicketId }
  | {
      readonly type: 'merged from';
      readonly ticket: TicketId;
      readonly requestors: readonly PersonId[];
      readonly ccs: readonly PersonId[];
      readonly adminccs: readonly PersonId[];
      readonly timeWorked: number;
      readonly links: readonly { readonly kind: LinkKind; readonly ticket: TicketId }[];
      readonly reminders: readonly Reminder[];
    }
  /** The text of an earlier transaction was edited on its platform (`text`), or deleted there (null). */
  | { readonly type: 'amend'; readonly of: number; readonly text: Text | null }
  /** The changes of an earlier command were taken back; the changes that do so follow in the same command. */
  | { readonly type: 'undo'; readonly of: readonly number[] };

/** Whether a status change begins, continues or ends the work; decided from the lifecycle when it happens. */
export type StatusChangeKind = 'initial' | 'active' | 'inactive';

/** What a status change overwrites besides the status. */
export interface StatusBefore {
  readonly resolution: string;
  readonly started: Instant | null;
  readonly resolved: Instant | null;
}

export type ChangeType = Change['type'];

/** A change as it stands in the history. Rows are only ever added. */
export interface Transaction {
  readonly id: number;
  readonly ticket: TicketId;
  readonly at: Instant;
  readonly actor: PersonId;
  /** The same for all changes of one command: what `undo` takes back together, and what one line tells. */
  readonly command: string;
  /** The platform it came by: `console`, `slack`, `cli`, `docket` (an alarm or a rule). */
  readonly via: string;
  readonly change: Change;
}
