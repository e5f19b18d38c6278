import type { Pool } from 'pg';
import type { Attachment } from '../../src/ticket/change.ts';
import { HttpRefusal, notFound } from '../../src/web/refusal.ts';
import type { Viewer } from '../../src/web/sessions.ts';
import type { Streams } from '../../src/web/streams.ts';
import type { Visitors } from '../../src/web/visitors.ts';
import type { Door } from '../connector.ts';
import type { Answers } from './answers.ts';
import type { Channel, Channels } from './channels.ts';
import type { ChatMessage } from './message.ts';
import type { Messages } from './messages.ts';
import { Sight } from './sight.ts';

/** What every route of the chat works with. */
export interface Chat {
  readonly db: Pool;
  readonly visitors: Visitors;
  readonly streams: Streams;
  readonly channels: Channels;
  readonly messages: Messages;
  readonly answers: Answers;
  readonly files: FileKeeper;
  /** Which of these people somebody may know of. */
  readonly acquainted: (person: number, people: readonly number[]) => Promise<ReadonlySet<number>>;
  /** Bytes of files that a person may attach within 24 hours. */
  readonly uploadsPerDay: number;
  /** Counts what a person writes. Gives 0; or, where it is one too many, the milliseconds until there is room for it. */
  readonly written: (person: number) => number;
  /** The moment (ISO 8601, UTC). */
  readonly now: () => string;
  /** The desk. Refuses before the connector was started. */
  readonly door: () => Door;
}

/** Where the bytes of attached files are. */
export interface FileKeeper {
  keep(file: { name: string; type: string; bytes: Uint8Array; uploader: number }): Promise<Attachment>;
  bytes(id: string): Promise<Uint8Array | null>;
  /** The same, read piece by piece as they are asked for; none when there is no such file. */
  pieces(id: string): AsyncIterable<Uint8Array>;
  /** Bytes of the files that somebody has attached within the last 24 hours. */
  uploadedWithinDay(person: number): Promise<number>;
}

/** The channel of this name, if the viewer is in it. Refuses in the same words where there is none. */
export async function channelOf(chat: Chat, viewer: Viewer, key: string): Promise<Channel> {
  const channel = await chat.channels.find(viewer, key);
  if (channel === null) throw notFound();
  return channel;
}

/** Counts what somebody writes, before anything of it is kept. Refuses what is too much. */
export function countWritten(chat: Chat, viewer: Viewer): void {
  const waitMs = chat.written(viewer.person);
  if (waitMs === 0) return;
  throw new HttpRefusal(
    429,
    `You are writing more messages a minute than Docket takes from one person. Nothing was sent: try again in ${Math.ceil(waitMs / 1000)} s.`,
  );
}

/** A message of this channel that the viewer may see, with their sight. Refuses in the same words where there is none. */
export async function messageOf(
  chat: Chat,
  viewer: Viewer,
  key: string,
  id: number,
): Promise<{
  channel: Channel;
  message: ChatMessage;
  sight: Sight;
}> {
  const channel = await channelOf(chat, viewer, key);
  const message = await chat.messages.byId(id);
  const sight = new Sight(chat.door(), viewer);
  if (message === null || message.channel !== channel.key || !(await sight.sees(message))) throw notFound();
  return { channel, message, sight };
}
