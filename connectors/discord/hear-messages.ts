import { setTimeout } from 'node:timers/promises';
import { GatewayDispatchEvents as Events, MessageReferenceType, MessageType } from 'discord.js';
import type { z } from 'zod';
import type { Address, Inbound, Sender } from '../connector.ts';
import { placeOf } from './channels.ts';
import { type Discord, whereIs } from './discord.ts';
import type { Hear } from './hear.ts';
import { fetchMessage, quotedBy, readIncoming, ticketMark } from './incoming.ts';
import {
  bulkDeletionShape,
  deletionShape,
  type guildMember,
  type MessageShape,
  messageShape,
  reactionShape,
} from './payloads.ts';
import { senderOf } from './people.ts';
import { platform } from './platform.ts';

/** What people write; the other types tell of joining, of pins and the like (docs.discord.com, "Message Types"). */
const spoken: ReadonlySet<number> = new Set([MessageType.Default, MessageType.Reply]);

const ticketEmoji: ReadonlySet<string> = new Set(['🎫', '🎟️', '🎟']);

/** Hears what people say, mend and take back in the channels that Docket sees, and in direct conversations. */
export const hearMessages: Readonly<Record<string, Hear>> = {
  [Events.MessageCreate]: (discord, data) => onMessage(discord, messageShape.parse(data)),
  [Events.MessageUpdate]: onEdit,
  [Events.MessageDelete]: async (discord, data) => {
    const { id, ...place } = deletionShape.parse(data);
    await onDeletion(discord, { ...place, ids: [id] });
  },
  [Events.MessageDeleteBulk]: (discord, data) => onDeletion(discord, bulkDeletionShape.parse(data)),
  [Events.MessageReactionAdd]: onReaction,
};

/** A message, heard as it was said or found when Docket came back. */
export async function onMessage(discord: Discord, message: MessageShape): Promise<void> {
  if (!spoken.has(message.type) || isMachine(message)) return;
  const { author, member, guild_id } = message;
  const where = await whereIs(discord, { guild: guild_id, channel: message.channel_id, user: author.id });
  if (where === null) return;
  const sender = senderOf(author, member);
  await discord.roles.told(where.workspace, sender, member);
  const reference = message.message_reference;
  // What is forwarded is named like what is replied to.
  const replyTo = reference?.type === MessageReferenceType.Default ? (reference.message_id ?? null) : null;
  const incoming = readIncoming(discord, message);
  const inbound: Inbound = {
    kind: 'message',
    event: `message ${message.id}`,
    at: discord.options.now(),
    sender,
    where: standing(where, message.id),
    answerTo: {},
    message: message.id,
    replyTo,
    ...incoming,
    ...(incoming.mentionsBot ? await quotedBy(discord, where, message) : {}),
  };
  const kept = await discord.door.receive(inbound);
  // People see a card a moment before Docket knows its number; what they say to it is then looked at once more.
  if (kept === 'ignored' && (where.thread !== null || replyTo !== null)) void lookAgain(discord, inbound);
}

async function lookAgain(discord: Discord, inbound: Inbound): Promise<void> {
  await setTimeout(recorded);
  try {
    await discord.door.receive(inbound);
  } catch (error) {
    discord.log.error({ err: error }, 'what was said could not be looked at once more');
  }
}

/** Where a message stands: the one that a forum's post begins with is the post. */
function standing(where: Address, message: string): Address {
  return where.thread === message ? { ...where, thread: null } : where;
}

/** Within so many milliseconds Docket has recorded what it posted. */
const recorded = 1_000;

/** Docket itself, other bots and webhooks are never answered. */
function isMachine({ author, webhook_id }: MessageShape): boolean {
  return author.bot || Boolean(webhook_id);
}

async function onEdit(discord: Discord, data: unknown): Promise<void> {
  const message = messageShape.safeParse(data);
  // A message also "changes" when a link in it is shown, or a thread begins at it: then no moment of an edit is told.
  if (!message.success || !message.data.edited_timestamp || isMachine(message.data)) return;
  const { id, author, member, guild_id, channel_id, edited_timestamp } = message.data;
  const where = await whereIs(discord, { guild: guild_id, channel: channel_id, user: author.id });
  if (where === null) return;
  await discord.door.receive({
    kind: 'edit',
    event: `edit ${id} ${edited_timestamp}`,
    at: discord.options.now(),
    sender: senderOf(author, member),
    where: standing(where, id),
    answerTo: {},
    message: id,
    text: readIncoming(discord, message.data).text,
  });
}

/** Discord does not say who deleted something, nor whose it was: it is followed as the author's own. */
async function onDeletion(
  discord: Discord,
  { ids, channel_id, guild_id }: { ids: readonly string[]; channel_id: string; guild_id?: string | null | undefined },
): Promise<void> {
  const channel = guild_id ? placeOf(guild_id, await discord.channels.get(channel_id)).channel : channel_id;
  for (const message of ids) {
    const author = await discord.door.author({ platform, channel, message });
    if (author === null) continue;
    const { workspace, thread, sender } = author;
    await discord.door.receive({
      kind: 'deletion',
      event: `deletion ${message}`,
      at: discord.options.now(),
      sender,
      where: { platform, workspace, channel, thread, direct: !guild_id },
      answerTo: {},
      message,
    });
  }
}

async function onReaction(discord: Discord, data: unknown): Promise<void> {
  const { user_id, member, emoji, channel_id, message_id, guild_id } = reactionShape.parse(data);
  if (!emoji.name || !ticketEmoji.has(emoji.name) || user_id === discord.bot || member?.user.bot) return;
  const message = await fetchMessage(discord, channel_id, message_id);
  if (message === null) return;
  const inbound = await ticketMark(discord, {
    event: `reaction ${message_id} ${user_id}`,
    by: await reactor(discord, user_id, member, message),
    guild: guild_id,
    message,
    answerTo: {},
  });
  if (inbound !== null) await discord.door.receive(inbound);
}

/** Who reacted: in direct conversations, where the member is not told, it is mostly who wrote the message. */
async function reactor(
  discord: Discord,
  id: string,
  member: z.infer<typeof guildMember> | null | undefined,
  message: MessageShape,
): Promise<Sender> {
  if (member) return senderOf(member.user, member);
  return message.author.id === id ? senderOf(message.author, null) : discord.people.sender(id);
}
