import {
  type Address,
  type Answer,
  type Connector,
  type Door,
  Gone,
  type LineView,
  type Membership,
  type View,
} from '../../connectors/connector.ts';
import { plain, plainInlines } from '../../src/ticket/text.ts';

/** A message that stands on paper. */
export interface Note {
  readonly id: string;
  readonly where: string;
  readonly thread: string | null;
  view: View;
  edits: number;
}

/**
 * A platform in memory: what is posted is noted down, and it can be out of order. People's direct conversations are
 * called by their ids.
 */
export class Paper implements Connector {
  readonly platform: string;
  readonly capabilities = { buttons: true, forms: true, privateNotices: true, threads: true, edits: true };
  readonly notes: Note[] = [];
  readonly answers: Answer[] = [];
  /** The ids of what people said. */
  readonly said = new Set<string>();
  /** What stands in the way at a place; by `*`, everywhere. */
  readonly trouble = new Map<string, () => Error>();
  /** What the platform thinks of a view; null: it takes it. */
  refuses: (view: View) => Error | null = () => null;
  /** Characters of a line's text that one message takes. */
  longest = Number.POSITIVE_INFINITY;
  /** What the answer to a post waits for: it stands by then, and nobody knows yet as what. */
  answered: Promise<unknown> = Promise.resolve();
  /** How often something was tried, in vain or not. */
  tries = 0;
  door: Door | null = null;
  #posted = 0;

  constructor(platform = 'slack') {
    this.platform = platform;
  }
  readonly #keys = new Map<string, string>();

  async start(door: Door): Promise<void> {
    this.door = door;
  }
  async stop(): Promise<void> {
    this.door = null;
  }
  async post({ channel, thread }: Address, view: View, key: string): Promise<string> {
    this.#reach(channel);
    const before = this.#keys.get(key);
    if (before !== undefined) return before;
    this.#take(view);
    const stands = thread === null || this.said.has(thread) || this.notes.some(({ id }) => id === thread);
    if (!stands) throw new Gone(`there is no message ${thread}`);
    const id = `m${++this.#posted}`;
    this.#keys.set(key, id);
    this.notes.push({ id, where: channel, thread, view, edits: 0 });
    await this.answered;
    return id;
  }
  fits({ body }: LineView): boolean {
    return plain(body).length <= this.longest;
  }
  async edit({ channel }: Address, message: string, view: View): Promise<void> {
    this.#reach(channel);
    const note = this.notes.find(({ id }) => id === message);
    if (note === undefined) throw new Gone(`there is no message ${message}`);
    this.#take(view);
    note.view = view;
    note.edits++;
  }
  async answer(_: unknown, answer: Answer): Promise<void> {
    this.answers.push(answer);
  }
  async direct(workspace: string, person: string): Promise<Address> {
    return { platform: this.platform, workspace, channel: person, thread: null, direct: true };
  }
  /** Who is in a channel, where a test says so. */
  readonly memberships = new Map<string, Membership>();
  async members({ channel }: Address): Promise<Membership | null> {
    return this.memberships.get(channel) ?? null;
  }
  /** In a channel whose members are known, mentions reach those; elsewhere everybody. */
  async reachedByMention({ channel }: Pick<Address, 'channel'>, accounts: readonly string[]): Promise<Set<string>> {
    const members = this.memberships.get(channel)?.members;
    return new Set(accounts.filter((account) => members?.includes(account) ?? true));
  }
  async fetchFile(): Promise<Uint8Array> {
    return new Uint8Array();
  }

  /** Somebody deletes a message. */
  delete(id: string): void {
    this.notes.splice(
      this.notes.findIndex((note) => note.id === id),
      1,
    );
  }

  /** What stands in a place, in words. */
  read(where: string): readonly string[] {
    return this.notes.filter((note) => note.where === where).map(({ view }) => wordsOf(view));
  }

  #take(view: View): void {
    const refusal = this.refuses(view);
    if (refusal !== null) throw refusal;
  }

  #reach(channel: string): void {
    this.tries++;
    const trouble = this.trouble.get(channel) ?? this.trouble.get('*');
    if (trouble !== undefined) throw trouble();
  }
}

function wordsOf(view: View): string {
  switch (view.view) {
    case 'card':
      return `card ${view.ticket} p${view.priority}`;
    case 'line':
      return `line ${plainInlines(view.head)}${view.body.length === 0 ? '' : `: ${plain(view.body)}`}`;
    case 'notice':
      return view.text.map((block) => (block.block === 'paragraph' ? plainInlines(block.inlines) : '')).join(' ');
    default:
      return view.view;
  }
}
