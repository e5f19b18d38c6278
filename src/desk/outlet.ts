import type { TicketId } from '../ticket/ticket.ts';
import type { Address, Door, Inbound } from './inbound.ts';
import type { FormView, LineView, View } from './view.ts';

/**
 * Who may see the message that somebody acted with, of those in its place: `everyone`; those who may see the `tickets` of
 * the answer; the `staff` among them, who may also see their comments; its `author` alone. A platform that shows what is
 * written at once, to all who are there, cannot hold a message back.
 */
export type MessageAudience = 'everyone' | 'tickets' | 'staff' | 'author';

/** How Docket answers the one who acted, and nobody else. */
export interface Answer {
  /** Set on the message that was acted with: ✅ done, 🔒 recorded for staff only, ❓ not understood or refused. */
  readonly reaction: '✅' | '🔒' | '❓' | '🎫' | null;
  readonly audience: MessageAudience;
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

/** Who is in a place. */
export interface Membership {
  /** By the platform's ids, without Docket. */
  readonly members: readonly string[];
  /** Whether others can come in by themselves, or read it without. */
  readonly open: boolean;
}

export interface Connector {
  readonly platform: string;
  readonly capabilities: Capabilities;
  /** Connects, and from now on hands what comes in to the door. */
  start(door: Door): Promise<void>;
  stop(): Promise<void>;
  /**
   * Posts a view and returns the platform's id of the message. `key` names the delivery: a second post with the same
   * key is the same message, and returns the same id. `again`: an attempt before this one may have reached the platform;
   * one that cannot tell by the key alone looks for the message first.
   *
   * @throws TryLater, Undeliverable, Rejected; Gone where the message is gone that the thread of `to` hangs on
   */
  post(to: Address, view: View, key: string, again: boolean): Promise<string>;
  /**
   * Whether one message shows all of a line. Where it does not, the line is told in several. Left out where a message can be of
   * any length.
   */
  fits?(line: LineView): boolean;
  /** @throws TryLater, Undeliverable, Rejected; Gone where there is no such message any more */
  edit(to: Address, message: string, view: View): Promise<void>;
  /**
   * Fills in what an inbound with `raw` was kept without: platforms wait seconds for an acknowledgement, and their own
   * API may take longer to say who somebody is. Null where nothing comes of the inbound: the message is gone. Only for
   * connectors that leave something out; called once or more for an inbound, before it is processed.
   *
   * @throws TryLater where the platform is to be asked again, Undeliverable where it says nothing as things are
   */
  enrich?(inbound: Inbound): Promise<Inbound | null>;
  /**
   * Takes back a message of Docket's, with everything that it ever said. For platforms that go on showing what an edited message
   * said before; left out elsewhere. A message that is gone already is passed over. @throws TryLater
   */
  erase?(to: Address, message: string): Promise<void>;
  /** Answers the one who acted, privately. Not retried: after a crash the person asks again. */
  answer(inbound: Inbound, answer: Answer): Promise<void>;
  /** The direct conversation with someone; null when there can be none. */
  direct(workspace: string, person: string): Promise<Address | null>;
  /** Who is in a place; null where that is not known. Left out where the platform does not tell. @throws TryLater */
  members?(where: Address): Promise<Membership | null>;
  /** Of these accounts, those that a mention in a channel reaches; left out where it reaches everybody. @throws TryLater */
  reachedByMention?(
    where: Pick<Address, 'workspace' | 'channel'>,
    accounts: readonly string[],
  ): Promise<ReadonlySet<string>>;
  /** The bytes of a file that came in by reference. */
  fetchFile(ref: string): Promise<Uint8Array>;
}

/** A delivery that may succeed later: the platform asks to wait so long (milliseconds), or is down (null). */
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

/**
 * The place or person cannot be told anything as things are: the channel is gone, the bot was removed. What is to be told
 * there waits, the administrators hear of it once, and it is tried again now and then, and when `Door.reachable` is called.
 */
export class Undeliverable extends Error {
  /** What an administrator can do about it, as a sentence; empty when nothing is known. */
  readonly mend: string;
  /** Set where it is the same for every place of a workspace, as when the token was revoked. */
  readonly workspace: Pick<Address, 'platform' | 'workspace'> | null;

  /** @param message what stands in the way, in words for administrators, without a full stop */
  constructor(
    message: string,
    options: ErrorOptions & { mend?: string; workspace?: Pick<Address, 'platform' | 'workspace'> } = {},
  ) {
    super(message, options);
    this.name = 'Undeliverable';
    this.mend = options.mend ?? '';
    this.workspace = options.workspace ?? null;
  }
}

/** Somebody takes no direct messages from Docket. What matters to them is said where the ticket is talked about instead. */
export class Closed extends Undeliverable {
  /** @param mend what they can do about it, in a sentence to them: `Allow messages from members of this server, …` */
  constructor(mend: string, options: ErrorOptions = {}) {
    super('they take no direct messages from Docket', { ...options, mend });
    this.name = 'Closed';
  }
}

/**
 * The platform refuses this one message for good: it is too long, or malformed, or its content is not allowed. Others in the
 * same place may pass, and the same one never will. The delivery becomes a dead letter, for an administrator to see.
 */
export class Rejected extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Rejected';
  }
}

/** The message that was to be edited, or whose thread was to be written in, is no longer there. Others there are. */
export class Gone extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Gone';
  }
}
