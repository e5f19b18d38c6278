import { PermissionFlagsBits, Routes } from 'discord.js';
import { z } from 'zod';
import type { Api } from './api.ts';
import { channelPermissions } from './app.ts';

const bits = z.string().transform(BigInt);
const overwrite = z.object({ id: z.string(), type: z.int(), allow: bits, deny: bits });
const rolesShape = z.array(z.object({ id: z.string(), permissions: bits }));
const memberShape = z.object({ user: z.object({ id: z.string() }), roles: z.array(z.string()) });
const channelShape = z.object({
  parent_id: z.string().nullish(),
  type: z.int(),
  permission_overwrites: z.array(overwrite).default([]),
});

/** A channel's overwrite of what a role (type 0) or a member (type 1) may. */
type Overwrite = z.infer<typeof overwrite>;

interface Standing {
  readonly guild: string;
  readonly user: string;
  readonly roles: readonly string[];
  /** What each role of the guild may. */
  readonly permissions: ReadonlyMap<string, bigint>;
  readonly overwrites: readonly Overwrite[];
}

/** What somebody may in a channel (docs.discord.com/developers/topics/permissions, "Permission Overwrites"). */
export function permissionsIn({ guild, user, roles, permissions, overwrites }: Standing): bigint {
  const base = [guild, ...roles].reduce((all, role) => all | (permissions.get(role) ?? 0n), 0n);
  if (base & PermissionFlagsBits.Administrator) return ~0n;
  const apply = (held: bigint, some: readonly Overwrite[]) => {
    const deny = some.reduce((all, each) => all | each.deny, 0n);
    const allow = some.reduce((all, each) => all | each.allow, 0n);
    return (held & ~deny) | allow;
  };
  const ofEveryone = overwrites.filter(({ id }) => id === guild);
  const ofRoles = overwrites.filter(({ id, type }) => type === 0 && id !== guild && roles.includes(id));
  const ofMember = overwrites.filter(({ id, type }) => type === 1 && id === user);
  return [ofEveryone, ofRoles, ofMember].reduce(apply, base);
}

/** Channel types whose permissions are those of their parent: threads. */
const threads: ReadonlySet<number> = new Set([10, 11, 12]);

/**
 * The permissions that Docket uses and lacks in a channel or a thread, as Discord's settings name them. Errors are the
 * library's own.
 */
export async function lacking(api: Api, guild: string, channel: string): Promise<readonly string[]> {
  const get = <Shape extends z.ZodType>(shape: Shape, route: `/${string}`) =>
    api.raw((rest) => rest.get(route)).then((answer) => shape.parse(answer));
  const found = await get(channelShape, Routes.channel(channel));
  if (threads.has(found.type) && found.parent_id) return lacking(api, guild, found.parent_id);
  const { id } = await get(z.object({ id: z.string() }), Routes.user());
  const [roles, member] = await Promise.all([
    get(rolesShape, Routes.guildRoles(guild)),
    get(memberShape, Routes.guildMember(guild, id)),
  ]);
  const held = permissionsIn({
    guild,
    user: id,
    roles: member.roles,
    permissions: new Map(roles.map((role) => [role.id, role.permissions])),
    overwrites: found.permission_overwrites,
  });
  return channelPermissions.filter(({ bit }) => (held & bit) === 0n).map(({ name }) => name);
}
