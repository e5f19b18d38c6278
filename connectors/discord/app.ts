import { GatewayIntentBits, PermissionFlagsBits } from 'discord.js';

/** A permission, with the name that Discord's settings give it. */
export interface Permission {
  readonly name: string;
  readonly bit: bigint;
}

/** What Docket does in channels, and nothing else (docs.discord.com/developers/topics/permissions). */
export const channelPermissions: readonly Permission[] = [
  { name: 'View Channel', bit: PermissionFlagsBits.ViewChannel },
  { name: 'Send Messages', bit: PermissionFlagsBits.SendMessages },
  { name: 'Send Messages in Threads', bit: PermissionFlagsBits.SendMessagesInThreads },
  { name: 'Create Public Threads', bit: PermissionFlagsBits.CreatePublicThreads },
  { name: 'Embed Links', bit: PermissionFlagsBits.EmbedLinks },
  { name: 'Attach Files', bit: PermissionFlagsBits.AttachFiles },
  { name: 'Add Reactions', bit: PermissionFlagsBits.AddReactions },
  { name: 'Read Message History', bit: PermissionFlagsBits.ReadMessageHistory },
  // The tags of a forum's posts follow the status; a locked thread is written in.
  { name: 'Manage Threads', bit: PermissionFlagsBits.ManageThreads },
];

/** What the bot is invited with. */
export const permissions: bigint = channelPermissions.reduce((all, { bit }) => all | bit, 0n);

/** @param privileged which privileged intents are switched on, and in use */
export function intentsIn(privileged: {
  readonly messages: boolean;
  readonly members: boolean;
}): readonly GatewayIntentBits[] {
  return [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.GuildMessageReactions,
    GatewayIntentBits.DirectMessages,
    GatewayIntentBits.DirectMessageReactions,
    ...(privileged.messages ? [GatewayIntentBits.MessageContent] : []),
    ...(privileged.members ? [GatewayIntentBits.GuildMembers] : []),
  ];
}
