import type { TakenUp } from '../store/conversations.ts';
import type { Feed } from '../store/feeds.ts';
import type { Audience } from '../store/unit.ts';
import type { Attachment } from '../ticket/change.ts';
import type { PersonId, TicketId } from '../ticket/ticket.ts';
import type { LostFile } from './files.ts';

/** What has to be looked up about the place and the message of an inbound before it can be understood. */
export interface Situation {
  /** The ticket of the thread, or of the card or line that was replied to. */
  readonly ticket: TicketId | null;
  /** Who reads along there. */
  readonly audience: Audience;
  /** The feeds of the channel. */
  readonly feeds: readonly Feed[];
  /** The queue in which each top-level message of this channel becomes a ticket; null when none does. */
  readonly intake: string | null;
  /** The queue that tickets from this channel go to: that of its intake or feed; null: the default. */
  readonly queue: string | null;
  /** The transactions that the message was taken up as; empty when it was not. */
  readonly taken: readonly TakenUp[];
  /** The files that came along, kept. */
  readonly attachments: readonly Attachment[];
  /** Those that could not be kept. */
  readonly lost: readonly LostFile[];
  /** Who wrote the message: the requestor, if a ticket is made of it. */
  readonly author: PersonId;
}
