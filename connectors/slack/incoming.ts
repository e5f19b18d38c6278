import type { Written } from '../../src/ticket/written.ts';
import type { InboundFile } from '../connector.ts';
import { filesShape, type MessageShape } from './payloads.ts';
import { isShared, readMessage } from './reading.ts';
import { listOf, recordOf } from './shape.ts';
import type { Slack } from './slack.ts';

/** A message of Slack's as the house takes it. */
export interface Incoming extends Written {
  readonly files: readonly InboundFile[];
}

/** Ids of users, channels and user groups, as they are mentioned in a message's text or blocks. */
const mentioned = /(?:<[@#]|<!subteam\^|"(?:user|channel|usergroup)_id":")([UWCGS][A-Z0-9]{2,30})/g;

/** The ids of those who are mentioned in a message. */
function mentionedIn({ text, blocks, attachments }: MessageShape): readonly string[] {
  const raw = JSON.stringify([text ?? '', blocks ?? '', attachments ?? '']);
  return [...raw.matchAll(mentioned)].map(([, id]) => id ?? '');
}

/** Reads a message without asking Slack for anything: those who are mentioned in it stand by their ids. */
export function readRaw(slack: Slack, message: MessageShape): Incoming {
  return read(slack, message, new Map());
}

/** Reads a message: its words with the names of those who are mentioned, and its files. */
export async function readIncoming(slack: Slack, message: MessageShape): Promise<Incoming> {
  return read(slack, message, await slack.people.names(mentionedIn(message)));
}

function read(slack: Slack, message: MessageShape, names: ReadonlyMap<string, string>): Incoming {
  const written = readMessage(message, { bot: slack.bot, nameOf: (id) => names.get(id) ?? null });
  return { ...written, files: filesOf(message) };
}

/** What a message is kept with, so that its mentions can be named later; nothing where it has none. */
export function namesToLookUp(message: MessageShape): { readonly message?: MessageShape } {
  return mentionedIn(message).length === 0 ? {} : { message };
}

/** Files that Slack hides or has removed have no bytes any more. */
const unavailable: ReadonlySet<string> = new Set(['tombstone', 'hidden_by_limit']);

/** The files of a message, and of the messages that it shares. */
function filesOf({ files, attachments }: MessageShape): readonly InboundFile[] {
  const shared = listOf(attachments).map(recordOf).filter(isShared);
  return [...(files ?? []), ...shared.flatMap((each) => filesShape.safeParse(each['files']).data ?? [])]
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
