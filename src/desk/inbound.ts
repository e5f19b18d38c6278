import type { Suggestion } from '../language/complete.ts';
import type { Alert } from '../store/alerts.ts';
import type { Right } from '../ticket/policy.ts';
import type { Inline, Text } from '../ticket/text.ts';
import type { Instant, PersonId, TicketId } from '../ticket/ticket.ts';
import type { CardView, HomeView } from './view.ts';

/** Where something is said: a channel or a direct conversation, and the thread in it, by the platform's own ids. */
export interface Address {
  readonly platform: string;
  /** Slack team, Discord guild, Matrix server; `docket` in the console. */
  readonly workspace: string;
  readonly channel: string;
  /** The id of the message that the thread hangs on; null outside of threads. */
  readonly thread: string | null;
  readonly direct: boolean;
  /** People of other workspaces read along, as in a channel that is shared with them; left out where none do. */
  readonly guests?: boolean;
}

/** Someone as their platform knows them. */
export interface Sender {
  readonly id: string;
  readonly name: string;
  /** Where they are at home, when it is not where they speak: a guest of a shared channel has no rights of its hosts. */
  readonly workspace?: string;
  /** IANA zone, as their platform tells it; left out where it does not. */
  readonly zone?: string;
}

/** Somebody, and where they are. */
export interface Who {
  readonly platform: string;
  readonly workspace: string;
  readonly sender: Sender;
}

export interface InboundFile {
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Set when the bytes are already kept (console); else the connector's `fetchFile` is asked for `ref`. */
  readonly attachment: string | null;
  readonly ref: string;
}

/** A message that another one was written below. */
export interface Quoted {
  readonly author: Pick<Sender, 'id' | 'name'>;
  readonly text: Text;
  readonly files: readonly { readonly name: string }[];
}

interface InboundBase {
  /** The platform's own id of this event: a second delivery carries the same. */
  readonly event: string;
  readonly at: Instant;
  readonly sender: Sender;
  readonly where: Address;
  /** How this connector finds the person again to answer them privately (a response URL, a token); plain JSON. */
  readonly answerTo: Readonly<Record<string, string>>;
  /**
   * Set where the connector left something out that it would have had to ask the platform for: the name of the sender, a
   * message. Its `enrich` fills that in from this when the inbound is processed. Plain JSON.
   */
  readonly raw?: unknown;
}

/** What a platform tells Docket. */
export type Inbound = InboundBase &
  (
    | {
        readonly kind: 'message';
        readonly message: string;
        readonly text: Text;
        /** Whether the bot was mentioned; the mention itself is then left out of `text`. */
        readonly mentionsBot: boolean;
        /** The message that this one replies to (Discord, Matrix); null where it is only in a thread or none. */
        readonly replyTo: string | null;
        /**
         * Where the bot was mentioned below a message of somebody else: that message, the one replied to or else the first of
         * the thread. It stands as a quote in the ticket that is made of the mention. Left out where it cannot be read.
         */
        readonly quoted?: Quoted;
        readonly files: readonly InboundFile[];
      }
    /**
     * A slash command, without the prefix. People in it stand as `<@id>`. `text`: the same line with its formatting, where the
     * platform tells it.
     */
    | { readonly kind: 'command'; readonly line: string; readonly text?: Text }
    /** A button; `message` is the one that carries it, null when it was private. */
    | { readonly kind: 'press'; readonly command: string; readonly message: string | null }
    | { readonly kind: 'submit'; readonly command: string; readonly answers: Readonly<Record<string, string>> }
    /** A reaction, with the message it is on, as far as the platform tells it. */
    | {
        readonly kind: 'reaction';
        readonly message: string;
        readonly emoji: string;
        readonly author: Sender;
        readonly text: Text;
        readonly files: readonly InboundFile[];
      }
    | { readonly kind: 'edit'; readonly message: string; readonly text: Text }
    | { readonly kind: 'deletion'; readonly message: string }
  );

