import { z } from 'zod';

/**
 * What Slack sends, as far as Docket reads it (docs.slack.dev/reference/events, /reference/interaction-payloads). Bolt
 * takes the shapes on trust.
 */
const id = z.string().min(1).max(64);
const ts = z.string().regex(/^\d{1,12}\.\d{1,9}$/);

const file = z.object({
  id,
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nonnegative().nullish(),
  mode: z.string().nullish(),
});

export const filesShape = z.array(file);

/** A message, in an event or from a conversation's history. */
export const messageShape = z.object({
  subtype: z.string().nullish(),
  user: id.nullish(),
  bot_id: id.nullish(),
  ts,
  thread_ts: ts.nullish(),
  parent_user_id: id.nullish(),
  text: z.string().nullish(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  files: filesShape.nullish(),
  edited: z.object({ ts }).nullish(),
});
export type MessageShape = z.infer<typeof messageShape>;

export const messageEvent = messageShape.extend({ channel: id, channel_type: z.string().nullish() });

export const changedEvent = z.object({
  channel: id,
  channel_type: z.string().nullish(),
  event_ts: ts,
  message: messageShape,
  previous_message: messageShape.nullish(),
});

export const deletedEvent = z.object({
  channel: id,
  channel_type: z.string().nullish(),
  event_ts: ts,
  deleted_ts: ts,
  previous_message: messageShape.nullish(),
});

export const reactionEvent = z.object({
  user: id,
  reaction: z.string(),
  item_user: id.nullish(),
  event_ts: ts,
  item: z.object({ type: z.literal('message'), channel: id, ts }),
});

export const channelEvent = z.object({ channel: id, user: id.nullish() });
export const userEvent = z.object({ user: z.object({ id }) });
export const groupEvent = z.object({
  subteam_id: id.nullish(),
  subteam: z.object({ id }).nullish(),
});
export const homeEvent = z.object({ user: id, tab: z.string().nullish() });
export const linkEvent = z.object({
  channel: id,
  user: id,
  message_ts: z.string().max(300),
  unfurl_id: z.string().max(300).nullish(),
  source: z.enum(['conversations_history', 'composer']).nullish(),
  links: z.array(z.object({ url: z.string().max(3_000) })).max(50),
});

export const slash = z.object({
  user_id: id,
  channel_id: id,
  channel_name: z.string().nullish(),
  text: z.string(),
  trigger_id: z.string().max(300),
  response_url: z.url(),
});

const user = z.object({ id });

export const press = z.object({
  user,
  trigger_id: z.string().max(300),
  channel: z.object({ id }).nullish(),
  response_url: z.url().nullish(),
  container: z.object({
    type: z.string(),
    message_ts: ts.nullish(),
    thread_ts: ts.nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
  message: z.object({ ts: ts.nullish(), thread_ts: ts.nullish() }).nullish(),
  actions: z.array(z.unknown()).min(1),
});

export const submission = z.object({
  user,
  trigger_id: z.string().max(300),
  view: z.object({ id, hash: z.string().nullish() }).loose(),
});

export const messageShortcut = z.object({
  user,
  trigger_id: z.string().max(300),
  action_ts: z.string().max(64),
  response_url: z.url(),
  channel: z.object({ id }),
  message: messageShape,
});

export const globalShortcut = z.object({ user, trigger_id: z.string().max(300), action_ts: z.string().max(64) });

const authorized = z.object({
  authorizations: z.array(z.object({ team_id: id.nullish(), is_enterprise_install: z.boolean().nullish() })).max(100),
});

/**
 * Whether an event is meant for the app in this workspace. Its own `team_id` does not tell: in a shared channel that may be
 * the other side's. What names no installation, as commands and presses do, passes
 * (docs.slack.dev/apis/events-api, "Authorizations").
 */
export function isFor(team: string, body: unknown): boolean {
  const { data } = authorized.safeParse(body);
  if (data === undefined || data.authorizations.length === 0) return true;
  return data.authorizations.some(
    ({ team_id, is_enterprise_install }) => is_enterprise_install || !team_id || team_id === team,
  );
}
