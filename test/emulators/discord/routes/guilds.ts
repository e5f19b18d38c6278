import { demandInGuild } from '../permissions.ts';
import { fault, invalidForm, refusals } from '../refusal.ts';
import type { Ask } from '../request.ts';
import type { Routes } from '../route.ts';
import { type Guild, type Member, recordOf, textOf, textsOf } from '../shapes.ts';
import { byAge } from '../snowflakes.ts';
import { fullMemberJson, guildJson, roleJson } from '../wire.ts';

export const guildRoutes: Routes = {
  'GET /guilds/{guild_id}': (ask) => {
    const guild = memberGuild(ask);
    const counts = ask.query.get('with_counts') === 'true' ? { approximate_member_count: guild.members.size } : {};
    return { ...guildJson(ask.core.world, guild), ...counts };
  },

  'GET /guilds/{guild_id}/roles': (ask) => [...memberGuild(ask).roles.values()].map(roleJson),

  'GET /guilds/{guild_id}/roles/{role_id}': (ask) => {
    const role = memberGuild(ask).roles.get(ask.path['role_id'] ?? '');
    if (role === undefined) throw refusals.unknownRole();
    return roleJson(role);
  },

  'GET /guilds/{guild_id}/members/{user_id}': (ask) => {
    const guild = memberGuild(ask);
    return fullMemberJson(ask.core.world, memberOf(guild, ask.path['user_id'] ?? ''));
  },

  'GET /guilds/{guild_id}/members': (ask) => {
    const { core, query } = ask;
    const guild = memberGuild(ask);
    // "This endpoint is restricted according to whether the GUILD_MEMBERS Privileged Intent is enabled."
    if (!core.privileged.has('GuildMembers')) throw refusals.missingAccess();
    const limit = limitOf(query, 1);
    const after = query.get('after') ?? '0';
    const all = [...guild.members.values()].sort((a, b) => byAge(a.user, b.user));
    const found = all.filter(({ user }) => byAge(user, after) > 0).slice(0, limit);
    return found.map((each) => fullMemberJson(core.world, each));
  },

  'GET /guilds/{guild_id}/members/search': (ask) => {
    const { core, query } = ask;
    const start = (query.get('query') ?? '').toLowerCase();
    const found = [...memberGuild(ask).members.values()].filter(({ user, nick }) => {
      const { username, globalName } = core.world.user(user);
      return [username, globalName, nick].some((name) => name?.toLowerCase().startsWith(start));
    });
    return found.slice(0, limitOf(query, 1)).map((each) => fullMemberJson(core.world, each));
  },

  'PATCH /guilds/{guild_id}/members/@me': (ask) => {
    const { world } = ask.core;
    const guild = memberGuild(ask);
    const changed = { ...memberOf(guild, world.app), nick: textOf(recordOf(ask.body)['nick']) || null };
    world.member(guild, changed);
    return fullMemberJson(world, changed);
  },

  'PATCH /guilds/{guild_id}/members/{user_id}': (ask) => {
    const { world } = ask.core;
    const guild = memberGuild(ask);
    const member = memberOf(guild, ask.path['user_id'] ?? '');
    const { nick, roles } = recordOf(ask.body);
    if (nick !== undefined) demandInGuild(guild, world.app, 'ManageNicknames');
    if (roles !== undefined) demandInGuild(guild, world.app, 'ManageRoles');
    const changed = {
      ...member,
      ...(nick === undefined ? {} : { nick: textOf(nick) || null }),
      ...(roles === undefined ? {} : { roles: textsOf(roles) }),
    };
    world.member(guild, changed);
    return fullMemberJson(world, changed);
  },

  'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}': (ask) => wears(ask, true),
  'DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}': (ask) => wears(ask, false),
};

/**
 * The guild of a request, which the bot is in.
 *
 * @throws Refusal 10004, 50001
 */
export function memberGuild({ core, path }: Ask): Guild {
  const guild = core.world.guilds.get(path['guild_id'] ?? '');
  if (guild === undefined) throw refusals.unknownGuild();
  if (!guild.members.has(core.world.app)) throw refusals.missingAccess();
  return guild;
}

function memberOf(guild: Guild, user: string): Member {
  const member = guild.members.get(user);
  if (member === undefined) throw refusals.unknownMember();
  return member;
}

function wears(ask: Ask, worn: boolean): null {
  const { world } = ask.core;
  const guild = memberGuild(ask);
  const role = ask.path['role_id'] ?? '';
  if (!guild.roles.has(role)) throw refusals.unknownRole();
  demandInGuild(guild, world.app, 'ManageRoles');
  const member = memberOf(guild, ask.path['user_id'] ?? '');
  const others = member.roles.filter((each) => each !== role);
  world.member(guild, { ...member, roles: worn ? [...others, role] : others });
  return null;
}

function limitOf(query: URLSearchParams, unsaid: number): number {
  const limit = Number(query.get('limit') ?? unsaid);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw invalidForm([fault(['limit'], 'NUMBER_TYPE_MAX', 'int value should be between 1 and 1000.')]);
}
