import { z } from 'zod';
import type { RoomEvent } from './payloads.ts';

const lenientText = z.string().max(5_000).catch('');

/** A text as events of extensible types have it: a string (unstable), or a list of its forms. */
const form = z.object({ body: lenientText });
const extensible = z.union([z.string(), z.array(form).transform((forms) => forms[0]?.body ?? '')]).catch('');

const stable = z.object({
  question: z.object({ 'm.text': extensible }),
  answers: z.array(z.object({ 'm.text': extensible })).max(100),
});

const unstable = z.object({
  question: z.object({ 'org.matrix.msc1767.text': extensible }),
  answers: z.array(z.object({ 'org.matrix.msc1767.text': extensible })).max(100),
});

const sticker = z.object({ body: lenientText });

/** The types of events that are said like messages, but are none. */
export const stickerType = 'm.sticker';
export const pollTypes = ['m.poll.start', 'org.matrix.msc3381.poll.start'] as const;

/**
 * A sticker or a poll in words, as the event of a text message that stands in the same place
 * (spec.matrix.org/latest/client-server-api/#sticker-messages; MSC3381 for polls).
 */
export function inWords(event: RoomEvent): RoomEvent {
  const body = event.type === stickerType ? stickerWords(event.content) : pollWords(event.content);
  const relation = event.content['m.relates_to'];
  return {
    ...event,
    type: 'm.room.message',
    content: { msgtype: 'm.text', body, ...(relation === undefined ? {} : { 'm.relates_to': relation }) },
  };
}

function stickerWords(content: RoomEvent['content']): string {
  return `[sticker: ${sticker.parse(content).body}]`;
}

function pollWords(content: RoomEvent['content']): string {
  const poll = stable.safeParse(content['m.poll']).data;
  if (poll !== undefined) {
    return listed(
      poll.question['m.text'],
      poll.answers.map((answer) => answer['m.text']),
    );
  }
  const early = unstable.safeParse(content['org.matrix.msc3381.poll.start']).data;
  return listed(
    early?.question['org.matrix.msc1767.text'] ?? '',
    early?.answers.map((answer) => answer['org.matrix.msc1767.text']) ?? [],
  );
}

function listed(question: string, answers: readonly string[]): string {
  return [`[poll: ${question}]`, ...answers.map((answer) => `• ${answer}`)].join('\n');
}
