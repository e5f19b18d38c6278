import type { AnswerErrors } from '../language/form.ts';
import type { Request } from '../language/request.ts';
import type { TakenUp } from '../store/conversations.ts';
import type { NewTicket } from '../ticket/command.ts';
import type { Refusal } from '../ticket/refusal.ts';
import type { Text } from '../ticket/text.ts';

/** What an inbound asks for, before anything is decided. */
export type Wish =
  | Request
  /** A message becomes a ticket. */
  | { readonly do: 'take up'; readonly ticket: NewTicket }
  /** The message behind a transaction was edited or deleted. */
  | { readonly do: 'amend'; readonly of: TakenUp; readonly text: Text | null; readonly subject: string }
  /** Answers that cannot be taken: the form of `command` is brought up again with them in it. */
  | {
      readonly do: 'ask again';
      readonly command: string;
      readonly answers: Readonly<Record<string, string>>;
      readonly errors: AnswerErrors['errors'];
    }
  | Refusal;
