/**
 * The contract that every platform meets. A connector owns one platform's library and nothing else: it turns what comes
 * in into an `Inbound`, and a `View` into what the platform shows. It knows no ticket rule.
 */
import type { FormView, View } from '../src/desk/view.ts';
import type { Right } from '../src/ticket/policy.ts';
import type { Text } from '../src/ticket/text.ts';
import type { Instant, TicketId } from '../src/ticket/ticket.ts';

export type { FormView, View } from '../src/desk/view.ts';

/** Where something is said: a channel or a direct conversation, and the thread in it, by the platform's own ids. */
export interface Address {
  readonly platform: string;
  /** Slack team, Discord guild, Matrix server; `docket` in the console. */
  readonly workspace: string;
  readonly channel: string;
  /** The id of the message that the thread hangs on; null outside of threads. */
  readonly thread: string | null;
  readonly direct: boolean;
}

/** Someone as their platform knows them. */
export interface Sender {
  readonly id: string;
  readonly name: string;
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

interface InboundBase {
  /** The platform's own id of this event: a second delivery carries the same. */
  readonly event: string;
  readonly at: Instant;
  readonly sender: Sender;
  readonly where: Address;
  /** How this connector finds the person again to answer them privately (a response URL, a token); plain JSON. */
  readonly answerTo: Readonly<Record<string, string>>;
}

/** What a platform tells Docket. */
export type Inbound = InboundBase &
  (
    | {
        readonly kind: 'message';
        readonly message: string;
        readonly text: Text;
        readonly mentionsBot: boolean;
        /** The message that this one replies to (Discord, Matrix); null where it is only in a thread or none. */
        readonly replyTo: string | null;
        readonly files: readonly InboundFile[];
      }
    /** A slash command, without the prefix. People in it stand as `<@id>`. */
    | { readonly kind: 'command'; readonly line: string }
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

/** How Docket answers the one who acted, and nobody else. */
export interface Answer {
  /** Set on the message that was acted with: ✅ done, 🔒 recorded for staff only, ❓ not understood or refused. */
  readonly reaction: '✅' | '🔒' | '❓' | '🎫' | null;
  /** Shown privately, in this order. */
  readonly views: readonly View[];
  /** Brought up as a dialog, or asked in a thread. */
  readonly form: FormView | null;
  /** Tickets this concerned: a connector that draws live cards refreshes these at once. */
  readonly tickets: readonly TicketId[];
}

export interface Capabilities {
  readonly buttons: boolean;
  readonly forms: boolean;
  readonly privateNotices: boolean;
  readonly threads: boolean;
  readonly edits: boolean;
}

export interface Connector {
  readonly platform: string;
  readonly capabilities: Capabilities;
  /** Connects, and from now on hands what comes in to the door. */
  start(door: Door): Promise<void>;
  stop(): Promise<void>;
  /**
   * Posts a view and returns the platform's id of the message. `key` names the delivery: a second post with the same
   * key is the same message, and returns the same id.
   */
  post(to: Address, view: View, key: string): Promise<string>;
  edit(to: Address, message: string, view: View): Promise<void>;
  /** Answers the one who acted, privately. Not retried: after a crash the person asks again. */
  answer(inbound: Inbound, answer: Answer): Promise<void>;
  /** The direct conversation with someone; null when there can be none. */
  direct(workspace: string, person: string): Promise<Address | null>;
  /** The bytes of a file that came in by reference. */
  fetchFile(ref: string): Promise<Uint8Array>;
}

/** A delivery that may succeed later: the platform asks to wait, or is down. */
export class TryLater extends Error {
  constructor(
    message: string,
    readonly afterMs: number | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TryLater';
  }
}

/** A delivery that cannot succeed as things are: the channel is gone, the bot was removed. */
export class Undeliverable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Undeliverable';
  }
}

/** One entry of the autocompletion. */
export interface Suggestion {
  /** What the composer's text becomes. */
  readonly text: string;
  readonly label: string;
  readonly detail: string;
}

/** What a connector may ask of the desk. */
export interface Door {
  /**
   * Keeps an inbound. Resolves as soon as it is kept, before it is worked: then the platform may be told "received".
   * Ordinary talk that concerns no ticket is `ignored`; a second delivery of the same event is `seen`.
   */
  receive(inbound: Inbound): Promise<'kept' | 'seen' | 'ignored'>;
  /** What could come next in a command line that is being typed, as far as this person may see it. */
  complete(who: { platform: string; workspace: string; sender: Sender }, line: string): Promise<readonly Suggestion[]>;
  /** What this person may do to a ticket; empty when they may not see it or there is none. */
  rightsOn(who: { platform: string; workspace: string; sender: Sender }, ticket: TicketId): Promise<ReadonlySet<Right>>;
}
