import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Attachment } from '../../src/ticket/change.ts';
import { bodyLimits } from '../../src/web/bodies.ts';
import { Concurrent } from '../../src/web/concurrent.ts';
import { sendPage } from '../../src/web/html.ts';
import { checked, HttpRefusal, notFound } from '../../src/web/refusal.ts';
import type { Viewer } from '../../src/web/sessions.ts';
import { Slots } from '../../src/web/slots.ts';
import type { Quoted } from '../connector.ts';
import { addressInWeb, type Channel } from './channels.ts';
import { type Chat, channelOf, countWritten } from './chat.ts';
import { type act, bySelf, readMessage, readTyped } from './compose.ts';
import { drawingFor } from './drawing.ts';
import { everybody } from './held.ts';
import { base, inboundFiles } from './inbound.ts';
import { withMentions, withoutMention } from './markdown.ts';
import { botHandle } from './message.ts';
import { MessageItem } from './message-item.tsx';
import { inChannel } from './params.ts';
import { Sight } from './sight.ts';
import { shown } from './timeline.ts';
import type { Upload } from './uploads.ts';

/** Files are in memory while they are stored, each at most 10 MB: two at a time, whoever sends how many. */
const storing = new Slots(2);

const uploads = new Concurrent(6, 'You are sending six messages already. Wait until they have arrived.');

/** Where what is typed in a composer goes: a message, or a command when it begins with `/ticket`. */
export function sayRoutes(app: FastifyInstance, chat: Chat): void {
  app.post('/c/:channel/messages', { bodyLimit: bodyLimits.text, config: { upload: true } }, async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const channel = await channelOf(chat, viewer, checked(inChannel, request.params).channel);
    const end = uploads.begin(viewer.person);
    reply.raw.once('close', end);
    const length = Number(request.headers['content-length'] ?? 0);
    // What is no larger than a text is counted when it has arrived.
    if (length > bodyLimits.text) await withinDay(chat, viewer, length);
    const sent = await readMessage(request);
    const bytes = sent.files.reduce((sum, { size }) => sum + size, 0);
    if (bytes > 0) await withinDay(chat, viewer, bytes);
    const thread = sent.thread === undefined ? null : await threadIn(chat, viewer, channel, sent.thread);
    const line = commandIn(sent.text);
    if (line !== null) {
      if (sent.files.length > 0)
        throw new HttpRefusal(400, 'A command takes no files. Send them in a message of their own.');
      const { people } = await readTyped(chat, viewer, line);
      await chat
        .door()
        .receive({ kind: 'command', line: withMentions(line, people), ...base(chat, viewer, channel, thread, sent) });
      return bySelf(request) ? reply.redirect(addressInWeb(channel), 303) : reply.code(204).send();
    }
    countWritten(chat, viewer);
    const id = await say(chat, viewer, channel, thread, sent);
    if (bySelf(request)) return reply.redirect(addressInWeb(channel), 303);
    if (request.headers.accept?.includes('application/json') === true) return { id };
    const sight = new Sight(chat.door(), viewer);
    const drawing = { ...drawingFor(viewer, channel), list: thread === null ? 'channel' : 'thread' } as const;
    const pieces = await shown(await chat.messages.byIds([id]), sight, chat.messages);
    const items = await Promise.all(pieces.map((piece) => MessageItem({ shown: piece, drawing })));
    return sendPage(reply, items.join(''));
  });
}

/** Refuses files that are more than somebody may attach within a day. */
async function withinDay({ files, uploadsPerDay }: Chat, viewer: Viewer, bytes: number): Promise<void> {
  if ((await files.uploadedWithinDay(viewer.person)) + bytes <= uploadsPerDay) return;
  throw new HttpRefusal(
    429,
    `You can attach ${uploadsPerDay / 1_000_000} MB of files within 24 hours. Nothing was sent: leave the files out, or wait.`,
  );
}

/**
 * Keeps a message and hands it to the desk. Until the desk has told what it is, only its author sees it: a comment that
 * is typed among requestors must never reach them. Talk that concerns no ticket is let go at once.
 */
async function say(
  chat: Chat,
  viewer: Viewer,
  channel: Channel,
  thread: number | null,
  sent: z.infer<typeof act> & { text: string; files: readonly Upload[] },
): Promise<number> {
  const key = `said:${viewer.handle}:${sent.event}`;
  const { text } = await readTyped(chat, viewer, sent.text);
  const id = (await chat.messages.byKey(key)) ?? (await keep());
  const message = await chat.messages.byId(id);
  if (message === null) throw notFound();
  const { text: bare, found } = withoutMention(text, botHandle);
  const outcome = await chat.door().receive({
    kind: 'message',
    message: `${id}`,
    text: bare,
    mentionsBot: found,
    replyTo: null,
    files: inboundFiles(message),
    ...(found && thread !== null ? await quotedBy(chat, thread) : {}),
    ...base(chat, viewer, channel, thread, sent),
  });
  if (outcome === 'ignored') await chat.messages.release(id, everybody);
  return id;

  async function keep(): Promise<number> {
    const files: Attachment[] = [];
    for (const { name, type, path } of sent.files) {
      const stored = storing.run(async () =>
        chat.files.keep({ name, type, bytes: await readFile(path), uploader: viewer.person }),
      );
      files.push(await stored);
    }
    const kept = { key, channel: channel.key, root: thread, author: viewer.person, text, source: sent.text, files };
    return chat.messages.add({ ...kept, view: null, tickets: [], staffOnly: false, held: true });
  }
}

/** The message that a thread hangs on, where everybody in the channel sees it and a person wrote it. */
async function quotedBy({ messages }: Chat, root: number): Promise<{ readonly quoted?: Quoted }> {
  const message = await messages.byId(root);
  if (message === null || message.writer === null || message.deleted) return {};
  if (message.held || message.staffOnly || message.tickets.length > 0) return {};
  const { handle, name } = message.author;
  return { quoted: { author: { id: handle, name }, text: message.text, files: message.files } };
}

async function threadIn(chat: Chat, viewer: Viewer, channel: Channel, root: number): Promise<number> {
  const message = await chat.messages.byId(root);
  if (message === null || message.channel !== channel.key || message.root !== null) throw notFound();
  if (!(await new Sight(chat.door(), viewer).sees(message))) throw notFound();
  return root;
}

/** The line of a slash command; null where there is none. Another word after the slash is refused: it would be lost. */
function commandIn(text: string): string | null {
  const slash = /^\/([\p{L}\p{N}-]+)(?:\s+|$)/u.exec(text);
  if (slash === null) return null;
  if (slash[1] !== 'ticket') {
    throw new HttpRefusal(
      400,
      `There is no command /${slash[1]}. All of Docket's begin with /ticket; try /ticket help.`,
    );
  }
  return text.slice(slash[0].length).trimEnd();
}
