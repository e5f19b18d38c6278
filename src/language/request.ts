import type { Attachment } from '../ticket/change.ts';
import type { Command, NewTicket } from '../ticket/command.ts';
import type { Markup } from '../ticket/markup.ts';
import type { Cursor, Order, Search } from '../ticket/search.ts';
import type { Text } from '../ticket/text.ts';
import type { TicketId } from '../ticket/ticket.ts';

/** A person as somebody typed them. The desk looks them up. */
export type PersonRef =
  | { readonly person: 'me' }
  /** `@bo`: a name. */
  | { readonly person: 'name'; readonly name: string }
  /** `<@U123>`: a mention, by the platform's own id. */
  | { readonly person: 'mention'; readonly id: string }
  | { readonly person: 'mail'; readonly address: string };

/** `here` stands for the place where the request was made. */
export type ReminderRef =
  | { readonly to: 'person'; readonly person: PersonRef }
  | { readonly to: 'group'; readonly group: string }
  | { readonly to: 'here' };

/** A command as typed. `remind` and `undo` are completed by the desk, which knows the place and the history. */
export type TypedCommand =
  | Exclude<Command<PersonRef>, { verb: 'remind' | 'undo' | 'ring' | 'amend' }>
  | { readonly verb: 'remind'; readonly target: ReminderRef; readonly at: string; readonly text: string }
  | { readonly verb: 'undo' };

/** The verbs that can bring up a form when they come without what they need. */
export const formNames = [
  'new',
  'reply',
  'comment',
  'stall',
  'resolve',
  'reject',
  'give',
  'remind',
  'set',
  'due',
  'next',
  'priority',
  'move',
  'link',
  'merge',
  'time',
  'cc',
  'admincc',
  'requestor',
] as const;
export type FormName = (typeof formNames)[number];

/** What somebody asks of Docket: everything that can be typed, pressed or submitted comes out as one of these. */
export type Request =
  | {
      readonly do: 'change';
      readonly tickets: readonly TicketId[];
      readonly command: TypedCommand;
      readonly hint: 'resolve instead' | null;
    }
  | { readonly do: 'new'; readonly ticket: NewTicket<PersonRef> }
  /** `said`: what the line that asks for the form said already, by the input that it belongs in. */
  | {
      readonly do: 'form';
      readonly form: FormName;
      readonly ticket: TicketId | null;
      readonly said: Readonly<Record<string, string>>;
    }
  | { readonly do: 'show'; readonly ticket: TicketId }
  /** `page` counts from 1; 0 is the last one, with the newest. `originals`: texts as they were before they were edited. */
  | { readonly do: 'history'; readonly ticket: TicketId; readonly page: number; readonly originals?: boolean }
  | {
      readonly do: 'list';
      readonly title: string;
      readonly search: Search<PersonRef>;
      readonly order: Order;
      /** Counts from 1. */
      readonly page: number;
      /** Where the page begins instead, as *Next* and *Previous* say it: nothing is skipped while tickets come and go. */
      readonly cursor: Cursor | null;
      /** What to know beside the rows, where words may have been meant otherwise; empty: nothing. */
      readonly hint: string;
      /** The line that lists this again, without the page: `LINE page 2` is the second page. */
      readonly line: string;
    }
  /** `line` is the search as it was typed; empty with `search` null. */
  | {
      readonly do: 'feed' | 'unfeed';
      readonly queue: string;
      readonly search: Search<PersonRef> | null;
      readonly line: string;
      /** Also where people read along who may not see the queue. */
      readonly anyway: boolean;
    }
  | { readonly do: 'feeds' }
  /** `name` is in lower case, and empty when nobody said which report. */
  | { readonly do: 'report'; readonly name: string; readonly words: string }
  | { readonly do: 'reminders' }
  | { readonly do: 'help'; readonly topic: string | null };

/** What the line was typed into: fills in what the person left out. */
export interface Speaking {
  /** The moment at which it was typed (ISO 8601, UTC). */
  readonly now: string;
  /** The speaker's IANA zone. */
  readonly zone: string;
  /** The ticket of the thread, or of the card that was replied to; null elsewhere. */
  readonly ticket: TicketId | null;
  /** The queue that tickets from this place go to; null or nothing: the default. */
  readonly queue?: string | null;
  /** Names that a line may use. */
  readonly queues: readonly string[];
  readonly statuses: readonly string[];
  readonly groups: readonly string[];
  /** The custom fields of those queues. */
  readonly fields: readonly string[];
  /** How bold words and code are typed there; left out where a text is not read as markup. */
  readonly markup?: Markup;
  /** Bare words become a reply in the requestor's own thread, and a comment among staff. */
  readonly plainText: 'reply' | 'comment';
}

/** A message with what the language needs of it. */
export interface Message {
  readonly text: Text;
  readonly attachments: readonly Attachment[];
}
