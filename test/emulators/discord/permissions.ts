import { PermissionFlagsBits } from 'discord.js';
import { refusals } from './refusal.ts';
import type { Channel, Guild, Overwrite } from './shapes.ts';
import type { World } from './world.ts';

export type Permission = keyof typeof PermissionFlagsBits;

const everything = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** The permissions by these names, as bits. */
export function bitsOf(names: readonly Permission[]): bigint {
  return names.reduce((all, name) => all | PermissionFlagsBits[name], 0n);
}

/** What somebody may do in a guild, wherever in it; nothing where they are not in it. */
export function guildPermissions(guild: Guild, user: string): bigint {
  const member = guild.members.get(user);
  if (member === undefined) return 0n;
  if (guild.owner === user) return everything;
  const roles = [guild.id, ...member.roles].flatMap((id) => guild.roles.get(id) ?? []);
  const bits = roles.reduce((all, { permissions }) => all | permissions, 0n);
  return bits & PermissionFlagsBits.Administrator ? everything : bits;
}

/**
 * What somebody may do in a channel (docs.discord.com/developers/topics/permissions, "Permission Overwrites"). A thread has
 * the permissions of its parent.
 */
export function channelPermissions(world: World, channel: Channel, user: string): bigint {
  if (channel.guild === null) return channel.members.has(user) ? directPermissions : 0n;
  const guild = world.guilds.get(channel.guild);
  if (guild === undefined) return 0n;
  const place = channel.thread === null ? channel : world.channels.get(channel.parent ?? '');
  if (place === undefined) return 0n;
  const base = guildPermissions(guild, user);
  if (base === 0n || base & PermissionFlagsBits.Administrator) return base;
  const roles = guild.members.get(user)?.roles ?? [];
  const found = (type: 0 | 1, ids: readonly string[]) =>
    place.overwrites.filter((each) => each.type === type && ids.includes(each.id));
  const bits = [found(0, [guild.id]), found(0, roles), found(1, [user])].reduce(overwritten, base);
  if (!(bits & PermissionFlagsBits.ViewChannel)) return 0n;
  const hidden = channel.type === 12 && !channel.members.has(user) && !(bits & PermissionFlagsBits.ManageThreads);
  return hidden ? 0n : bits;
}

const directPermissions = bitsOf([
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'AddReactions',
  'EmbedLinks',
  'AttachFiles',
  'UseExternalEmojis',
  'UseApplicationCommands',
]);

function overwritten(bits: bigint, overwrites: readonly Overwrite[]): bigint {
  const deny = overwrites.reduce((all, each) => all | each.deny, 0n);
  const allow = overwrites.reduce((all, each) => all | each.allow, 0n);
  return (bits & ~deny) | allow;
}

export function may(world: World, channel: Channel, user: string, ...needed: Permission[]): boolean {
  const bits = bitsOf(needed);
  return (channelPermissions(world, channel, user) & bits) === bits;
}

/** @throws Refusal 50001 where the channel cannot be seen, 50013 where anything else is missing */
export function demand(world: World, channel: Channel, user: string, ...needed: Permission[]): void {
  if (!may(world, channel, user, 'ViewChannel')) throw refusals.missingAccess();
  if (!may(world, channel, user, ...needed)) throw refusals.missingPermissions();
}

/** What it takes to write there. */
export function sendingIn(channel: Channel): Permission {
  return channel.thread === null ? 'SendMessages' : 'SendMessagesInThreads';
}

/** @throws Refusal 50013 */
export function demandInGuild(guild: Guild, user: string, ...needed: Permission[]): void {
  const bits = bitsOf(needed);
  if ((guildPermissions(guild, user) & bits) !== bits) throw refusals.missingPermissions();
}
