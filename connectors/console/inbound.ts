import type { z } from 'zod';
import type { Viewer } from '../../src/web/sessions.ts';
import type { Inbound, InboundFile } from '../connector.ts';
import { addressOf, type Channel, senderOf } from './channels.ts';
import type { Chat } from './chat.ts';
import type { act } from './compose.ts';
import type { ChatMessage } from './message.ts';

/** What every inbound of somebody carries. The event's id is theirs alone: nobody else's can be taken for it. */
export function base(
  { now }: Pick<Chat, 'now'>,
  viewer: Viewer,
  channel: Channel,
  thread: number | null,
  { event, page }: z.infer<typeof act>,
): Pick<Inbound, 'event' | 'at' | 'sender' | 'where' | 'answerTo'> {
  return {
    event: `${viewer.handle}:${event}`,
    at: now(),
    sender: senderOf(viewer),
    where: addressOf(channel, thread),
    answerTo: { page },
  };
}

/** The files of a message, as the desk takes them: their bytes are in the store already. */
export function inboundFiles({ files }: ChatMessage): readonly InboundFile[] {
  return files.map(({ id, name, type, size }) => ({ name, type, size, attachment: id, ref: id }));
}
