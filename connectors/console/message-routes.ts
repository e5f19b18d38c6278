import type { FastifyInstance } from 'fastify';
import { isBlank } from '../../src/ticket/characters.ts';
import { bodyLimits } from '../../src/web/bodies.ts';
import { FormDialog } from '../../src/web/form.tsx';
import { sendPage } from '../../src/web/html.ts';
import { checked, HttpRefusal, notFound } from '../../src/web/refusal.ts';
import { typed } from '../../src/web/typed.ts';
import { addressInWeb, senderOf } from './channels.ts';
import { type Chat, countWritten, messageOf } from './chat.ts';
import { act, messageLimit, readTyped } from './compose.ts';
import { base, inboundFiles } from './inbound.ts';
import { withoutMention } from './markdown.ts';
import { botHandle, type ChatMessage } from './message.ts';
import { onMessage } from './params.ts';

const edited = act.extend({ 'answer.text': typed(messageLimit, 'A message') });

/** What is done to a message that is there: edited or deleted by its author, made a ticket of by anybody. */
export function messageRoutes(app: FastifyInstance, chat: Chat): void {
  app.get('/c/:channel/messages/:message/edit', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const { channel: key, message: id } = checked(onMessage, request.params);
    const { channel, message } = await messageOf(chat, viewer, key, id);
    mine(message, viewer.person);
    const form = {
      view: 'form',
      title: 'Edit your message',
      command: '',
      submit: 'Save',
      inputs: [
        {
          name: 'text',
          label: 'Text',
          type: 'text',
          value: message.source,
          required: true,
          hint: '',
          choices: [],
          error: [],
        },
      ],
    } as const;
    const to = `${addressInWeb(channel)}/messages/${id}/edit`;
    return sendPage(reply, FormDialog({ id: `edit-${id}`, form, to, extra: {}, dismiss: '' }));
  });

  app.post('/c/:channel/messages/:message/edit', { bodyLimit: bodyLimits.text }, async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const { channel: key, message: id } = checked(onMessage, request.params);
    const { 'answer.text': source, ...sent } = checked(edited, request.body);
    const { channel, message } = await messageOf(chat, viewer, key, id);
    mine(message, viewer.person);
    if (isBlank(source)) throw new HttpRefusal(400, 'A message cannot become empty. Delete it instead.');
    countWritten(chat, viewer);
    const { text } = await readTyped(chat, viewer, source);
    const { text: bare } = withoutMention(text, botHandle);
    // The desk first: what shows as edited or deleted here cannot be done once more by its author.
    await chat
      .door()
      .receive({ kind: 'edit', message: `${id}`, text: bare, ...base(chat, viewer, channel, message.root, sent) });
    await chat.messages.edit(id, text, source);
    return reply.code(204).send();
  });

  app.post('/c/:channel/messages/:message/delete', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const { channel: key, message: id } = checked(onMessage, request.params);
    const sent = checked(act, request.body);
    const { channel, message } = await messageOf(chat, viewer, key, id);
    mine(message, viewer.person);
    await chat
      .door()
      .receive({ kind: 'deletion', message: `${id}`, ...base(chat, viewer, channel, message.root, sent) });
    await chat.messages.remove(id);
    return reply.code(204).send();
  });

  app.post('/c/:channel/messages/:message/ticket', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const { channel: key, message: id } = checked(onMessage, request.params);
    const sent = checked(act, request.body);
    const { channel, message } = await messageOf(chat, viewer, key, id);
    if (message.view !== null || message.deleted) throw notFound();
    await chat.door().receive({
      kind: 'reaction',
      message: `${id}`,
      emoji: '🎫',
      author: senderOf(message.author),
      text: withoutMention(message.text, botHandle).text,
      files: inboundFiles(message),
      ...base(chat, viewer, channel, message.root, sent),
    });
    return reply.code(204).send();
  });
}

function mine(message: ChatMessage, person: number): void {
  if (message.writer !== person) throw new HttpRefusal(403, 'Only who wrote a message can change it.');
  if (message.deleted) throw notFound();
}
