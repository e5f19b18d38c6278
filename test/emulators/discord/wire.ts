import { type Core, readsContent } from './core.ts';
import { channelPermissions, guildPermissions } from './permissions.ts';
import type { Channel, Guild, Json, Member, Message, Role, User } from './shapes.ts';
import { momentOf } from './snowflakes.ts';
import type { World } from './world.ts';

/** Things as Discord writes them on the wire. */

export function userJson({ id, username, globalName, bot }: User): Json {
  return { id, username, global_name: globalName, discriminator: '0', avatar: null, bot, public_flags: 0 };
}

export function roleJson({ id, name, position, permissions, mentionable, managed }: Role): Json {
  const plain = { color: 0, colors: { primary_color: 0, secondary_color: null, tertiary_color: null }, hoist: false };
  return { ...{ id, name, position, permissions: `${permissions}`, mentionable, managed }, ...plain, flags: 0 };
}

/** A member, without the user. */
export function memberJson({ nick, roles, joined }: Member): Json {
  return {
    ...{ nick, roles, joined_at: joined, avatar: null, banner: null, deaf: false, mute: false, flags: 0 },
    ...{ pending: false, premium_since: null, communication_disabled_until: null },
  };
}

export function fullMemberJson(world: World, member: Member): Json {
  return { ...memberJson(member), user: userJson(world.user(member.user)) };
}

export function channelJson(world: World, channel: Channel): Json {
  const { id, type, guild, name, topic, parent, position, overwrites, tags, more } = channel;
  const last = world.history(id).at(-1)?.id ?? null;
  if (guild === null) {
    const recipients = [...channel.members].filter((each) => each !== world.app);
    const users = recipients.map((each) => userJson(world.user(each)));
    return { id, type, last_message_id: last, flags: 0, recipients: users };
  }
  if (channel.thread !== null) return threadJson(world, channel);
  return {
    ...{ nsfw: false, rate_limit_per_user: 0, flags: 0, ...more },
    ...{ id, type, guild_id: guild, name, topic, parent_id: parent, position, last_message_id: last },
    permission_overwrites: overwrites.map((each) => ({ ...each, allow: `${each.allow}`, deny: `${each.deny}` })),
    ...(type === 15 ? { available_tags: tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })) } : {}),
  };
}

function threadJson(world: World, { id, type, guild, name, parent, owner, members, thread }: Channel): Json {
  const all = world.history(id);
  const replies = all.filter((message) => message.id !== id).length;
  return {
    ...{ id, type, guild_id: guild, name, parent_id: parent, owner_id: owner, last_message_id: all.at(-1)?.id ?? null },
    ...{ message_count: replies, total_message_sent: replies, member_count: members.size, rate_limit_per_user: 0 },
    ...{ flags: 0, applied_tags: thread?.tags ?? [] },
    thread_metadata: {
      ...{ archived: thread?.archived, locked: thread?.locked, archive_timestamp: thread?.archivedAt },
      ...{ auto_archive_duration: thread?.autoArchive, invitable: thread?.invitable },
      create_timestamp: new Date(momentOf(id)).toISOString(),
    },
    // The bot is told of its own place in a thread.
    ...(members.has(world.app) ? { member: threadMemberJson(id, world.app, world) } : {}),
  };
}

export function threadMemberJson(thread: string, user: string, world: World): Json {
  return {
    id: thread,
    user_id: user,
    join_timestamp: new Date(momentOf(thread)).toISOString(),
    flags: user === world.app ? 1 : 0,
  };
}

export function guildJson(world: World, guild: Guild): Json {
  const { id, name, owner, roles } = guild;
  return {
    ...{ id, name, owner_id: owner, roles: [...roles.values()].map(roleJson), emojis: [], stickers: [], features: [] },
    ...{ icon: null, splash: null, banner: null, description: null, afk_channel_id: null, afk_timeout: 300 },
    ...{ verification_level: 0, default_message_notifications: 1, explicit_content_filter: 0, mfa_level: 0 },
    ...{ application_id: null, system_channel_id: null, system_channel_flags: 0, rules_channel_id: null },
    ...{ vanity_url_code: null, premium_tier: 0, premium_subscription_count: 0, preferred_locale: 'en-US' },
    ...{ public_updates_channel_id: null, nsfw_level: 0, premium_progress_bar_enabled: false, region: 'deprecated' },
    ...{ safety_alerts_channel_id: null, discovery_splash: null },
    permissions: `${guildPermissions(guild, world.app)}`,
  };
}

