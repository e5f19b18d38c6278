import { setTimeout } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Inbound } from '../connector.ts';
import { readIncoming, threadOf, ticketMark } from './incoming.ts';
import {
  changedEvent,
  deletedEvent,
  type MessageShape,
  messageEvent,
  messageShape,
  reactionEvent,
} from './payloads.ts';
import { addressOf, type Slack } from './slack.ts';

/** Subtypes of messages that people write; the others tell of joining, of topics and the like. */
const spoken: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast', 'me_message']);

/** The names of 🎫 and 🎟️ in Slack. */
const ticketEmoji: ReadonlySet<string> = new Set(['ticket', 'admission_tickets']);

/** Hears what people say, mend and take back in the channels that Docket is in, and in direct conversations. */
export function hearMessages(app: App, slack: Slack): void {
  app.event('message', async ({ event }) => {
    switch (event.subtype) {
      case 'message_changed':
        return onChanged(slack, event);
      case 'message_deleted':
        return onDeleted(slack, event);
      default:
        return onMessage(slack, event);
    }
  });
  // In channels without Docket in them, a mention comes alone; in others it is told of twice, and kept once.
  app.event('app_mention', ({ event }) => onMessage(slack, event));
  app.event('reaction_added', ({ event }) => onReaction(slack, event));
}

async function onMessage(slack: Slack, event: unknown): Promise<void> {
  const message = messageEvent.parse(event);
  if (message.subtype && !spoken.has(message.subtype)) return;
  const user = speaker(slack, message);
  if (user === null) return;
  const inbound: Inbound = {
    kind: 'message',
    event: `message ${message.channel} ${message.ts}`,
    at: slack.options.now(),
    sender: await slack.people.sender(user),
    where: addressOf(slack, message.channel, threadOf(message)),
    answerTo: {},
    message: message.ts,
    replyTo: null,
    ...(await readIncoming(slack, message)),
  };
  const kept = await slack.door.receive(inbound);
  // People see a card a moment before Docket knows its number; what they say below it is then looked at once more.
  if (kept === 'ignored' && message.parent_user_id === slack.bot) {
    await setTimeout(recorded);
    await slack.door.receive(inbound);
  }
}

/** Within so many milliseconds Docket has recorded what it posted. */
const recorded = 1_000;

/** Who says something; null for Docket itself and for other bots, who are never answered. */
function speaker(slack: Slack, { user, bot_id }: MessageShape): string | null {
  return bot_id || !user || user === slack.bot || user === 'USLACKBOT' ? null : user;
}

async function onChanged(slack: Slack, event: unknown): Promise<void> {
  const changed = changedEvent.parse(event);
  const { message, previous_message: before } = changed;
  // What is left of a deleted message that a thread hangs on.
  if (message.subtype === 'tombstone') return deleted(slack, changed, message.ts, before ?? message);
  const user = speaker(slack, message);
  if (user === null || (before && sameWords(before, message))) return;
  const { text } = await readIncoming(slack, message);
  await slack.door.receive({
    ...(await base(slack, `edit ${changed.channel} ${message.ts} ${changed.event_ts}`, changed.channel, message, user)),
    kind: 'edit',
    message: message.ts,
    text,
  });
}

/** A message also "changes" when a link in it is unfurled, or a thread grows below it. */
function sameWords(before: MessageShape, after: MessageShape): boolean {
  const words = ({ text, blocks }: MessageShape) => JSON.stringify([text ?? '', blocks ?? []]);
  return words(before) === words(after);
}

async function onDeleted(slack: Slack, event: unknown): Promise<void> {
  const gone = deletedEvent.parse(event);
  const before = gone.previous_message;
  if (before) await deleted(slack, gone, gone.deleted_ts, before);
}

async function deleted(
  slack: Slack,
  { channel, event_ts }: { channel: string; event_ts: string },
  message: string,
  before: MessageShape,
): Promise<void> {
  const user = speaker(slack, before);
  if (user === null) return;
  const inbound = await base(slack, `deletion ${channel} ${message} ${event_ts}`, channel, before, user);
  await slack.door.receive({ ...inbound, kind: 'deletion', message });
}

async function base(slack: Slack, event: string, channel: string, message: MessageShape, user: string) {
  return {
    event,
    at: slack.options.now(),
    sender: await slack.people.sender(user),
    where: addressOf(slack, channel, threadOf(message)),
    answerTo: {},
  } satisfies Partial<Inbound>;
}

async function onReaction(slack: Slack, event: unknown): Promise<void> {
  const parsed = reactionEvent.safeParse(event);
  // Reactions to files and the like, and all emoji that say nothing to Docket, concern no ticket.
  if (!parsed.success || !ticketEmoji.has(parsed.data.reaction) || parsed.data.user === slack.bot) return;
  const { item, user, event_ts } = parsed.data;
  const message = await fetchMessage(slack, item.channel, item.ts);
  if (message === null) return;
  const inbound = await ticketMark(slack, {
    event: `reaction ${item.channel} ${item.ts} ${user} ${event_ts}`,
    by: user,
    channel: item.channel,
    message,
    answerTo: {},
  });
  if (inbound !== null) await slack.door.receive(inbound);
}

/** A message of a channel, or of a thread in it; null where it is gone. */
async function fetchMessage(slack: Slack, channel: string, ts: string): Promise<MessageShape | null> {
  const only = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
  const { messages: top = [] } = await slack.api.call(channel, (web) => web.conversations.history(only));
  const found = top.find((message) => message.ts === ts) ?? (await fetchReply(slack, channel, ts));
  return found === undefined ? null : messageShape.parse(found);
}

async function fetchReply(slack: Slack, channel: string, ts: string): Promise<unknown> {
  const { messages = [] } = await slack.api.call(channel, (web) =>
    web.conversations.replies({ channel, ts, latest: ts, oldest: ts, inclusive: true, limit: 1 }),
  );
  return messages.find((message) => message.ts === ts);
}
