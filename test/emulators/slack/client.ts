import { Arguments } from './arguments.ts';
import type { Core } from './core.ts';
import type { Delivery, Envelope, Outcome } from './deliveries.ts';
import { emojiName } from './emoji.ts';
import type { Events } from './events.ts';
import {
  commandPayload,
  globalShortcutPayload,
  messageShortcutPayload,
  type Pressable,
  pressPayload,
  viewPayload,
} from './interactions.ts';
import { mimetypeOf } from './methods/files.ts';
import { afterSubmission, clientErrors, filled } from './modal.ts';
import { answerAt } from './responding.ts';
import { Screen } from './screen.ts';
import { type Channel, type Json, type Message, textOf, type View } from './shapes.ts';
import { readCommand, readTyped } from './typed.ts';
import { fileJson } from './wire.ts';

export interface Saying {
  readonly thread?: string;
  /** Show what is said in a thread in the channel, too. */
  readonly broadcast?: boolean;
  readonly files?: readonly { readonly name: string; readonly content: string | Uint8Array }[];
  /** A message that they share. */
  readonly shares?: Message;
}

/** Characters of a message that Slack's client sends. */
const longestMessage = 40_000;

/** Slack's client does not send what was typed. */
export class TooLong extends Error {}

/** Somebody at their Slack: what they do there, and what they see. Acts resolve when the app was told of them. */
export class Client {
  readonly screen: Screen;
  /** What Slack's client has said to them went wrong, oldest first. */
  readonly failures: string[] = [];
  #last: readonly Delivery[] = [];

  constructor(
    private readonly core: Core,
    private readonly events: Events,
    readonly user: string,
  ) {
    this.screen = new Screen(user);
    core.workspace.onHappening((happening) => this.screen.hear(happening));
  }

  /** Says something in a conversation (its id; `direct` for that with the bot), as they type it. */
  async say(
    where: string,
    typed: string,
    { thread, broadcast = false, files = [], shares }: Saying = {},
  ): Promise<Message> {
    const { workspace } = this.core;
    const channel = this.channel(where);
    const root = thread === undefined ? null : (workspace.message(channel, thread).thread ?? thread);
    if (typed.length > longestMessage) {
      throw new TooLong(`Your message is too long: ${typed.length} characters, ${longestMessage} at most.`);
    }
    const ids = files.map(({ name, content }) => this.#file(name, content));
    const shown = root !== null && broadcast;
    const message: Message = {
      ...{ ts: workspace.ts(), user: this.user, ...readTyped(typed, workspace), files: ids },
      attachments: shares === undefined ? [] : [this.#shared(shares)],
      subtype: ids.length > 0 ? 'file_share' : shown ? 'thread_broadcast' : null,
      ...{ thread: root, broadcast: shown, edited: null, reactions: new Map(), metadata: null },
    };
    await this.#act(() => {
      workspace.post(channel, message);
      this.events.links(channel, message);
    });
    return message;
  }

