import { z } from 'zod';

/** What a homeserver sends, as far as Docket reads it (spec.matrix.org/latest/client-server-api). People's clients write it. */
const id = z.string().min(1).max(255);

export const eventShape = z.object({
  type: z.string(),
  event_id: id,
  sender: id,
  origin_server_ts: z.number().optional(),
  state_key: z.string().optional(),
  redacts: id.optional(),
  content: z.record(z.string(), z.unknown()),
  unsigned: z.record(z.string(), z.unknown()).optional(),
});
export type RoomEvent = z.infer<typeof eventShape>;

const lenient = <Shape extends z.ZodType>(shape: Shape) => shape.optional().catch(undefined);

const relation = z.object({
  rel_type: lenient(z.string()),
  event_id: lenient(id),
  key: lenient(z.string().max(255)),
  is_falling_back: lenient(z.boolean()),
  'm.in_reply_to': lenient(z.object({ event_id: id })),
});
export type Relation = z.infer<typeof relation>;

/** An encrypted file (spec.matrix.org/latest/client-server-api/#sending-encrypted-attachments). */
export const encryptedFile = z.object({
  url: z.string(),
  key: z.record(z.string(), z.unknown()),
  iv: z.string(),
  hashes: z.record(z.string(), z.string()),
  v: z.string(),
});

const words = {
  msgtype: lenient(z.string()),
  body: lenient(z.string()),
  format: lenient(z.string()),
  formatted_body: lenient(z.string()),
  'm.mentions': lenient(z.object({ user_ids: lenient(z.array(z.string()).max(1_000)) })),
};

/** The content of an `m.room.message`. What is of no known shape in it is passed over. */
export const messageContent = z.object({
  ...words,
  filename: lenient(z.string()),
  /** Whose device is to be verified. */
  to: lenient(id),
  url: lenient(z.string()),
  file: lenient(encryptedFile),
  /** Where Element names the file of a voice message. */
  'org.matrix.msc1767.file': lenient(z.object({ name: lenient(z.string()) })),
  info: lenient(z.object({ size: lenient(z.number().nonnegative()), mimetype: lenient(z.string()) })),
  'm.relates_to': lenient(relation),
  'm.new_content': lenient(z.object(words)),
});
export type MessageContent = z.infer<typeof messageContent>;

export const reactionContent = z.object({ 'm.relates_to': z.object({ event_id: id, key: z.string().max(255) }) });

export const memberContent = z.object({
  membership: z.string(),
  displayname: z.string().nullish().catch(null),
  is_direct: z.boolean().optional().catch(undefined),
});

const events = z.object({ events: z.array(z.unknown()).default([]) }).default({ events: [] });
const timeline = z
  .object({
    events: z.array(z.unknown()).default([]),
    limited: z.boolean().default(false),
    prev_batch: z.string().optional(),
  })
  .default({ events: [], limited: false });

export const syncShape = z
  .object({
    next_batch: z.string(),
    rooms: z
      .object({
        join: z.record(z.string(), z.object({ state: events, timeline })).default({}),
        invite: z.record(z.string(), z.object({ invite_state: events })).default({}),
        leave: z.record(z.string(), z.unknown()).default({}),
      })
      .default({ join: {}, invite: {}, leave: {} }),
  })
  .loose();
export type Sync = z.infer<typeof syncShape>;
