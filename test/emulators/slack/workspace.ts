import { Refusal } from './refusal.ts';
import type { Channel, Group, Happening, Message, Person, SlackFile } from './shapes.ts';

/** The app, and its bot user. */
export const bot = { user: 'U0DOCKET', id: 'B0DOCKET', app: 'A0DOCKET', name: 'docket' } as const;

/** Who and what there is in a Slack workspace. */
export class Workspace {
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly groups = new Map<string, Group>();
  readonly files = new Map<string, SlackFile>();
  readonly #listeners: ((happening: Happening) => void)[] = [];
  #last = 0;
  #ids = 0;

  /** @param now milliseconds */
  constructor(
    readonly team: string,
    readonly domain: string,
    readonly now: () => number,
  ) {}

  onHappening(listener: (happening: Happening) => void): void {
    this.#listeners.push(listener);
  }

  tell(happening: Happening): void {
    for (const listener of this.#listeners) listener(happening);
  }

  /** A moment that is later than all before it, as Slack names messages: `1700000000.000100`. */
  ts(): string {
    this.#last = Math.max(this.#last + 1, Math.floor(this.now() * 1_000));
    return `${Math.floor(this.#last / 1_000_000)}.${`${this.#last % 1_000_000}`.padStart(6, '0')}`;
  }

  /** An id that nothing else has: `F000000001`. */
  id(sign: string): string {
    this.#ids += 1;
    return `${sign}0${`${this.#ids}`.padStart(8, '0')}`;
  }

  /** @throws Refusal user_not_found */
  person(id: string): Person {
    const person = this.people.get(id);
    if (person === undefined) throw new Refusal('user_not_found');
    return person;
  }

  /** The direct conversation of somebody with the bot; it is made when it is first asked for. */
  direct(user: string): Channel {
    this.person(user);
    const id = `D${user.slice(1)}`;
    const there = this.channels.get(id);
    if (there !== undefined) return there;
    const members = new Set([user, bot.user]);
    const made: Channel = { id, name: user, kind: 'im', members, archived: false, messages: new Map() };
    this.channels.set(id, made);
    return made;
  }

  /**
   * A conversation as the bot may know of it.
   *
   * @throws Refusal channel_not_found where there is none, and where it is private without the bot in it
   */
  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (channel === undefined || (channel.kind !== 'public' && !channel.members.has(bot.user))) {
      throw new Refusal('channel_not_found');
    }
    return channel;
  }

  /**
   * A conversation that the bot is in.
   *
   * @throws Refusal channel_not_found, not_in_channel
   */
  joined(id: string): Channel {
    const channel = this.channel(id);
    if (!channel.members.has(bot.user)) throw new Refusal('not_in_channel');
    return channel;
  }

  /** @throws Refusal message_not_found */
  message(channel: Channel, ts: string): Message {
    const message = channel.messages.get(ts);
    if (message === undefined || message.subtype === 'tombstone') throw new Refusal('message_not_found');
    return message;
  }

  post(channel: Channel, message: Message): void {
    channel.messages.set(message.ts, message);
    for (const id of message.files) this.files.get(id)?.channels.add(channel.id);
    this.tell({ kind: 'posted', channel, message });
  }

  change(channel: Channel, message: Message): void {
    const before = this.message(channel, message.ts);
    channel.messages.set(message.ts, message);
    this.tell({ kind: 'changed', channel, message, before });
  }

  /** Takes a message away. Where a thread hangs on it, a stone marks its place. */
  delete(channel: Channel, message: Message, by: string): void {
    if (this.replies(channel, message.ts).length === 0) {
      channel.messages.delete(message.ts);
      this.tell({ kind: 'deleted', channel, message, by });
      return;
    }
    this.change(channel, {
      ...{ ts: message.ts, thread: message.thread, broadcast: message.broadcast },
      ...{ user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.' },
      ...{ blocks: [], attachments: [], files: [], edited: null, reactions: new Map(), metadata: null },
    });
  }

  /** What stands in a thread below its first message. */
  replies(channel: Channel, root: string): readonly Message[] {
    return [...channel.messages.values()].filter(({ thread }) => thread === root);
  }

  react(channel: Channel, message: Message, how: { user: string; name: string; added: boolean }): void {
    const { user, name, added } = how;
    const reactions = new Map(message.reactions);
    const others = (reactions.get(name) ?? []).filter((each) => each !== user);
    if (added) reactions.set(name, [...others, user]);
    else if (others.length > 0) reactions.set(name, others);
    else reactions.delete(name);
    const changed = { ...message, reactions };
    channel.messages.set(message.ts, changed);
    this.tell({ kind: 'reaction', channel, message: changed, ...how });
  }

  member(channel: Channel, user: string, joined: boolean): void {
    if (channel.members.has(user) === joined) return;
    if (joined) channel.members.add(user);
    else channel.members.delete(user);
    this.tell({ kind: 'member', channel, user, joined });
  }

  archive(channel: Channel, archived: boolean, user: string): void {
    channel.archived = archived;
    this.tell({ kind: 'archived', channel, user });
  }
}