  /** Types a message and does not send it. Gives what tells what is unfurled below it by now, as they alone see it. */
  async compose(where: string, typed: string): Promise<() => readonly Json[]> {
    const channel = this.channel(where);
    let id = '';
    await this.#act(() => {
      id = this.events.composed(channel, this.user, readTyped(typed, this.core.workspace).text);
    });
    return () => this.core.composed.get(id) ?? [];
  }

  /** What is attached to a message that shares another one. */
  #shared({ ts, user, text, blocks, files }: Message): Json {
    const { workspace, baseUrl } = this.core;
    const shown = files
      .flatMap((id) => workspace.files.get(id) ?? [])
      .map((file) => fileJson(workspace, file, baseUrl()));
    return {
      ...{ is_msg_unfurl: true, is_share: true, ts, text, fallback: text, author_id: user, mrkdwn_in: ['text'] },
      from_url: `https://${workspace.domain}.slack.com/archives/C0/p${ts.replace('.', '')}`,
      ...(blocks.length === 0 ? {} : { message_blocks: [{ ts, message: { blocks } }] }),
      ...(shown.length === 0 ? {} : { files: shown }),
    };
  }

  async edit(where: string, ts: string, typed: string): Promise<void> {
    const { workspace } = this.core;
    const channel = this.channel(where);
    const message = this.#own(channel, ts);
    const edited = { user: this.user, ts: workspace.ts() };
    await this.#act(() => workspace.change(channel, { ...message, ...readTyped(typed, workspace), edited }));
  }

  async delete(where: string, ts: string): Promise<void> {
    const channel = this.channel(where);
    const message = this.#own(channel, ts);
    await this.#act(() => this.core.workspace.delete(channel, message, this.user));
  }

  /** @param emoji its sign, or its name */
  async react(where: string, ts: string, emoji: string, added = true): Promise<void> {
    const channel = this.channel(where);
    const name = emojiName(emoji);
    if (name === null) throw new Error(`Slack has no emoji ${emoji}`);
    const message = this.core.workspace.message(channel, ts);
    if (message.reactions.get(name)?.includes(this.user) === added) return;
    await this.#act(() => this.core.workspace.react(channel, message, { user: this.user, name, added }));
  }

  /** Types a slash command: `/ticket` and what follows. */
  async slash(where: string, command: string, typed: string): Promise<void> {
    const channel = this.channel(where);
    const text = readCommand(typed, this.core.workspace);
    const payload = commandPayload(this.core, this.user, channel, command, text);
    const outcome = await this.#interact({ type: 'slash_commands', payload });
    if (!outcome.acked) this.failures.push(`${command} failed with the error “operation_timeout”`);
    else if (outcome.response['text'] !== undefined || outcome.response['blocks'] !== undefined) {
      const url = { channel: channel.id, user: this.user, message: null, thread: null };
      answerAt(this.core, url, new Arguments(outcome.response));
    }
  }

  async messageShortcut(where: string, ts: string, callback: string): Promise<void> {
    const payload = messageShortcutPayload(this.core, this.user, this.channel(where), ts, callback);
    this.#fails(await this.#interact({ type: 'interactive', payload }));
  }

  async globalShortcut(callback: string): Promise<void> {
    const payload = globalShortcutPayload(this.core, this.user, callback);
    this.#fails(await this.#interact({ type: 'interactive', payload }));
  }

  /** Presses a button, or chooses an option of a menu, by what is written on it. */
  async press(on: Pressable, label: string): Promise<void> {
    const payload = pressPayload(this.core, this.user, on, label);
    this.#fails(await this.#interact({ type: 'interactive', payload }));
  }

  /** Writes answers into a modal, by the labels of its inputs, and sends it. */
  async submit(view: View, answers: Readonly<Record<string, string>>): Promise<void> {
    const open = this.core.views.find(view.id);
    const values = filled(open, answers);
    const errors = clientErrors(open, values);
    const ready = this.core.views.fill(open, values, errors);
    if (Object.keys(errors).length > 0) return;
    const payload = viewPayload(this.core, ready, 'view_submission');
    const outcome = await this.#interact({ type: 'interactive', payload });
    const failure = afterSubmission(this.core, ready, outcome);
    if (failure !== null) this.failures.push(failure);
  }

  /** Closes a modal without sending it. */
  async close(view: View): Promise<void> {
    const open = this.core.views.find(view.id);
    this.core.views.close(open);
    if (open.content['notify_on_close'] !== true) return;
    await this.#interact({ type: 'interactive', payload: viewPayload(this.core, open, 'view_closed') });
  }

  async openHome(tab: 'home' | 'messages' = 'home'): Promise<void> {
    await this.#act(() => this.events.homeOpened(this.user, tab));
  }

  /** The app is told once more of what they did last. */
  async redeliver(): Promise<void> {
    for (const delivery of this.#last) await this.core.deliveries.again(delivery);
  }

  /** The modals that they have open, the one in sight last. */
  get views(): readonly View[] {
    return this.core.views.stack(this.user);
  }

  get home(): View | null {
    return this.core.views.home(this.user);
  }

  /** What stands in a conversation, threads left out, oldest first. */
  history(where: string): readonly Message[] {
    const all = [...this.channel(where).messages.values()];
    return all.filter(({ thread, broadcast }) => thread === null || broadcast);
  }

  /** What stands in a thread below its first message, oldest first. */
  replies(where: string, root: string): readonly Message[] {
    return this.core.workspace.replies(this.channel(where), root);
  }

  /** A conversation that they are in. */
  channel(where: string): Channel {
    const { workspace } = this.core;
    const channel = where === 'direct' ? workspace.direct(this.user) : workspace.channels.get(where);
    if (!channel?.members.has(this.user)) throw new Error(`${this.user} is not in ${where}`);
    return channel;
  }

  /** The bytes of a file, as they see them. */
  file(id: string): Buffer {
    const file = this.core.workspace.files.get(id);
    if (file === undefined) throw new Error(`there is no file ${id}`);
    return file.content;
  }

  #file(name: string, content: string | Uint8Array): string {
    const id = this.core.workspace.id('F');
    const bytes = Buffer.from(content);
    const file = { id, name, title: name, mimetype: mimetypeOf(name), user: this.user, content: bytes };
    this.core.workspace.files.set(id, { ...file, complete: true, channels: new Set() });
    return id;
  }

  #own(channel: Channel, ts: string): Message {
    const message = this.core.workspace.message(channel, ts);
    if (message.user !== this.user) throw new Error(`${ts} is not a message of ${this.user}`);
    return message;
  }

  async #act(act: () => void): Promise<void> {
    const before = this.core.deliveries.all.length;
    const sent = this.events.during(act);
    this.#last = this.core.deliveries.all.slice(before);
    await sent;
  }

  async #interact(envelope: Envelope): Promise<Outcome> {
    const sent = this.core.deliveries.send(envelope);
    this.#last = this.core.deliveries.all.slice(-1);
    return sent;
  }

  #fails(outcome: Outcome): void {
    if (!outcome.acked) this.failures.push(`This app didn’t respond in time (${textOf(outcome.reason)}).`);
  }
}
