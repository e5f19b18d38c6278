import type { AnswerErrors } from '../language/form.ts';
import type { Request } from '../language/request.ts';
import type { MessageKey, PlaceKey } from '../store/unit.ts';
import type { Transaction } from '../ticket/change.ts';
import type { NewTicket } from '../ticket/command.ts';
import type { Refusal } from '../ticket/refusal.ts';
import type { Text } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';

/** What an inbound asks for, before anything is decided. */
export type Wish =
  | Request
  /** A message becomes a ticket, and its thread the place in which it is talked about. */
  | { readonly do: 'take up'; readonly ticket: NewTicket; readonly from: Taken }
  /** The message behind a transaction was edited or deleted. */
  | { readonly do: 'amend'; readonly of: Transaction; readonly text: Text | null }
  /** Answers that cannot be taken: the form of `command` is brought up again with them in it. */
  | {
      readonly do: 'ask again';
      readonly command: string;
      readonly answers: Readonly<Record<string, string>>;
      readonly errors: AnswerErrors['errors'];
    }
  | Refusal;

/** The message that a ticket is made of. */
export interface Taken {
  readonly message: MessageKey;
  readonly thread: PlaceKey;
  readonly author: PersonId;
}
