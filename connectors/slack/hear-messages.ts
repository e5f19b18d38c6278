import { setTimeout } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Inbound } from '../connector.ts';
import { rawPlace } from './enrich.ts';
import { namesToLookUp, readRaw, threadOf } from './incoming.ts';
import { changedEvent, deletedEvent, type MessageShape, messageEvent, reactionEvent } from './payloads.ts';
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
  const incoming = readRaw(slack, message);
  const thread = threadOf(message);
  const inbound: Inbound = {
    kind: 'message',
    event: `message ${message.channel} ${message.ts}`,
    at: slack.options.now(),
    sender: { id: user, name: user },
    where: addressOf(slack, message.channel, thread),
    answerTo: {},
    message: message.ts,
    replyTo: null,
    ...incoming,
    raw: { ...namesToLookUp(message), ...(incoming.mentionsBot && thread !== null ? { below: thread } : {}) },
  };
  const kept = await slack.door.receive(inbound);
  // People see a card a moment before Docket knows its number; what they say below it is then looked at once more.
  if (kept === 'ignored' && message.parent_user_id === slack.bot) {
    slack.errands.run('look again', inbound.event, async () => {
      await setTimeout(recorded);
      await slack.door.receive(inbound);
    });
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
  await slack.door.receive({
    ...base(slack, `edit ${changed.channel} ${message.ts} ${changed.event_ts}`, changed.channel, message, user),
    kind: 'edit',
    message: message.ts,
    text: readRaw(slack, message).text,
    raw: namesToLookUp(message),
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
  const inbound = base(slack, `deletion ${channel} ${message} ${event_ts}`, channel, before, user);
  await slack.door.receive({ ...inbound, kind: 'deletion', message });
}

function base(slack: Slack, event: string, channel: string, message: MessageShape, user: string) {
  return {
    event,
    at: slack.options.now(),
    sender: { id: user, name: user },
    where: addressOf(slack, channel, threadOf(message)),
    answerTo: {},
    raw: {},
  } satisfies Partial<Inbound>;
}

async function onReaction(slack: Slack, event: unknown): Promise<void> {
  const parsed = reactionEvent.safeParse(event);
  // Reactions to files and the like, and all emoji that say nothing to Docket, concern no ticket.
  if (!parsed.success || !ticketEmoji.has(parsed.data.reaction) || parsed.data.user === slack.bot) return;
  const { item, user, event_ts } = parsed.data;
  await slack.door.receive(
    ticketMark(slack, {
      event: `reaction ${item.channel} ${item.ts} ${user} ${event_ts}`,
      by: user,
      channel: item.channel,
      message: { ts: item.ts },
      answerTo: {},
    }),
  );
}

/**
 * Somebody's 🎫 on a message, by a reaction or by the shortcut. Where only the `ts` of the message is known, the rest is
 * fetched when this is processed.
 */
export function ticketMark(
  slack: Slack,
  mark: {
    readonly event: string;
    readonly by: string;
    readonly channel: string;
    readonly message: MessageShape;
    readonly answerTo: Inbound['answerTo'];
  },
): Inbound {
  const { event, by, channel, message, answerTo } = mark;
  const author = message.user ?? message.bot_id ?? null;
  const { where, raw } = rawPlace(slack, channel, threadOf(message));
  return {
    kind: 'reaction',
    event,
    at: slack.options.now(),
    sender: { id: by, name: by },
    where,
    answerTo,
    message: message.ts,
    emoji: '🎫',
    author: { id: author ?? '', name: author ?? '' },
    text: [],
    files: [],
    raw: { ...raw, ...(author === null ? {} : { message }) },
  };
}
