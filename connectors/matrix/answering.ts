import { setTimeout } from 'node:timers/promises';
import { type Answer, type Inbound, TryLater, Undeliverable } from '../connector.ts';
import type { Content } from './blocks/message.ts';
import { askForm } from './forms.ts';
import type { Matrix } from './matrix.ts';
import { amongMembers, drawn } from './posting.ts';
import { react, refusedSign } from './reactions.ts';
import { send, transactionOf } from './sending.ts';
import { inThread } from './thread.ts';

/** In the content of an answer: the event that it answers. */
export const answerKey = 'org.docket.answers';

/** Where somebody is answered, and under what it stands there. */
interface Own {
  readonly room: string;
  readonly thread: string | null;
  /** The event that it replies to; null where that stands elsewhere. */
  readonly to: string | null;
}

/** Answers the one who acted: a reaction on what they wrote, and in their direct conversation what nobody else is to see. */
export async function answerIn(matrix: Matrix, inbound: Inbound, answer: Answer): Promise<void> {
  const marked = markedEvent(inbound);
  const signs = marked === null ? [] : signsOf(inbound, answer);
  await Promise.all([...signs.map((sign) => mark(matrix, inbound, marked ?? '', sign)), tell(matrix, inbound, answer)]);
}

/** How what somebody wrote is marked. A command of which only a part was done is marked with both. */
function signsOf(inbound: Inbound, { reaction, tickets }: Answer): readonly string[] {
  if (reaction === null) return [];
  const partly = reaction === refusedSign && inbound.kind === 'command' && tickets.length > 0;
  return partly ? [reaction, '✅'] : [reaction];
}

async function tell(matrix: Matrix, inbound: Inbound, { views, form }: Answer): Promise<void> {
  if (views.length === 0 && form === null) return;
  const own = await ownPlace(matrix, inbound);
  if (own === null) return sayThatClosed(matrix, inbound);
  for (const [nth, view] of views.entries()) {
    const { content, reactions } = await drawn(matrix, view);
    const key = `answer ${nth} ${inbound.event}`;
    const mentioning = await patiently(matrix, () => amongMembers(matrix, own.room, content));
    const told = { ...rung(mentioning), [answerKey]: inbound.event, ...(await placed(matrix, own)) };
    const id = await patiently(matrix, () => send(matrix, own.room, 'm.room.message', told, transactionOf(key)));
    if (reactions.length > 0) matrix.rows.want(own.room, id, reactions);
  }
  if (form === null) return;
  await patiently(matrix, () =>
    askForm(matrix, own.room, {
      form,
      where: inbound.where,
      key: `asked ${inbound.event}`,
      root: inbound.answerTo['form'] ?? null,
    }),
  );
}

/** The event of theirs that is marked with how it went: what they wrote, or made a ticket of. */
function markedEvent(inbound: Inbound): string | null {
  if (inbound.kind === 'message' || inbound.kind === 'reaction') return inbound.message;
  return inbound.kind === 'command' ? (inbound.answerTo['event'] ?? null) : null;
}

async function mark(matrix: Matrix, inbound: Inbound, event: string, sign: string): Promise<void> {
  const { channel } = inbound.where;
  try {
    await patiently(matrix, () =>
      react(matrix, channel, event, sign, transactionOf(`mark ${event} ${sign} ${inbound.event}`)),
    );
  } catch (error) {
    // The answer itself is still to be given.
    matrix.log.warn({ err: error }, 'a reaction could not be set');
  }
}

/** Somebody's own conversation with Docket; null where there is none. */
async function ownPlace(matrix: Matrix, inbound: Inbound): Promise<Own | null> {
  const { where, sender, answerTo } = inbound;
  const { form, room, event } = answerTo;
  if (form !== undefined && room !== undefined) return { room, thread: form, to: event ?? form };
  try {
    if (where.direct) {
      await matrix.directs.check(where.channel);
      return { room: matrix.successors.newest(where.channel), thread: where.thread, to: event ?? null };
    }
    const room = await patiently(matrix, () => matrix.directs.with(sender.id));
    await matrix.directs.check(room);
    return { room, thread: null, to: null };
  } catch (error) {
    if (error instanceof Undeliverable) return null;
    throw error;
  }
}

async function placed(matrix: Matrix, { room, thread, to }: Own): Promise<object> {
  if (thread !== null) return inThread(matrix, room, thread, to);
  return to === null ? {} : { 'm.relates_to': { 'm.in_reply_to': { event_id: to } } };
}

/** Whoever asked waits for the answer: clients do not ring for notices. */
function rung(content: Content): Content {
  return { ...content, msgtype: 'm.text' };
}

/** Says nothing of what the answer is: others read along. */
async function sayThatClosed(matrix: Matrix, inbound: Inbound): Promise<void> {
  const { sender, where } = inbound;
  if (where.direct) return;
  const words = `${sender.name}: Docket has an answer for you alone. Start a direct conversation with ${matrix.bot}, and ask again there.`;
  const event = 'message' in inbound && inbound.message !== null ? inbound.message : inbound.answerTo['event'];
  const content = {
    msgtype: 'm.text',
    body: words,
    'm.mentions': { user_ids: [sender.id] },
    ...(event === undefined ? {} : { 'm.relates_to': { 'm.in_reply_to': { event_id: event } } }),
  };
  const transaction = transactionOf(`closed ${inbound.event}`);
  await patiently(matrix, () => send(matrix, where.channel, 'm.room.message', content, transaction));
}

/** How long an answer is waited with, in all, while the homeserver limits the rate or is away. Milliseconds. */
const patience = 120_000;

/** Does something again for as long as it may still succeed: answers are in no queue that would do it. */
async function patiently<Result>({ ending }: Matrix, act: () => Promise<Result>): Promise<Result> {
  const until = Date.now() + patience;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const pause = error instanceof TryLater ? (error.afterMs ?? 1_000) : Number.POSITIVE_INFINITY;
      if (ending.aborted || Date.now() + pause > until) throw error;
      await setTimeout(pause, undefined, { signal: ending }).catch(() => undefined);
    }
  }
}
