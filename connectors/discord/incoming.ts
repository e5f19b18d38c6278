import { MessageReferenceType, RESTJSONErrorCodes, Routes } from 'discord.js';
import { isBlank } from '../../src/ticket/characters.ts';
import { type Block, paragraph, plain } from '../../src/ticket/text.ts';
import type { Written } from '../../src/ticket/written.ts';
import type { Address, Inbound, InboundFile, Quoted, Sender } from '../connector.ts';
import type { Discord } from './discord.ts';
import { rawPlace } from './enrich.ts';
import { codeOf, failure } from './failure.ts';
import { type MessageShape, messageShape, type Said } from './payloads.ts';
import { senderOf } from './people.ts';
import { readMessage } from './reading.ts';

/** A message of Discord's as the house takes it. */
export interface Incoming extends Written {
  readonly files: readonly InboundFile[];
}

/**
 * Reads a message: its words with the names of those who are mentioned, and its files. What begins a forum's post has the
 * title of that for its first line, as a ticket has its subject, unless it is a command.
 */
export function readIncoming(discord: Discord, message: Omit<MessageShape, 'referenced_message'>): Incoming {
  const own = readSaid(discord, message);
  const forwarded = message.message_snapshots.map(({ message: copy }): Block => {
    return { block: 'quote', blocks: readSaid(discord, copy).text };
  });
  // Without words of their own somebody who forwards has written nothing but the copy.
  const before = forwarded.length > 0 && isBlank(plain(own.text)) ? [] : own.text;
  const written = { ...own, text: [...before, ...forwarded] };
  const title = message.channel_id === message.id ? discord.channels.name(message.id) : null;
  const text = title === null || written.mentionsBot ? written.text : [paragraph(title), ...written.text];
  return { ...written, text, files: filesOf(message) };
}

/** The words of a message, and what stands for a sticker or a poll in it. */
function readSaid(discord: Discord, said: Said): Written {
  const people = new Map(said.mentions.map((user) => [user.id, senderOf(user, user.member).name]));
  const written = readMessage(said.content, {
    bot: discord.bot,
    nameOf: (id) => people.get(id) ?? discord.roles.name(id) ?? discord.channels.name(id),
  });
  const others = [
    ...said.sticker_items.map(({ name }) => `[sticker: ${name}]`),
    ...(said.poll
      ? [
          `[poll: ${said.poll.question.text ?? ''}]`,
          ...said.poll.answers.map(({ poll_media }) => `• ${poll_media.text ?? ''}`),
        ]
      : []),
  ];
  if (others.length === 0) return written;
  const words = isBlank(plain(written.text)) ? [] : written.text;
  return { ...written, text: [...words, ...others.map((each) => paragraph(each))] };
}

/** The addresses of attachments are good for a day (docs.discord.com/developers/reference, "Signed Attachment CDN URLs"). */
function filesOf({
  channel_id,
  id,
  attachments,
  message_snapshots,
}: Pick<MessageShape, 'channel_id' | 'id' | 'attachments' | 'message_snapshots'>): readonly InboundFile[] {
  const forwarded = message_snapshots.flatMap(({ message }) => message.attachments);
  return [...attachments, ...forwarded].map((file) => ({
    name: file.filename,
    type: file.content_type ?? 'application/octet-stream',
    size: file.size,
    attachment: null,
    ref: `${channel_id}/${id}/${file.id}`,
  }));
}

/**
 * A message by Discord's ids; null where it is gone, or cannot be read.
 *
 * @throws TryLater, Undeliverable
 */
export async function fetchMessage(discord: Discord, channel: string, id: string): Promise<MessageShape | null> {
  try {
    return messageShape.parse(await discord.api.raw((rest) => rest.get(Routes.channelMessage(channel, id))));
  } catch (error) {
    const code = codeOf(error);
    if (code === RESTJSONErrorCodes.UnknownMessage || code === RESTJSONErrorCodes.MissingAccess) return null;
    throw failure(error, { guild: null, channel }, []);
  }
}

/**
 * The message that another one replies to, or that its thread began with; nothing where there is none, where it is Docket's own,
 * and where it cannot be read.
 */
export async function quotedBy(
  discord: Discord,
  { channel, thread }: Address,
  { id, message_reference, referenced_message }: MessageShape,
): Promise<{ readonly quoted?: Quoted }> {
  const isReply = message_reference?.type === MessageReferenceType.Default;
  const found = isReply ? referenced_message : await starterOf(discord, channel, thread);
  if (!found || found.id === id || found.author.id === discord.bot) return {};
  return { quoted: { author: senderOf(found.author, found.member), ...readIncoming(discord, found) } };
}

/** The message that a thread was started from, which stands in its channel; null where there is none to be had. */
async function starterOf(discord: Discord, channel: string, thread: string | null): Promise<MessageShape | null> {
  if (thread === null) return null;
  try {
    return await fetchMessage(discord, channel, thread);
  } catch (error) {
    discord.log.info({ err: error }, 'the first message of a thread could not be read, and is not quoted');
    return null;
  }
}

/**
 * Somebody's 🎫 on a message, by a reaction or by the message command. Null where there is nothing to make a ticket of:
 * Docket's own messages, and places that Docket does not serve.
 */
export async function ticketMark(
  discord: Discord,
  mark: {
    event: string;
    by: Sender;
    guild: string | null | undefined;
    message: MessageShape;
    answerTo: Inbound['answerTo'];
  },
): Promise<Inbound | null> {
  const { event, by, guild, message, answerTo } = mark;
  const { author, member } = message;
  if (author.id === discord.bot) return null;
  const place = await rawPlace(discord, { guild, channel: message.channel_id, user: by.id });
  if (place === null) return null;
  const { where } = place;
  const { text, files } = readIncoming(discord, message);
  return {
    kind: 'reaction',
    event,
    at: discord.options.now(),
    sender: by,
    ...place,
    where: where.thread === message.id ? { ...where, thread: null } : where,
    answerTo,
    message: message.id,
    emoji: '🎫',
    author: senderOf(author, member),
    text,
    files,
  };
}
