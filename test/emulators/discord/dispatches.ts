import { GatewayIntentBits } from 'discord.js';
import type { Core } from './core.ts';
import { may } from './permissions.ts';
import type { Channel, Guild, Happening, Json, Message } from './shapes.ts';
import {
  channelJson,
  emojiJson,
  fullMemberJson,
  memberJson,
  messageEvent,
  roleJson,
  threadMemberJson,
  userJson,
  wholeGuildJson,
} from './wire.ts';

/** An event of the gateway. */
export interface Dispatch {
  readonly type: string;
  readonly data: Json;
  /** The intent that asks for it; 0 where it comes to every session. */
  readonly intent: number;
}

const { Guilds, GuildMembers, GuildMessages, GuildMessageReactions, DirectMessages, DirectMessageReactions } =
  GatewayIntentBits;

/** What the application is told of something that happened; nothing where it happened out of the bot's sight. */
export function dispatchesOf(core: Core, happening: Happening): readonly Dispatch[] {
  switch (happening.kind) {
    case 'message':
      return told(core, happening.message, happening.how);
    case 'bulk':
      return sees(core, happening.channel) ? [bulk(happening.channel, happening.messages)] : [];
    case 'reaction':
      return reacted(core, happening);
    case 'channel':
      return channelEvents(core, happening);
    case 'joined thread':
      return joinedThread(core, happening);
    case 'member':
      return [memberEvent(core, happening)];
    case 'role': {
      const { how, guild, role } = happening;
      const data = how === 'delete' ? { role_id: role.id } : { role: roleJson(role) };
      return [{ type: `GUILD_ROLE_${how.toUpperCase()}`, data: { guild_id: guild.id, ...data }, intent: Guilds }];
    }
    case 'guild':
      return [guildEvent(core, happening.guild, happening.how)];
    case 'modal':
    case 'choices':
    case 'failure':
      return [];
  }
}

function sees(core: Core, channel: Channel): boolean {
  return may(core.world, channel, core.world.app, 'ViewChannel');
}

function told(core: Core, message: Message, how: 'create' | 'update' | 'delete'): readonly Dispatch[] {
  const { world } = core;
  const channel = world.channels.get(message.channel);
  // What only one person sees, the application is not told of.
  if (channel === undefined || message.onlyFor !== null || !sees(core, channel)) return [];
  const intent = channel.guild === null ? DirectMessages : GuildMessages;
  const type = `MESSAGE_${how.toUpperCase()}`;
  if (how !== 'delete') return [{ type, data: messageEvent(core, message), intent }];
  return [{ type, data: { id: message.id, channel_id: channel.id, ...guildOf(channel) }, intent }];
}

function bulk(channel: Channel, messages: readonly Message[]): Dispatch {
  const data = { ids: messages.map(({ id }) => id), channel_id: channel.id, ...guildOf(channel) };
  return { type: 'MESSAGE_DELETE_BULK', data, intent: GuildMessages };
}

function reacted(core: Core, { how, message, user, emoji }: Happening & { kind: 'reaction' }): readonly Dispatch[] {
  const { world } = core;
  const channel = world.channels.get(message.channel);
  if (channel === undefined || message.onlyFor !== null || !sees(core, channel)) return [];
  const member = world.guildOf(channel)?.members.get(user);
  const data = {
    ...{
      user_id: user,
      channel_id: channel.id,
      message_id: message.id,
      emoji: emojiJson(emoji),
      burst: false,
      type: 0,
    },
    ...guildOf(channel),
    ...(how === 'add' ? { message_author_id: message.author } : {}),
    ...(how === 'add' && member !== undefined ? { member: fullMemberJson(world, member) } : {}),
  };
  const intent = channel.guild === null ? DirectMessageReactions : GuildMessageReactions;
  return [{ type: `MESSAGE_REACTION_${how.toUpperCase()}`, data, intent }];
}

/** A bot is told of all channels of its guilds, and of the threads of those that it sees. */
function channelEvents(core: Core, happening: Happening & { kind: 'channel' }): readonly Dispatch[] {
  const { world } = core;
  const { how, channel, before } = happening;
  if (channel.thread !== null) return how === 'delete' || sees(core, channel) ? [threadEvent(core, happening)] : [];
  const event = { type: `CHANNEL_${how.toUpperCase()}`, data: channelJson(world, channel), intent: Guilds };
  const gained = how === 'update' && before !== null && !sees(core, before) && sees(core, channel);
  if (!gained) return [event];
  const threads = world.threads(channel.id).filter(({ thread }) => thread?.archived === false);
  const data = {
    ...{ guild_id: channel.guild, channel_ids: [channel.id], threads: threads.map((each) => channelJson(world, each)) },
    members: threads
      .filter(({ members }) => members.has(world.app))
      .map(({ id }) => threadMemberJson(id, world.app, world)),
  };
  return [event, { type: 'THREAD_LIST_SYNC', data, intent: Guilds }];
}

function threadEvent({ world }: Core, { how, channel }: Happening & { kind: 'channel' }): Dispatch {
  const { id, guild, parent, type } = channel;
  const data =
    how === 'delete'
      ? { id, guild_id: guild, parent_id: parent, type }
      : { ...channelJson(world, channel), ...(how === 'create' ? { newly_created: true } : {}) };
  return { type: `THREAD_${how.toUpperCase()}`, data, intent: Guilds };
}

function joinedThread(
  core: Core,
  { channel, user, joined }: Happening & { kind: 'joined thread' },
): readonly Dispatch[] {
  const { world } = core;
  const change = joined
    ? { added_members: [threadMemberJson(channel.id, user, world)] }
    : { removed_member_ids: [user] };
  const data = { id: channel.id, guild_id: channel.guild, member_count: channel.members.size, ...change };
  // Others' coming and going only with the intent for members.
  const intent = user === world.app ? Guilds : GuildMembers;
  return sees(core, channel) || !joined ? [{ type: 'THREAD_MEMBERS_UPDATE', data, intent }] : [];
}

function memberEvent({ world }: Core, { how, guild, member }: Happening & { kind: 'member' }): Dispatch {
  const user = userJson(world.user(member.user));
  const data = { guild_id: guild.id, user, ...(how === 'remove' ? {} : memberJson(member)) };
  // The bot is told of its own place in any case.
  return { type: `GUILD_MEMBER_${how.toUpperCase()}`, data, intent: member.user === world.app ? 0 : GuildMembers };
}

function guildEvent({ world }: Core, guild: Guild, how: 'create' | 'update' | 'delete'): Dispatch {
  const data = how === 'delete' ? { id: guild.id } : wholeGuildJson(world, guild);
  return { type: `GUILD_${how.toUpperCase()}`, data, intent: Guilds };
}

function guildOf({ guild }: Channel): Json {
  return guild === null ? {} : { guild_id: guild };
}