/** A guild as it is told of when the bot comes online, or joins it: with its channels and threads. */
export function wholeGuildJson(world: World, guild: Guild): Json {
  const all = [...world.channels.values()].filter((each) => each.guild === guild.id);
  const threads = all.filter((each) => each.thread?.archived === false);
  const seen = threads.filter((each) => channelPermissions(world, each, world.app) !== 0n);
  const own = guild.members.get(world.app);
  return {
    ...guildJson(world, guild),
    ...{ joined_at: own?.joined, large: false, unavailable: false, member_count: guild.members.size },
    ...{ voice_states: [], presences: [], stage_instances: [], guild_scheduled_events: [], soundboard_sounds: [] },
    // Without the intent for presences only the bot's own.
    members: own === undefined ? [] : [fullMemberJson(world, own)],
    channels: all.filter(({ thread }) => thread === null).map((each) => channelJson(world, each)),
    threads: seen.map((each) => channelJson(world, each)),
  };
}

interface Telling {
  /** It is what another message replies to: what it replies to itself is left out. */
  readonly answered?: boolean;
  /** Somebody has handed it to the application, which may read it whatever its intents. */
  readonly whole?: boolean;
}

/** A message as the application is shown it over HTTP: without what it may not read. */
export function messageJson(
  core: Core,
  message: Message,
  { answered: inner = false, whole = false }: Telling = {},
): Json {
  const { world } = core;
  const { id, channel, type, author, mentions, flags, nonce, replyTo, interaction, edited, pinned } = message;
  const thread = world.channels.get(id);
  const answered = replyTo === null ? undefined : world.messages.get(replyTo);
  return {
    ...{ id, channel_id: channel, type, author: userJson(world.user(author)), ...contentJson(core, message, whole) },
    ...{ timestamp: new Date(momentOf(id)).toISOString().replace('Z', '000+00:00'), edited_timestamp: edited },
    ...{ tts: false, pinned, flags, mention_everyone: mentions.everyone, mention_roles: mentions.roles },
    mentions: mentions.users.map((each) => userJson(world.user(each))),
    ...(message.reactions.size > 0 ? { reactions: reactionsJson(world, message) } : {}),
    ...(nonce === null ? {} : { nonce }),
    ...(thread === undefined ? {} : { thread: channelJson(world, thread) }),
    ...(interaction === null ? {} : interactionJson(world, interaction)),
    ...(replyTo === null ? {} : { message_reference: { type: 0, message_id: replyTo, channel_id: channel } }),
    ...(replyTo === null || inner
      ? {}
      : { referenced_message: answered === undefined ? null : messageJson(core, answered, { answered: true }) }),
  };
}

/** A message as it is told of at the gateway: with the guild, and the author's place in it. */
export function messageEvent(core: Core, message: Message): Json {
  const { world } = core;
  const guild = world.guildOf(world.channels.get(message.channel) ?? { guild: null });
  if (guild === null) return { ...messageJson(core, message), channel_type: 1 };
  const member = guild.members.get(message.author);
  const mentions = message.mentions.users.map((id) => {
    const known = guild.members.get(id);
    return { ...userJson(world.user(id)), ...(known === undefined ? {} : { member: memberJson(known) }) };
  });
  return {
    ...{ ...messageJson(core, message), guild_id: guild.id, mentions },
    ...(member === undefined ? {} : { member: memberJson(member) }),
  };
}

/** What it says; without the intent for it, only where it is meant for the application or its own. */
function contentJson(core: Core, message: Message, whole: boolean): Json {
  const { world, attachments } = core;
  const { content, embeds, components, author, mentions } = message;
  const direct = world.channels.get(message.channel)?.guild == null;
  const own = author === world.app || mentions.users.includes(world.app);
  if (!whole && !readsContent(core) && !direct && !own)
    return { content: '', embeds: [], components: [], attachments: [] };
  const files = message.attachments.map((each) => attachments.json(message.channel, each));
  return { content, embeds, components, attachments: files, ...message.more };
}

function reactionsJson(world: World, { reactions }: Message): readonly Json[] {
  return [...reactions].map(([emoji, users]) => ({
    ...{ emoji: emojiJson(emoji), count: users.length, count_details: { burst: 0, normal: users.length } },
    ...{ me: users.includes(world.app), me_burst: false, burst_colors: [] },
  }));
}

/** @param emoji its sign, or `name:id` */
export function emojiJson(emoji: string): Json {
  const custom = /^(\w+):(\d+)$/.exec(emoji);
  return custom === null ? { id: null, name: emoji } : { id: custom[2], name: custom[1] };
}

function interactionJson(world: World, made: NonNullable<Message['interaction']>): Json {
  const user = userJson(world.user(made.user));
  const metadata = { id: made.id, type: made.type, user, authorizing_integration_owners: {} };
  return { application_id: world.app, webhook_id: world.app, interaction_metadata: metadata, position: 0 };
}
