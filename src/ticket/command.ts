import type { Attachment, Transaction } from './change.ts';
import type { StatusVerb } from './policy.ts';
import type { Text } from './text.ts';
import type { Instant, LinkKind, PersonId, TicketId, WatcherRole } from './ticket.ts';

/**
 * What somebody wants done to one ticket. `P` is how people are named in it: what was typed, while the language room
 * has it; numbers of persons, once the desk has looked them up.
 */
export type Command<P = PersonId> =
  | { readonly verb: 'take' | 'steal' | 'release' | 'watch' | 'unwatch' }
  | { readonly verb: 'give'; readonly to: P }
  | { readonly verb: 'reply' | 'comment'; readonly text: Text; readonly attachments: readonly Attachment[] }
  /** A verb of the lifecycle; `until` only with `stall`. */
  | { readonly verb: StatusVerb; readonly text: string; readonly until: Instant | null }
  | { readonly verb: 'set'; readonly settings: readonly Setting[] }
  | { readonly verb: 'watcher'; readonly role: WatcherRole; readonly person: P; readonly add: boolean }
  | { readonly verb: 'link'; readonly kind: LinkKind; readonly ticket: TicketId; readonly add: boolean }
  | { readonly verb: 'merge'; readonly into: TicketId }
  | { readonly verb: 'time'; readonly minutes: number; readonly text: string }
  | { readonly verb: 'remind'; readonly target: RemindTarget<P>; readonly at: Instant; readonly text: string }
  /** Moves the actor's own reminder: the one named, else the last that rang, else the next to ring. */
  | { readonly verb: 'snooze'; readonly reminder: number | null; readonly at: Instant }
  /** Ends the actor's own reminder, chosen in the same way. */
  | { readonly verb: 'done'; readonly reminder: number | null }
  /** Docket itself, when a reminder's time has come. */
  | { readonly verb: 'ring'; readonly reminder: number }
  /**
   * The message that transaction `of` came from, which `author` wrote (null: Docket), was edited (text) or deleted (null).
   * `subject`: what a ticket that this message opened would be called now.
   */
  | {
      readonly verb: 'amend';
      readonly of: Transaction;
      readonly author: PersonId | null;
      readonly text: Text | null;
      readonly subject: string;
    }
  /** `last` are the newest transactions of the ticket, oldest first; the desk supplies them. */
  | { readonly verb: 'undo'; readonly last: readonly Transaction[] };

export type Verb = Command['verb'];

/** `field=value` as typed. Values are checked when the command is decided, for only the queue knows its fields. */
export interface Setting {
  readonly field: string;
  /** Empty clears the field. */
  readonly value: string;
}

export type RemindTarget<P> =
  | { readonly to: 'person'; readonly person: P }
  | { readonly to: 'group'; readonly group: string }
  | { readonly to: 'place'; readonly place: number };

/** The wish for a new ticket. */
export interface NewTicket<P = PersonId> {
  readonly queue: string | null;
  readonly subject: string;
  /** Set where the subject was taken from a message. */
  readonly subjectSource?: 'message';
  readonly body: Text;
  readonly attachments: readonly Attachment[];
  readonly priority: number | null;
  /** Who asks; null: the one who types. */
  readonly requestor: P | null;
}
