import type { TicketId } from '../ticket/ticket.ts';
import type { Address, Door, Inbound } from './inbound.ts';
import type { FormView, View } from './view.ts';

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
