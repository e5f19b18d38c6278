import { GatewayDispatchEvents as Events } from 'discord.js';
import { z } from 'zod';
import { catchUp } from './catch-up.ts';
import { type Channel, channelShape, isThread } from './channels.ts';
import { type Discord, serves } from './discord.ts';
import { mirror } from './guilds.ts';
import type { Hear } from './hear.ts';
import { guildMember, roleShape, userShape } from './payloads.ts';
import { senderOf } from './people.ts';
import { platform } from './platform.ts';

const guildShape = z.object({
  id: z.string(),
  unavailable: z.boolean().default(false),
  joined_at: z.iso.datetime({ offset: true }).nullish(),
  channels: z.array(channelShape).default([]),
  threads: z.array(channelShape).default([]),
  roles: z.array(roleShape).default([]),
});

const roleEvent = z.object({ guild_id: z.string(), role: roleShape });
const memberEvent = guildMember.extend({ guild_id: z.string() });
const leaving = z.object({ guild_id: z.string(), user: userShape });
const threadList = z.object({ guild_id: z.string(), threads: z.array(channelShape) });

/** Hears of guilds beside talk: channels, threads, roles and members. */
export const hearGuild: Readonly<Record<string, Hear>> = {
  [Events.GuildCreate]: onGuild,
  [Events.GuildDelete]: async (discord, data) => {
    const { id, unavailable } = guildShape.parse(data);
    if (!unavailable) discord.guilds.delete(id);
  },
  [Events.ChannelCreate]: onChannel,
  [Events.ChannelUpdate]: onChannel,
  [Events.ThreadCreate]: onChannel,
  [Events.ThreadUpdate]: onChannel,
  [Events.ChannelDelete]: onChannelGone,
  [Events.ThreadDelete]: onChannelGone,
  [Events.ThreadListSync]: async (discord, data) => {
    const { guild_id, threads } = threadList.parse(data);
    for (const thread of threads) discord.channels.learn({ ...thread, guild_id });
  },
  [Events.GuildRoleCreate]: onRole,
  [Events.GuildRoleUpdate]: onRole,
  [Events.GuildMemberAdd]: onMember,
  [Events.GuildMemberUpdate]: onMember,
  [Events.GuildMemberRemove]: async (discord, data) => {
    const { guild_id, user } = leaving.parse(data);
    discord.people.left(user.id, guild_id);
    if (serves(discord, guild_id)) await discord.roles.told(guild_id, senderOf(user, null), { roles: [] });
  },
};

/** A guild is there: at the beginning of a session, after an outage, or because the bot was invited. */
async function onGuild(discord: Discord, data: unknown, missedSince: number | null): Promise<void> {
  const { id, joined_at, channels, threads, roles } = guildShape.parse(data);
  if (!serves(discord, id)) return;
  discord.guilds.add(id);
  for (const channel of [...channels, ...threads]) discord.channels.learn({ ...channel, guild_id: id });
  for (const role of roles) discord.roles.learn(role);
  const joined = joined_at ? Date.parse(joined_at) : 0;
  // What was said before the bot was there is not for it.
  const caughtUp = missedSince === null ? null : catchUp(discord, id, Math.max(missedSince, joined));
  mirror(discord, id);
  await Promise.all([caughtUp, reachable(discord, id, null)]);
}

async function onChannel(discord: Discord, data: unknown): Promise<void> {
  const channel = channelShape.parse(data);
  discord.channels.learn(channel);
  // Permissions may have been given, a thread may have been unlocked.
  if (channel.guild_id && serves(discord, channel.guild_id)) {
    await reachable(discord, channel.guild_id, mainChannel(channel));
  }
}

async function onChannelGone(discord: Discord, data: unknown): Promise<void> {
  discord.channels.forget(z.object({ id: z.string() }).parse(data).id);
}

async function onRole(discord: Discord, data: unknown): Promise<void> {
  const { guild_id, role } = roleEvent.parse(data);
  discord.roles.learn(role);
  if (serves(discord, guild_id)) await reachable(discord, guild_id, null);
}

async function onMember(discord: Discord, data: unknown): Promise<void> {
  const { guild_id, user, ...member } = memberEvent.parse(data);
  if (!serves(discord, guild_id)) return;
  if (user.id === discord.bot) return reachable(discord, guild_id, null);
  await discord.roles.told(guild_id, senderOf(user, member), member);
}

function mainChannel({ id, parent_id, type }: Channel): string {
  return isThread({ type }) && parent_id ? parent_id : id;
}

async function reachable({ door }: Discord, workspace: string, channel: string | null): Promise<void> {
  await door.reachable({ platform, workspace, channel });
}
