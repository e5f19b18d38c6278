import { z } from 'zod';

/** What Discord sends, as far as Docket reads it (docs.discord.com/developers/events/gateway-events). */

const snowflake = z.string().regex(/^\d{1,20}$/);

export const userShape = z.object({
  id: snowflake,
  username: z.string().default(''),
  global_name: z.string().nullish(),
  bot: z.boolean().default(false),
});

export const memberShape = z.object({
  nick: z.string().nullish(),
  roles: z.array(snowflake).default([]),
});

/** A member with the account that it is of. */
export const guildMember = memberShape.extend({ user: userShape });

export const roleShape = z.object({ id: z.string(), name: z.string() });

const attachmentShape = z.object({
  id: snowflake,
  filename: z.string(),
  content_type: z.string().nullish(),
  size: z.int().min(0),
});

const component: z.ZodType<{ custom_id?: string | undefined }> = z.looseObject({ custom_id: z.string().optional() });

const stickerShape = z.object({ name: z.string() });

const pollShape = z.object({
  question: z.object({ text: z.string().nullish() }),
  answers: z.array(z.object({ poll_media: z.object({ text: z.string().nullish() }) })).default([]),
});

/** What somebody says, in a message of their own or in a copy that was forwarded. */
const saidShape = z.object({
  content: z.string().default(''),
  mentions: z.array(userShape.extend({ member: memberShape.nullish() })).default([]),
  attachments: z.array(attachmentShape).default([]),
  sticker_items: z.array(stickerShape).default([]),
  poll: pollShape.nullish(),
});

export type Said = z.infer<typeof saidShape>;

const message = saidShape.extend({
  id: snowflake,
  channel_id: snowflake,
  guild_id: snowflake.nullish(),
  /** 0 an ordinary message, 19 a reply, 20 and 23 what commands post. */
  type: z.int().default(0),
  author: userShape,
  member: memberShape.nullish(),
  webhook_id: snowflake.nullish(),
  /** What is forwarded (docs.discord.com/developers/resources/message, "Message Snapshot Object"). */
  message_snapshots: z.array(z.object({ message: saidShape })).default([]),
  edited_timestamp: z.string().nullish(),
  message_reference: z.object({ message_id: snowflake.nullish(), type: z.int().default(0) }).nullish(),
  components: z.array(component).default([]),
  flags: z.int().default(0),
});

export const messageShape = message.extend({
  /** What is replied to; null where that was deleted. */
  referenced_message: message.nullish().catch(null),
});

export type MessageShape = z.infer<typeof messageShape>;

export const deletionShape = z.object({ id: snowflake, channel_id: snowflake, guild_id: snowflake.nullish() });

export const bulkDeletionShape = z.object({
  ids: z.array(snowflake),
  channel_id: snowflake,
  guild_id: snowflake.nullish(),
});

export const reactionShape = z.object({
  user_id: snowflake,
  channel_id: snowflake,
  message_id: snowflake,
  guild_id: snowflake.nullish(),
  member: guildMember.nullish(),
  emoji: z.object({ id: snowflake.nullish(), name: z.string().nullish() }),
});
