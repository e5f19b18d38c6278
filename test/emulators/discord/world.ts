import { ChannelType } from 'discord.js';
import { refusals } from './refusal.ts';
import type { Channel, Guild, Happening, Member, Message, Role, User } from './shapes.ts';
import { byAge, Snowflakes } from './snowflakes.ts';

/** Who and what there is in Discord, as far as one application meets it. */
export class World {
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message>();
  readonly ids: Snowflakes;
  readonly #listeners: ((happening: Happening) => void)[] = [];

  /**
   * @param app the application's id, which its bot has too
   * @param now milliseconds
   */
  constructor(
    readonly app: string,
    readonly now: () => number,
  ) {
    this.ids = new Snowflakes(now);
  }

  onHappening(listener: (happening: Happening) => void): void {
    this.#listeners.push(listener);
  }

  tell(happening: Happening): void {
    for (const listener of this.#listeners) listener(happening);
  }

  /** ISO 8601, as Discord writes it. */
  moment(): string {
    return new Date(this.now()).toISOString().replace('Z', '000+00:00');
  }

  /** @throws Refusal 10013 */
  user(id: string): User {
    const user = this.users.get(id);
    if (user === undefined) throw refusals.unknownUser();
    return user;
  }

  /** @throws Refusal 10003 */
  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (channel === undefined) throw refusals.unknownChannel();
    return channel;
  }

  /** @throws Refusal 10008 where it is not there, or in another channel */
  message(channel: Channel, id: string): Message {
    const message = this.messages.get(id);
    if (message === undefined || message.channel !== channel.id || message.onlyFor !== null) {
      throw refusals.unknownMessage();
    }
    return message;
  }

  /** What stands in a channel, oldest first; what only one person sees left out. */
  history(channel: string): readonly Message[] {
    const all = [...this.messages.values()].filter(
      (message) => message.channel === channel && message.onlyFor === null,
    );
    return all.sort((a, b) => byAge(a.id, b.id));
  }

  /** The guild that a channel is in; null in a direct conversation. */
  guildOf({ guild }: Pick<Channel, 'guild'>): Guild | null {
    return guild === null ? null : (this.guilds.get(guild) ?? null);
  }

  /** The threads below a channel, oldest first. */
  threads(parent: string): readonly Channel[] {
    return [...this.channels.values()].filter((each) => each.thread !== null && each.parent === parent);
  }

  /** The direct conversation of somebody with the bot; it is made when it is first asked for. */
  direct(user: string): Channel {
    this.user(user);
    const there = [...this.channels.values()].find(({ type, members }) => type === ChannelType.DM && members.has(user));
    if (there !== undefined) return there;
    const made = blankChannel(this.ids.next(), ChannelType.DM, { members: new Set([user, this.app]) });
    this.channels.set(made.id, made);
    return made;
  }

  post(message: Message): void {
    this.messages.set(message.id, message);
    this.tell({ kind: 'message', how: 'create', message });
  }

  change(message: Message): void {
    this.messages.set(message.id, message);
    this.tell({ kind: 'message', how: 'update', message });
  }

  delete(message: Message): void {
    this.messages.delete(message.id);
    this.tell({ kind: 'message', how: 'delete', message });
  }

  deleteAll(channel: Channel, messages: readonly Message[]): void {
    for (const { id } of messages) this.messages.delete(id);
    this.tell({ kind: 'bulk', channel, messages });
  }

  react(message: Message, user: string, emoji: string, added: boolean): void {
    const others = (message.reactions.get(emoji) ?? []).filter((each) => each !== user);
    if ((message.reactions.get(emoji)?.includes(user) ?? false) === added) return;
    const reactions = new Map(message.reactions);
    if (added) reactions.set(emoji, [...others, user]);
    else if (others.length > 0) reactions.set(emoji, others);
    else reactions.delete(emoji);
    const changed = { ...message, reactions };
    this.messages.set(message.id, changed);
    this.tell({ kind: 'reaction', how: added ? 'add' : 'remove', message: changed, user, emoji });
  }

  open(channel: Channel): Channel {
    this.channels.set(channel.id, channel);
    this.tell({ kind: 'channel', how: 'create', channel, before: null });
    return channel;
  }

  alter(channel: Channel): Channel {
    const before = this.channel(channel.id);
    this.channels.set(channel.id, channel);
    this.tell({ kind: 'channel', how: 'update', channel, before });
    return channel;
  }

  /** Closes a channel, with its threads and all that stands in it. */
  close(channel: Channel): void {
    for (const thread of this.threads(channel.id)) this.close(thread);
    this.channels.delete(channel.id);
    for (const { id } of this.history(channel.id)) this.messages.delete(id);
    this.tell({ kind: 'channel', how: 'delete', channel, before: channel });
  }

  joinThread(channel: Channel, user: string, joined: boolean): Channel {
    if (channel.members.has(user) === joined) return channel;
    const others = [...channel.members].filter((each) => each !== user);
    const changed = { ...channel, members: new Set(joined ? [...others, user] : others) };
    this.channels.set(channel.id, changed);
    this.tell({ kind: 'joined thread', channel: changed, user, joined });
    return changed;
  }

  member(guild: Guild, member: Member): void {
    const how = guild.members.has(member.user) ? 'update' : 'add';
    guild.members.set(member.user, member);
    this.tell({ kind: 'member', how, guild, member });
  }

  leave(guild: Guild, user: string): void {
    const member = guild.members.get(user);
    if (member === undefined) return;
    guild.members.delete(user);
    if (user === this.app) this.tell({ kind: 'guild', how: 'delete', guild });
    else this.tell({ kind: 'member', how: 'remove', guild, member });
  }

  role(guild: Guild, role: Role): void {
    const how = guild.roles.has(role.id) ? 'update' : 'create';
    guild.roles.set(role.id, role);
    this.tell({ kind: 'role', how, guild, role });
  }

  deleteRole(guild: Guild, id: string): void {
    const role = guild.roles.get(id);
    if (role === undefined) return;
    guild.roles.delete(id);
    this.tell({ kind: 'role', how: 'delete', guild, role });
  }
}

/** A channel with nothing set but what is named. */
export function blankChannel(id: string, type: ChannelType, set: Partial<Channel> = {}): Channel {
  return {
    ...{ id, type, guild: null, name: '', topic: null, parent: null, position: 0, overwrites: [], owner: null },
    ...{ members: new Set<string>(), tags: [], thread: null, more: {} },
    ...set,
  };
}

/** A message that says nothing, but what is named. */
export function blankMessage(id: string, channel: string, author: string, set: Partial<Message> = {}): Message {
  return {
    ...{ id, channel, author, type: 0, content: '', embeds: [], components: [], attachments: [], flags: 0 },
    ...{ replyTo: null, mentions: { users: [], roles: [], everyone: false }, pings: [], edited: null, pinned: false },
    ...{ reactions: new Map(), nonce: null, interaction: null, onlyFor: null },
    ...set,
  };
}
