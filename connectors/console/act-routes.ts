import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bodyLimits } from '../../src/web/bodies.ts';
import { checked } from '../../src/web/refusal.ts';
import { rowNumber, typed } from '../../src/web/typed.ts';
import { addressInWeb, senderOf } from './channels.ts';
import { type Chat, channelOf, messageOf } from './chat.ts';
import { completionOf } from './completion.ts';
import { act, bySelf, messageLimit, ownIds } from './compose.ts';
import { base } from './inbound.ts';
import { platform, workspace } from './message.ts';
import { inChannel } from './params.ts';

const command = typed(500, 'A command').refine((line) => line.trim() !== '', 'Say which command.');
const pressed = act.extend({ command, message: rowNumber.optional() });
const submitted = act.extend({
  ...{ command, answer: rowNumber.optional(), thread: rowNumber.optional() },
  /** The page that a browser without scripts comes back to. */
  back: z
    .string()
    .regex(/^\/tickets\/\d{1,10}$/)
    .optional(),
});
const answerNames = /^answer\.([\w -]{1,100})$/;
const answers = z.record(z.string(), typed(messageLimit, 'An answer'));

/** Buttons, forms, autocompletion, and what else a page does that is no message. */
export function actRoutes(app: FastifyInstance, chat: Chat): void {
  app.post('/c/:channel/press', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const { channel: key } = checked(inChannel, request.params);
    const { command: line, message: id, ...sent } = checked(pressed, request.body);
    const channel = await channelOf(chat, viewer, key);
    const message = id === undefined ? null : (await messageOf(chat, viewer, key, id)).message;
    await chat.door().receive({
      kind: 'press',
      command: line,
      message: message === null ? null : `${message.id}`,
      ...base(chat, viewer, channel, message?.root ?? null, sent),
    });
    return reply.code(204).send();
  });

  app.post('/c/:channel/submit', { bodyLimit: bodyLimits.text }, async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const channel = await channelOf(chat, viewer, checked(inChannel, request.params).channel);
    const {
      command: line,
      answer,
      thread,
      back,
      ...sent
    } = checked(submitted, { ...Object(request.body), ...ownIds(request) });
    if (thread !== undefined) await messageOf(chat, viewer, channel.key, thread);
    await chat.door().receive({
      kind: 'submit',
      command: line,
      answers: answersIn(request.body),
      ...base(chat, viewer, channel, thread ?? null, sent),
    });
    if (answer !== undefined) await chat.answers.dismiss(viewer.person, answer);
    return bySelf(request) ? reply.redirect(back ?? addressInWeb(channel), 303) : reply.code(204).send();
  });

  app.post('/c/:channel/read', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const channel = await channelOf(chat, viewer, checked(inChannel, request.params).channel);
    const { message } = checked(z.object({ message: rowNumber }), request.body);
    await chat.messages.markRead(viewer.person, channel.key, message);
    return reply.code(204).send();
  });

  app.get('/c/:channel/complete', async (request) => {
    const { viewer } = await chat.visitors.signedIn(request);
    const channel = await channelOf(chat, viewer, checked(inChannel, request.params).channel);
    const { line } = checked(z.object({ line: typed(1000, 'The line') }), request.query);
    const asked = completionOf(line, channel.direct);
    if (asked === null) return [];
    const found = await chat.door().complete({ platform, workspace, sender: senderOf(viewer) }, asked.line);
    return found.map((suggestion) => ({ ...suggestion, text: asked.before + suggestion.text }));
  });

  app.post('/answers/:answer/dismiss', async (request, reply) => {
    const { viewer } = await chat.visitors.signedIn(request);
    await chat.answers.dismiss(viewer.person, checked(z.object({ answer: rowNumber }), request.params).answer);
    return reply.code(204).send();
  });
}

/** The answers of a form: `answer.NAME` in a form body, or `answers` in JSON. At most 50; names that no form has are refused. */
function answersIn(body: unknown): Record<string, string> {
  const fields = checked(z.record(z.string(), z.unknown()), body);
  const named = checked(z.record(z.string(), z.unknown()).default({}), fields['answers']);
  const flat = Object.entries(fields).flatMap(([field, value]) => {
    const name = answerNames.exec(field)?.[1];
    return name === undefined ? [] : [[name, value] as const];
  });
  const all = [...Object.entries(named), ...flat];
  checked(z.array(z.unknown()).max(50, 'A form has at most 50 answers.'), all);
  return checked(answers, Object.fromEntries(all));
}
