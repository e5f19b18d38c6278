import type { Written } from '../../src/ticket/written.ts';
import type { Inbound, InboundFile } from '../connector.ts';
import type { MessageShape } from './payloads.ts';
import { readMessage } from './reading.ts';
import { placeOf, type Slack } from './slack.ts';

/** A message of Slack's as the house takes it. */
export interface Incoming extends Written {
  readonly files: readonly InboundFile[];
}

/** Ids of users, channels and user groups, as they are mentioned in a message's text or blocks. */
const mentioned = /(?:<[@#]|<!subteam\^|"(?:user|channel|usergroup)_id":")([UWCGS][A-Z0-9]{2,30})/g;

/** Reads a message: its words with the names of those who are mentioned, and its files. */
export async function readIncoming(slack: Slack, message: MessageShape): Promise<Incoming> {
  const raw = `${message.text ?? ''}${JSON.stringify(message.blocks ?? '')}`;
  const names = await slack.people.names([...raw.matchAll(mentioned)].map(([, id]) => id ?? ''));
  const written = readMessage(message, { bot: slack.bot, nameOf: (id) => names.get(id) ?? null });
  return { ...written, files: filesOf(message) };
}

/** Files that Slack hides or has removed have no bytes any more. */
const unavailable: ReadonlySet<string> = new Set(['tombstone', 'hidden_by_limit']);

function filesOf({ files }: MessageShape): readonly InboundFile[] {
  return (files ?? [])
    .filter(({ mode }) => !unavailable.has(mode ?? ''))
    .map(({ id, name, title, mimetype, size }) => ({
      name: name || title || id,
      type: mimetype || 'application/octet-stream',
      size: size ?? 0,
      attachment: null,
      ref: id,
    }));
}

/** The thread that a message stands in; null where it stands in none. A message that a thread hangs on is in none. */
export function threadOf({ ts, thread_ts }: { ts: string; thread_ts?: string | null | undefined }): string | null {
  return thread_ts === undefined || thread_ts === null || thread_ts === ts ? null : thread_ts;
}

/**
 * Somebody's 🎫 on a message, by a reaction or by the shortcut. Null where there is nothing to make a ticket of: Docket's
 * own messages.
 */
export async function ticketMark(
  slack: Slack,
  {
    event,
    by,
    channel,
    message,
    answerTo,
  }: {
    event: string;
    by: string;
    channel: string;
    message: MessageShape;
    answerTo: Inbound['answerTo'];
  },
): Promise<Inbound | null> {
  const author = message.user ?? message.bot_id ?? null;
  if (author === null || author === slack.bot) return null;
  const { text, files } = await readIncoming(slack, message);
  return {
    kind: 'reaction',
    event,
    at: slack.options.now(),
    sender: await slack.people.sender(by),
    where: await placeOf(slack, by, channel, threadOf(message)),
    answerTo,
    message: message.ts,
    emoji: '🎫',
    author: await slack.people.sender(author),
    text,
    files,
  };
}