/** What a connector may ask of the desk. */
export interface Door {
  /**
   * Keeps an inbound. Resolves as soon as it is kept, before it is worked: then the platform may be told "received".
   * Ordinary talk that concerns no ticket is `ignored`; a second delivery of the same event is `seen`. What is too long,
   * or one too many, is `refused`: its sender has been told.
   */
  receive(inbound: Inbound): Promise<'kept' | 'seen' | 'ignored' | 'refused'>;
  /** What could come next in a command line that is being typed, as far as this person may see it. */
  complete(who: Who, line: string): Promise<readonly Suggestion[]>;
  /** What this person may do to a ticket; empty when they may not see it or there is none. */
  rightsOn(who: Who, ticket: TicketId): Promise<ReadonlySet<Right>>;
  /** What waits for somebody: their tickets, those that nobody owns, their reminders. */
  home(who: Who): Promise<HomeView>;
  /** The ticket that the address of a ticket's page leads to; null for every other address. */
  ticketAt(url: string): TicketId | null;
  /**
   * The card of a ticket whose link somebody posted, as everybody there may see it; null when it is not for them, and
   * when there is none. `where.direct` is the poster's own conversation with Docket.
   */
  card(who: Who, where: Address, ticket: TicketId): Promise<CardView | null>;
  /** The groups of a workspace (user groups, roles, rooms) that the configuration names, by the platform's ids. */
  groupsWanted(where: { platform: string; workspace: string }): Promise<readonly string[]>;
  /** Tells who is in a group by now: at the start, and when it changes. One that is not wanted is passed over. */
  group(where: { platform: string; workspace: string }, id: string, members: readonly string[]): Promise<void>;
  /**
   * Tells in which of a workspace's groups somebody is by now, all of them by the platform's ids: for platforms that tell
   * it along with what somebody does. Those that are not wanted are passed over; cheap when nothing changed.
   */
  member(who: Who, groups: readonly string[]): Promise<void>;
  /** The accounts that people have in a workspace, by the platform's ids; those who have none are left out. */
  accounts(
    where: { platform: string; workspace: string },
    people: readonly PersonId[],
  ): Promise<ReadonlyMap<PersonId, string>>;
  /**
   * Who wrote a message that was taken up, or is about to be, for platforms that tell of a deletion without saying whose
   * message it was; null where it concerns nothing.
   */
  author(message: { platform: string; channel: string; message: string }): Promise<{
    readonly workspace: string;
    readonly thread: string | null;
    readonly sender: Sender;
  } | null>;
  /** The message that an edit was of, by the edit's own event; null where no such edit was taken up. */
  edited(edit: { platform: string; workspace: string; event: string }): Promise<string | null>;
  /**
   * What is wrong with the answers to a form, by input, for platforms that ask one question after the other; empty where
   * nothing is, as far as it shows before it is submitted.
   */
  mistakes(submitted: Extract<Inbound, { kind: 'submit' }>): Promise<Readonly<Record<string, readonly Inline[]>>>;
  /** Whether a message asks for something that Docket knows, for platforms on which it may be the answer to a question. */
  understands(message: Extract<Inbound, { kind: 'message' }>): Promise<boolean>;
  /** The bytes of an attachment that a view names, to be shown with it; null when there is none. */
  file(attachment: string): Promise<Uint8Array | null>;
  /**
   * Keeps a text that is too long for what a platform carries with a button or a form, and gives its key: 22 letters,
   * digits, `-` and `_`, the same for the same text. It is kept for 90 days after its last use.
   */
  remember(text: string): Promise<string>;
  /** The text of a key; null when there is none, or none any more. */
  recall(key: string): Promise<string | null>;
  /**
   * A channel, or all of a workspace (`channel` null), can be told again: the bot was invited or reconnected, the channel
   * unarchived. What waits for it is tried at once. Harmless where nothing waits.
   */
  reachable(where: { platform: string; workspace: string; channel: string | null }): Promise<void>;
  /** Notifies the administrators of something to see to; once for each key, however often it is called. */
  alert(alert: Alert): Promise<void>;
}

export type { Suggestion };
