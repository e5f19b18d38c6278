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

export const messageShape = z.object({
  id: snowflake,
  channel_id: snowflake,
  guild_id: snowflake.nullish(),
  /** 0 an ordinary message, 19 a reply, 20 and 23 what commands post. */
  type: z.int().default(0),
  author: userShape,
  member: memberShape.nullish(),
  webhook_id: snowflake.nullish(),
  content: z.string().default(''),
  mentions: z.array(userShape.extend({ member: memberShape.nullish() })).default([]),
  attachments: z.array(attachmentShape).default([]),
  edited_timestamp: z.string().nullish(),
  message_reference: z.object({ message_id: snowflake.nullish(), type: z.int().default(0) }).nullish(),
  components: z.array(component).default([]),
  flags: z.int().default(0),
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
