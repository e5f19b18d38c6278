import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Right } from '../../src/ticket/policy.ts';
import { allowed } from '../../src/web/buttons.tsx';
import { sendPage } from '../../src/web/html.ts';
import { checked, notFound } from '../../src/web/refusal.ts';
import { sendFile } from '../../src/web/send-file.ts';
import { rowNumber } from '../../src/web/typed.ts';
import type { View } from '../connector.ts';
import { addressInWeb, type Channel } from './channels.ts';
import { type Chat, channelOf, messageOf } from './chat.ts';
import { drawingFor } from './drawing.ts';
import { MessageItem } from './message-item.tsx';
import { ChatPage, Older, pageLength, ThreadPanel, unreadLimit } from './page.tsx';
import { inChannel, onMessage } from './params.ts';
import { Sight } from './sight.ts';
import { type Shown, shown, unreadCounts } from './timeline.ts';

const onFile = onMessage.extend({ file: z.uuid() });

/** Everything of the chat that is only looked at. */
export function readRoutes(app: FastifyInstance, chat: Chat): void {
  app.get('/', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const [first] = await chat.channels.of(viewer);
    if (first === undefined) throw notFound();
    return reply.redirect(addressInWeb(first), 303);
  });

  app.get('/c/:channel', async (request, reply) => {
    const visitor = await chat.visitors.signedIn(request);
    const { channel: key } = checked(inChannel, request.params);
    // Whoever sits in as somebody else stays in the channel, if that person is in it, too.
    if (checked(z.object({ or: z.literal('home').optional() }), request.query).or !== undefined) {
      const there = await chat.channels.find(visitor.viewer, key);
      return reply.redirect(there === null ? '/' : addressInWeb(there), 303);
    }
    const channel = await channelOf(chat, visitor.viewer, key);
    return sendPage(reply, ChatPage(await chatPage(chat, visitor, channel, null)));
  });

  app.get('/c/:channel/t/:message', async (request, reply) => {
    const visitor = await chat.visitors.signedIn(request);
    const { channel: key, message: id } = checked(onMessage, request.params);
    const { part } = checked(z.object({ part: z.literal('panel').optional() }), request.query);
    const { channel, message, sight } = await messageOf(chat, visitor.viewer, key, id);
    const thread = await threadOf(chat, channel, message.root ?? message.id, sight);
    if (part === undefined) return sendPage(reply, ChatPage(await chatPage(chat, visitor, channel, thread)));
    return sendPage(reply, ThreadPanel({ ...thread, drawing: drawingFor(visitor.viewer, channel) }));
  });

  app.get('/c/:channel/older', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const channel = await channelOf(chat, viewer, checked(inChannel, request.params).channel);
    const { before } = checked(z.object({ before: rowNumber }), request.query);
    const sight = new Sight(chat.door(), viewer);
    const messages = await shown(
      await chat.messages.latest(channel.key, null, before, pageLength),
      sight,
      chat.messages,
    );
    const drawing = drawingFor(viewer, channel);
    const items = await Promise.all(messages.map((one) => MessageItem({ shown: one, drawing })));
    return sendPage(reply, `${await Older({ messages, base: drawing.base })}${items.join('')}`);
  });

  // The same as data: what the reader sees in a channel or thread, and what was answered to one page of theirs.
  app.get('/c/:channel/messages', async (request) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const channel = await channelOf(chat, viewer, checked(inChannel, request.params).channel);
    const asked = checked(
      z.object({ thread: rowNumber.optional(), before: rowNumber.optional(), page: z.uuid().optional() }),
      request.query,
    );
    const sight = new Sight(chat.door(), viewer);
    const found = await chat.messages.latest(channel.key, asked.thread ?? null, asked.before ?? null, pageLength);
    const messages = await shown(found, sight, chat.messages);
    const answers = asked.page === undefined ? [] : await chat.answers.of(viewer.person, asked.page);
    return { messages: messages.map(asData), answers };
  });

  app.get('/c/:channel/messages/:message/files/:file', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const { channel, message: id, file: wanted } = checked(onFile, request.params);
    const { message } = await messageOf(chat, viewer, channel, id);
    const file = message.files.find((one) => one.id === wanted);
    if (file === undefined) throw notFound();
    return sendFile(reply, viewer.person, { ...file, pieces: chat.files.pieces(file.id) });
  });
}

async function chatPage(
  chat: Chat,
  visitor: Parameters<typeof ChatPage>[0]['visitor'],
  channel: Channel,
  thread: Parameters<typeof ChatPage>[0]['thread'],
): Promise<Parameters<typeof ChatPage>[0]> {
  const { viewer } = visitor;
  const sight = new Sight(chat.door(), viewer);
  // The clock is read first: what changes while the page is put together is told once more by its stream.
  const since = await chat.messages.now();
  const channels = await chat.channels.of(viewer);
  const keys = channels.map(({ key }) => key);
  const [messages, unread] = await Promise.all([
    chat.messages.latest(channel.key, null, null, pageLength).then((found) => shown(found, sight, chat.messages)),
    unreadCounts(keys, sight, chat.messages, unreadLimit),
  ]);
  const drawing = drawingFor(viewer, channel);
  return { visitor, channels, unread, channel, messages, thread, drawing, page: randomUUID(), since };
}

async function threadOf(
  chat: Chat,
  channel: Channel,
  root: number,
  sight: Sight,
): Promise<{ root: Shown; replies: Shown[] }> {
  const [hangsOn] = await shown(await chat.messages.byIds([root]), sight, chat.messages);
  if (hangsOn === undefined) throw notFound();
  const found = await chat.messages.latest(channel.key, root, null, 200);
  const replies = found.filter(({ view }) => view?.view !== 'card');
  return { root: hangsOn, replies: await shown(replies, sight, chat.messages) };
}

function asData({ message, rights, cards, replies }: Shown) {
  const { writer: _, text: __, view, ...rest } = message;
  return {
    ...rest,
    view: view === null ? null : pressable(view, rights),
    replies,
    cards: cards.map((card) => ({
      id: card.message.id,
      view: card.message.view && pressable(card.message.view, card.rights),
    })),
  };
}

/** A card without the buttons that its reader may not press. */
function pressable(view: View, rights: ReadonlySet<Right>): View {
  if (view.view !== 'card') return view;
  return { ...view, buttons: allowed(view.buttons, rights), more: allowed(view.more, rights) };
}
