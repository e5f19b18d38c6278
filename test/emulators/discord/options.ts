import { ChannelType } from 'discord.js';
import { bitsOf, type Permission } from './permissions.ts';
import type { Guild, Overwrite } from './shapes.ts';
import { blankChannel, World } from './world.ts';

export interface GuildOptions {
  readonly id: string;
  readonly name: string;
  /** User ids; with their roles where they have any. */
  readonly members: readonly (string | { readonly user: string; readonly nick?: string; readonly roles?: string[] })[];
  readonly roles?: readonly {
    readonly id: string;
    readonly name: string;
    readonly permissions?: readonly Permission[];
    readonly mentionable?: boolean;
  }[];
  readonly channels: readonly {
    readonly id: string;
    readonly name: string;
    /** A text channel, unless it is said otherwise. */
    readonly type?: 'text' | 'forum' | 'announcement' | 'voice' | 'category';
    readonly parent?: string;
    /** The user ids that alone see it, the bot's not among them; everyone of the guild, where it is left out. */
    readonly members?: readonly string[];
    /** The bot does not see it. */
    readonly withoutBot?: boolean;
    /** The tags that a forum offers. */
    readonly tags?: readonly { readonly id: string; readonly name: string; readonly moderated?: boolean }[];
  }[];
  /** What the role that the bot's invitation made allows: everything but to be an administrator. */
  readonly botPermissions?: bigint | readonly Permission[];
  /** The bot was not invited. */
  readonly withoutBot?: boolean;
}

/** What Discord and an application in it are like. All of it can be left out. */
export interface DiscordOptions {
  /** Digits. */
  readonly applicationId?: string;
  readonly people?: readonly {
    /** Digits. */
    readonly id: string;
    readonly name: string;
    readonly displayName?: string;
    readonly zone?: string;
    /** The bot cannot write to them directly. */
    readonly dmsClosed?: boolean;
  }[];
  readonly guilds?: readonly GuildOptions[];
  /** The privileged intents that are switched on for the application in Discord's developer portal: all of them. */
  readonly privileged?: readonly ('GuildMembers' | 'GuildPresences' | 'MessageContent')[];
  /** Milliseconds. */
  readonly now?: () => number;
  /** Milliseconds within which an interaction is to be acknowledged: 3 s. */
  readonly patience?: number;
  /** Milliseconds between heartbeats: 41.25 s. */
  readonly heartbeat?: number;
  /** How often a session can be started in a day: 1,000. */
  readonly sessionStarts?: number;
}

const types = {
  text: ChannelType.GuildText,
  forum: ChannelType.GuildForum,
  announcement: ChannelType.GuildAnnouncement,
  voice: ChannelType.GuildVoice,
  category: ChannelType.GuildCategory,
} as const;

/** What everyone may do in a guild that nobody has changed. */
const ordinary: readonly Permission[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'UseExternalEmojis',
];

/** What a bot may be granted: not to be an administrator, who may do everything. */
const granted: readonly Permission[] = [
  ...ordinary,
  'ManageMessages',
  'ManageThreads',
  'ManageChannels',
  'ManageRoles',
  'ManageWebhooks',
  'MentionEveryone',
];

/** Discord with these people and guilds in it, and the bot. */
export function furnished(options: DiscordOptions): World {
  const { people = [], guilds = [], now = Date.now, applicationId = '100000000000000001' } = options;
  const world = new World(applicationId, now);
  const own = { id: world.app, username: 'docket', globalName: null, bot: true, zone: 'Etc/UTC', dmsClosed: true };
  world.users.set(world.app, own);
  for (const { id, name, displayName = null, zone = 'Etc/UTC', dmsClosed = false } of people) {
    world.users.set(id, { id, username: name, globalName: displayName, bot: false, zone, dmsClosed });
  }
  for (const each of guilds) furnishGuild(world, each);
  return world;
}

function furnishGuild(world: World, options: GuildOptions): void {
  const { id, name, members, roles = [], channels, withoutBot = false } = options;
  const joined = new Date(world.now() - 86_400_000).toISOString();
  // A guild belongs to somebody who is none of its people: an owner may do everything.
  const guild: Guild = { id, name, owner: `9${id.slice(1)}`, roles: new Map(), members: new Map() };
  const blank = { mentionable: false, managed: false, position: 0 };
  guild.roles.set(id, { ...blank, id, name: '@everyone', permissions: bitsOf(ordinary) });
  for (const [at, role] of roles.entries()) {
    const { permissions = [], mentionable = false } = role;
    const { id: of, name: called } = role;
    guild.roles.set(of, {
      ...blank,
      id: of,
      name: called,
      mentionable,
      permissions: bitsOf(permissions),
      position: at + 1,
    });
  }
  for (const member of members) {
    const { user, nick = null, roles: theirs = [] } = typeof member === 'string' ? { user: member } : member;
    guild.members.set(user, { user, nick, roles: theirs, joined });
  }
  world.guilds.set(id, guild);
  if (!withoutBot) invite(world, guild, options.botPermissions);
  for (const [position, channel] of channels.entries()) {
    world.channels.set(
      channel.id,
      blankChannel(channel.id, types[channel.type ?? 'text'], {
        ...{ guild: id, name: channel.name, position, parent: channel.parent ?? null },
        overwrites: overwritesOf(world, guild, channel),
        tags: (channel.tags ?? []).map(({ moderated = false, ...tag }) => ({ ...tag, moderated })),
      }),
    );
  }
}

/** The bot joins a guild, with a role of its own. */
export function invite(world: World, guild: Guild, permissions: GuildOptions['botPermissions'] = granted): void {
  const bits = typeof permissions === 'bigint' ? permissions : bitsOf(permissions);
  const role = world.ids.next();
  const highest = { position: guild.roles.size, mentionable: false, managed: true };
  guild.roles.set(role, { ...highest, id: role, name: 'docket', permissions: bits });
  guild.members.set(world.app, {
    user: world.app,
    nick: null,
    roles: [role],
    joined: new Date(world.now()).toISOString(),
  });
}

function overwritesOf(
  world: World,
  guild: Guild,
  { members, withoutBot = false }: GuildOptions['channels'][number],
): readonly Overwrite[] {
  const view = bitsOf(['ViewChannel']);
  const open = (id: string): Overwrite => ({ id, type: 1, allow: view, deny: 0n });
  const shut = (id: string, type: 0 | 1): Overwrite => ({ id, type, allow: 0n, deny: view });
  const people = members === undefined ? [] : [shut(guild.id, 0), ...members.map(open)];
  return [...people, ...(withoutBot ? [shut(world.app, 1)] : members === undefined ? [] : [open(world.app)])];
}
