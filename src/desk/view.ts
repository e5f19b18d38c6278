import type { Audience } from '../store/unit.ts';
import type { Attachment } from '../ticket/change.ts';
import type { Right, StatusKind } from '../ticket/policy.ts';
import type { Inline, Text } from '../ticket/text.ts';
import type { Instant, PersonId, TicketId } from '../ticket/ticket.ts';

/** A message in neutral form, before a connector turns it into a platform's own. */
export type View = CardView | LineView | ListView | HistoryView | FormView | NoticeView;

/** A button names a command (`take 123`) and holds no state, so that it works after a restart. */
export interface Button {
  readonly label: string;
  readonly command: string;
  readonly style: 'plain' | 'primary' | 'danger';
  /** The command asks for more than a press gives: the press brings up a form. */
  readonly opensForm: boolean;
  /** The right that the command takes; a surface that is drawn for one reader leaves out what they may not. */
  readonly right: Right | null;
}

export interface Fact {
  readonly label: string;
  readonly value: readonly Inline[];
}

/** The live message that shows a ticket and carries its buttons. */
export interface CardView {
  readonly view: 'card';
  readonly ticket: TicketId;
  readonly subject: string;
  readonly queue: string;
  readonly status: string;
  readonly kind: StatusKind;
  readonly priority: number;
  /** Owner, requestor, due, next action, fields: what is worth a line. */
  readonly facts: readonly Fact[];
  /** For whom it was drawn; left out where that makes no difference. */
  readonly audience?: Audience;
  /** The first words of the ticket's first message. */
  readonly excerpt: Text;
  /** The files of that message; left out on cards that an earlier version has drawn. */
  readonly attachments?: readonly Attachment[];
  readonly buttons: readonly Button[];
  /** What stands behind *More*. */
  readonly more: readonly Button[];
  /** Where the whole ticket is shown; null when no web address is configured. */
  readonly url: string | null;
}

/** One happening, in a sentence: what a feed's thread, a requestor's thread and a direct message are told. */
export interface LineView {
  readonly view: 'line';
  readonly ticket: TicketId;
  /** The subject of the ticket, where a thread may have to be begun for the line, and named. */
  readonly subject?: string;
  /** `**Ada** resolved **#12 Printer on fire**` */
  readonly head: readonly Inline[];
  /** What was written, if anything. */
  readonly body: Text;
  readonly attachments: readonly Attachment[];
  /** Only staff are to see it: shown with a lock. */
  readonly staffOnly: boolean;
  readonly at: Instant;
  readonly buttons: readonly Button[];
  /** Those in the text who are to notice it among all that is said there: their platform calls them. */
  readonly calls?: readonly PersonId[];
  /**
   * Those who wait for it, and read it here: a requestor for a reply, an owner for a ticket that was given to them. A platform
   * on which a program's messages go unnoticed (Matrix) mentions them.
   */
  readonly awaitedBy?: readonly PersonId[];
}

export interface ListView {
  readonly view: 'list';
  readonly title: string;
  readonly rows: readonly {
    readonly ticket: TicketId;
    readonly subject: string;
    readonly queue: string;
    readonly status: string;
    readonly kind: StatusKind;
    readonly priority: number;
    readonly facts: readonly Inline[];
  }[];
  readonly total: number;
  /** What to say when there is nothing. */
  readonly empty: readonly Inline[];
  /** *Previous*, *Next*. */
  readonly buttons: readonly Button[];
}

export interface HistoryView {
  readonly view: 'history';
  readonly ticket: TicketId;
  readonly subject: string;
  readonly lines: readonly LineView[];
  readonly buttons: readonly Button[];
}

/** Questions. The answers come back as a `submit` with the same `command`. */
export interface FormView {
  readonly view: 'form';
  readonly title: string;
  readonly command: string;
  readonly submit: string;
  readonly inputs: readonly FormInput[];
}

export interface FormInput {
  readonly name: string;
  readonly label: string;
  readonly type: 'line' | 'text' | 'number' | 'choice' | 'person' | 'when';
  readonly value: string;
  readonly required: boolean;
  readonly hint: string;
  /** For `choice`. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** What was wrong with the last answer; empty when nothing was. */
  readonly error: readonly Inline[];
}

/** A short text: a refusal, a confirmation, help. */
export interface NoticeView {
  readonly view: 'notice';
  readonly tone: 'info' | 'done' | 'refused';
  readonly text: Text;
  readonly buttons: readonly Button[];
}

/** What waits for one person: the page that a platform has for them alone (Slack's App Home). It is never posted. */
export interface HomeView {
  readonly view: 'home';
  readonly mine: ListView;
  /** What nobody owns yet; null for those who can own nothing. */
  readonly unowned: ListView | null;
  /** The next first, each with its buttons. */
  readonly reminders: readonly LineView[];
}
