import type { Core } from './core.ts';
import { type GuildOptions, invite } from './options.ts';
import { bitsOf, type Permission } from './permissions.ts';
import type { Channel, Guild, Member, Overwrite } from './shapes.ts';
import { blankChannel } from './world.ts';

type Bits = Pick<Overwrite, 'allow' | 'deny'>;

/** Whoever runs the servers that the bot was invited to: what they change there, the bot is told of. */
export class Administrator {
  constructor(private readonly core: Core) {}

  /** The bot is invited to a guild, with what its role allows. */
  invite(guild: string, permissions?: GuildOptions['botPermissions']): void {
    const { world } = this.core;
    invite(world, this.#guild(guild), permissions);
    world.tell({ kind: 'guild', how: 'create', guild: this.#guild(guild) });
  }

  /** Somebody is thrown out of a guild; the bot, unless it is said otherwise. */
  kick(guild: string, user: string = this.core.world.app): void {
    this.core.world.leave(this.#guild(guild), user);
  }

  /** Somebody joins a guild. */
  join(guild: string, user: string, roles: readonly string[] = []): void {
    const { world } = this.core;
    world.member(this.#guild(guild), { user, nick: null, roles, joined: new Date(world.now()).toISOString() });
  }

  /** Somebody has these roles from now on. */
  setRoles(guild: string, user: string, roles: readonly string[]): void {
    this.core.world.member(this.#guild(guild), { ...this.#member(guild, user), roles });
  }

  setNick(guild: string, user: string, nick: string | null): void {
    this.core.world.member(this.#guild(guild), { ...this.#member(guild, user), nick });
  }

  /** A role is made, or is called so from now on. */
  setRole(guild: string, id: string, name: string, permissions: readonly Permission[] = []): void {
    const place = this.#guild(guild);
    const before = place.roles.get(id) ?? { mentionable: false, managed: false, position: place.roles.size };
    this.core.world.role(place, { ...before, id, name, permissions: bitsOf(permissions) });
  }

  deleteRole(guild: string, id: string): void {
    this.core.world.deleteRole(this.#guild(guild), id);
  }

  /** The bot, or somebody else, is not allowed this in a channel. */
  deny(channel: string, permissions: readonly Permission[], user: string = this.core.world.app): void {
    const bits = bitsOf(permissions);
    this.#overwrite(channel, user, ({ allow, deny }) => ({ allow: allow & ~bits, deny: deny | bits }));
  }

  /** The bot, or somebody else, is allowed this in a channel. */
  allow(channel: string, permissions: readonly Permission[], user: string = this.core.world.app): void {
    const bits = bitsOf(permissions);
    this.#overwrite(channel, user, ({ allow, deny }) => ({ allow: allow | bits, deny: deny & ~bits }));
  }

  /** A thread goes to sleep, is locked, or both. */
  setThread(thread: string, how: { readonly archived?: boolean; readonly locked?: boolean }): void {
    const { world } = this.core;
    const channel = world.channel(thread);
    if (channel.thread === null) throw new Error(`${thread} is no thread`);
    world.alter({ ...channel, thread: { ...channel.thread, ...how, archivedAt: world.moment() } });
  }

  createChannel(guild: string, id: string, name: string): Channel {
    return this.core.world.open(blankChannel(id, 0, { guild, name }));
  }

  renameChannel(id: string, name: string): void {
    this.core.world.alter({ ...this.core.world.channel(id), name });
  }

  deleteChannel(id: string): void {
    this.core.world.close(this.core.world.channel(id));
  }

  deleteMessage(channel: string, id: string): void {
    const { world } = this.core;
    world.delete(world.message(world.channel(channel), id));
  }

  /** Messages are swept away together. */
  purge(channel: string, ids: readonly string[]): void {
    const { world } = this.core;
    const place = world.channel(channel);
    world.deleteAll(
      place,
      ids.map((id) => world.message(place, id)),
    );
  }

  /** Somebody lets the bot write to them directly, or does so no more. */
  setDirectClosed(user: string, dmsClosed: boolean): void {
    const { world } = this.core;
    world.users.set(user, { ...world.user(user), dmsClosed });
  }

  #overwrite(channel: string, id: string, change: (bits: Bits) => Bits): void {
    const { world } = this.core;
    const place = world.channel(channel);
    const bits = change(place.overwrites.find((each) => each.id === id) ?? { allow: 0n, deny: 0n });
    const others = place.overwrites.filter((each) => each.id !== id);
    // A role is known by where it stands.
    const type = world.guildOf(place)?.roles.has(id) ? 0 : 1;
    world.alter({ ...place, overwrites: [...others, { id, type, allow: bits.allow, deny: bits.deny }] });
  }

  #guild(id: string): Guild {
    const guild = this.core.world.guilds.get(id);
    if (guild === undefined) throw new Error(`there is no guild ${id}`);
    return guild;
  }

  #member(guild: string, user: string): Member {
    const member = this.#guild(guild).members.get(user);
    if (member === undefined) throw new Error(`${user} is not in ${guild}`);
    return member;
  }
}
