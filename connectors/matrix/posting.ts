import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Address, type Button, Gone, type LineView, type View } from '../connector.ts';
import { type Content, drawMessage, editTwin, lineFits, type Message } from './blocks/message.ts';
import { drawingFor } from './drawing.ts';
import { findEvent } from './events.ts';
import { limits } from './limits.ts';
import type { Matrix } from './matrix.ts';
import type { MatrixOptions } from './options.ts';
import { send, transactionOf } from './sending.ts';
import { inThread } from './thread.ts';
import { attach } from './uploads.ts';

/**
 * Posts a view; gives the id of its event. Everything is sent under transaction ids that come of `key`, so that a second post
 * is the first.
 *
 * @throws TryLater, Undeliverable, Rejected, Gone
 */
export async function post(matrix: Matrix, to: Address, view: View, key: string): Promise<string> {
  if (to.direct) await matrix.directs.check(to.channel);
  await checkThread(matrix, to);
  const message = await drawn(matrix, view, isForRequestors(to, view));
  const mentioning = await amongMembers(matrix, to.channel, message.content);
  const content = { ...rung(mentioning, to, view), ...(await inThread(matrix, to.channel, to.thread)) };
  const id = await send(matrix, to.channel, 'm.room.message', content, transactionOf(key));
  if (view.view === 'line') await attach(matrix, to, view.attachments, key);
  if (message.reactions.length > 0) matrix.rows.want(to.channel, id, message.reactions);
  return id;
}

/** The length of an account's id that is reckoned with where it is not looked up. */
const accountLength = 100;

/** Whether one message shows all of a line, whoever is called in it. */
export function fits({ ticketUrl, zone }: Pick<MatrixOptions, 'ticketUrl' | 'zone'>, line: LineView): boolean {
  const account = () => '@'.padEnd(accountLength, '0');
  return lineFits(line, { account, ticketUrl: (ticket) => ticketUrl?.(ticket) ?? null, zone });
}

/** @throws TryLater, Undeliverable, Rejected, Gone */
export async function edit(matrix: Matrix, to: Address, id: string, view: View): Promise<void> {
  const room = matrix.successors.newest(to.channel);
  const found = await findEvent(matrix, room, id);
  if (found === null) throw new Gone('the message was taken back, or stands in a room that was replaced');
  // Homeservers take an edit of anybody's message, and show it to nobody.
  if (found.event.sender !== matrix.bot) throw new Gone('the message is that of another account');
  const { content, reactions } = await drawn(matrix, view, isForRequestors(to, view));
  const next = rung(content, to, view);
  // An edit whose answer was lost is there already.
  if (!isDeepStrictEqual(withoutRelation(found.content), JSON.parse(JSON.stringify(next)))) {
    await send(matrix, room, 'm.room.message', edition(id, next), randomUUID());
  }
  matrix.rows.want(to.channel, id, reactions);
}

/** Of these accounts, those that are in a room. */
export async function membersAmong(
  matrix: Matrix,
  room: string,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  const members = await matrix.rooms.members(matrix.successors.newest(room));
  return new Set(accounts.filter((id) => members.get(id)?.joined === true));
}

/** A mention reaches those alone who are in the room; a message that mentions nobody there is a notice like the others. */
export async function amongMembers(matrix: Matrix, room: string, content: Content): Promise<Content> {
  const { user_ids: mentioned = [] } = content['m.mentions'];
  if (mentioned.length === 0) return content;
  const user_ids = [...(await membersAmong(matrix, room, mentioned))];
  if (user_ids.length === 0) return { ...content, msgtype: 'm.notice', 'm.mentions': {} };
  return { ...content, 'm.mentions': { user_ids } };
}

/** A message that is to be answered, or read by one alone, is one that clients ring for. */
function rung(content: Content, { direct }: Address, view: View): Content {
  return direct && view.view === 'line' ? { ...content, msgtype: 'm.text' } : content;
}

/** The content of an edit (spec.matrix.org/latest/client-server-api/#event-replacements). It calls nobody once more. */
function edition(id: string, content: Content): object {
  return {
    msgtype: content.msgtype,
    body: editTwin(content),
    'm.mentions': {},
    'm.new_content': content,
    'm.relates_to': { rel_type: 'm.replace', event_id: id },
  };
}

function withoutRelation({ 'm.relates_to': _, ...content }: Readonly<Record<string, unknown>>) {
  return content;
}

/** A thread stays behind in the room that it was begun in. */
async function checkThread(matrix: Matrix, { channel, thread }: Address): Promise<void> {
  const room = matrix.successors.newest(channel);
  if (thread === null || room === channel) return;
  if ((await findEvent(matrix, room, thread)) === null) throw new Gone('the thread stands in a room that was replaced');
}

/** Whether a card stands in the thread that its requestors read. */
function isForRequestors({ thread, direct }: Address, view: View): boolean {
  return view.view === 'card' && view.audience === 'requestor' && thread !== null && !direct;
}

/** Draws a view. A command that is too long to stand in a message is remembered, and its key stands there. */
export async function drawn(matrix: Matrix, view: View, forRequestors = false): Promise<Message> {
  const drawing = await drawingFor(matrix, view);
  if (!('buttons' in view)) return drawMessage(view, drawing, forRequestors);
  const buttons = await Promise.all(view.buttons.map((button) => shortened(matrix, button)));
  return drawMessage({ ...view, buttons }, drawing, forRequestors);
}

const remembered = '~';

async function shortened({ door }: Matrix, button: Button): Promise<Button> {
  if (button.command.length <= limits.command) return button;
  return { ...button, command: `${remembered}${await door.remember(button.command)}` };
}

/** The command that stands in a message; null where it is not remembered any more. */
export async function commandOf({ door }: Matrix, command: string): Promise<string | null> {
  return command.startsWith(remembered) ? door.recall(command.slice(remembered.length)) : command;
}
