import type { Environment } from '../../src/config/environment.ts';
import type { Docket } from '../../src/docket.ts';

/** The channels of the scenarios. Everyone is in `helpdesk` and `lobby`, staff in `noc`, supervisors in `security`. */
export type Channel = 'helpdesk' | 'lobby' | 'noc' | 'security';
/** A channel, or a person's own conversation with the bot. */
export type Where = Channel | 'direct';

/** Names a message. */
export interface Ref {
  readonly where: Where;
  readonly id: string;
}

/** A message as one person sees it in their client. */
export interface Message extends Ref {
  /** The message whose thread it stands in; null outside of threads. */
  readonly root: Ref | null;
  readonly author: string;
  /** All its words, as they are shown. */
  readonly text: string;
  readonly edited: boolean;
  /** It is marked as seen by staff only. */
  readonly locked: boolean;
  readonly files: readonly string[];
  readonly reactions: readonly string[];
  /** The labels of its buttons, those behind *More* too. */
  readonly buttons: readonly string[];
  /** The ticket that it shows live; null where it shows none. */
  readonly card: Card | null;
}

export interface Card {
  readonly ticket: number;
  readonly subject: string;
  readonly queue: string;
  readonly status: string;
  readonly priority: number;
  /** `Owner`: `Ada Okafor`. */
  readonly facts: Readonly<Record<string, string>>;
  /** The labels of the buttons that are in sight at once. */
  readonly buttons: readonly string[];
}

/** Questions that the person is asked, and nobody else sees. */
export interface Form {
  readonly title: string;
  readonly inputs: readonly {
    readonly label: string;
    readonly value: string;
    readonly choices: readonly string[];
    /** What was wrong with the last answer; empty when nothing was. */
    readonly error: string;
  }[];
}

export interface Upload {
  readonly name: string;
  readonly content: string;
}

/** A person at their client: what they do, and what they see. A platform without buttons or forms offers its own way. */
export interface User {
  readonly name: string;
  say(where: Where, text: string, more?: { thread?: Ref; files?: readonly Upload[] }): Promise<Ref>;
  slash(where: Where, line: string, thread?: Ref): Promise<void>;
  press(message: Message, label: string): Promise<void>;
  /** Answers by label. Inputs that are left out keep what stands in them. */
  submit(form: Form, answers: Readonly<Record<string, string>>): Promise<void>;
  react(message: Ref, emoji: string): Promise<void>;
  edit(message: Ref, text: string): Promise<void>;
  delete(message: Ref): Promise<void>;
  /** The platform delivers once more what this person did last. */
  redeliver(): Promise<void>;

  /** What stands in a place, threads left out, oldest first. Fails when the person is not in it. */
  see(where: Where): Promise<readonly Message[]>;
  /** What stands in a thread, without the message that it hangs on. */
  thread(root: Ref): Promise<readonly Message[]>;
  /** The cards that stand in a place, wherever in it the platform puts them. */
  cards(where: Where): Promise<readonly Message[]>;
  /** What only this person was told, oldest first. */
  notices(): readonly Message[];
  /** The forms that are open, oldest first. */
  forms(): readonly Form[];
  /** What is offered to complete a command (`take 1`) that is being typed. */
  complete(where: Where, line: string): Promise<readonly string[]>;
  /** The content of a file that is attached to a message. */
  download(message: Message, file: string): Promise<string>;
  /** All that this person's client was ever sent, as it was sent: what must stay private is nowhere in it. */
  received(): string;

  /** How many times their client has been told of something. */
  news(): number;
  /** Resolves when their client has been told of more than `seen` things; rejects when nothing comes for so long. */
  told(seen: number, withinMs: number): Promise<void>;
}

/**
 * What a platform may be without: it shows what somebody writes to all who are there, whatever Docket does (`held messages`);
 * it shows everybody in a place the same, one ticket's card and thread too (`own views`); it offers nothing while a command
 * is being typed (`completion`); a name behind `@` that is typed in the text of a command stays text (`typed mentions`).
 */
export type Ability = 'held messages' | 'own views' | 'completion' | 'typed mentions';

/** What a platform brings along to be put to the test. */
export interface Platform {
  readonly name: string;
  readonly lacks: readonly Ability[];
  /** What has to be there before docket.yaml can name it. */
  prepare?(): Promise<void>;
  /** How docket.yaml names a channel. */
  place(channel: Channel): string;
  /** How docket.yaml names somebody's account; null where the handle is all that it takes. */
  account(handle: string): string | null;
  /** What else docket.yaml says of the platform (YAML); who is in which channel, where it is told there. */
  readonly settings: string;
  /** Starts the platform, has Docket started beside it (told from outside where the platform is), and lets people in. */
  start(startDocket: (told?: Partial<Environment>) => Promise<Docket>): Promise<Surface>;
}

/** A platform that runs, with Docket connected to it. */
export interface Surface {
  /** Somebody of the configuration, by handle, at a client of their own. */
  user(handle: string): Promise<User>;
  /** Docket was stopped and runs again: everybody goes on where they were. */
  reconnect(docket: Docket): Promise<void>;
  stop(): Promise<void>;
}
