import { setTimeout } from 'node:timers/promises';
import type { Text } from '../../src/ticket/text.ts';
import type { Inbound, Quoted } from '../connector.ts';
import { findEvent, threadOf } from './events.ts';
import { answerForm } from './forms.ts';
import { addressOf, readIncoming, senderOf } from './incoming.ts';
import type { Matrix } from './matrix.ts';
import { type MessageContent, messageContent, type RoomEvent } from './payloads.ts';
import { platform } from './platform.ts';
import { takeRefusalBack } from './reactions.ts';
import { commandLine, commandText } from './reading.ts';
import { send, transactionOf } from './sending.ts';
import { cancelled } from './verification.ts';

/** What programs write: bots and homeservers. */
const written: ReadonlySet<string> = new Set(['m.notice', 'm.server_notice']);

/** What the client of somebody says who wants to verify Docket's device. */
const verificationRequest = 'm.key.verification.request';

/** Hears a message: something that is said, or said otherwise. */
export async function onMessage(matrix: Matrix, room: string, event: RoomEvent): Promise<void> {
  const content = messageContent.parse(event.content);
  if (content.msgtype === verificationRequest) return cancelVerification(matrix, room, event, content);
  // Notices are what bots say; nobody answers them (spec.matrix.org/latest/client-server-api/#mnotice).
  if (event.sender === matrix.bot || content.msgtype === undefined || written.has(content.msgtype)) return;
  if (content['m.relates_to']?.rel_type === 'm.replace') await onEdit(matrix, room, event, content);
  else await onSaid(matrix, room, { event: event.event_id, original: event }, content);
}

/** What somebody says: in a message, or in the edit of one that was refused. */
interface Saying {
  /** The event that it came with. */
  readonly event: string;
  /** The message itself. */
  readonly original: RoomEvent;
}

async function cancelVerification(
  matrix: Matrix,
  room: string,
  { event_id, sender }: RoomEvent,
  { to }: MessageContent,
): Promise<void> {
  if (sender === matrix.bot || to !== matrix.bot) return;
  const content = { ...cancelled, 'm.relates_to': { rel_type: 'm.reference', event_id } };
  await send(matrix, room, 'm.key.verification.cancel', content, transactionOf(`cancel ${event_id}`));
}

async function onSaid(
  matrix: Matrix,
  room: string,
  { event, original }: Saying,
  content: MessageContent,
): Promise<void> {
  const { text, mentionsBot, files } = await readIncoming(matrix, room, content, original.sender);
  const where = await addressOf(matrix, room, threadOf(original));
  const relation = content['m.relates_to'];
  const replyTo = relation?.is_falling_back === true ? null : (relation?.['m.in_reply_to']?.event_id ?? null);
  const said = {
    event,
    at: matrix.options.now(),
    sender: await senderOf(matrix, room, original),
    where,
    answerTo: { event: original.event_id },
  };
  const line = files.length === 0 ? commandLine(text) : null;
  const answered = { ...said, replyTo, text, hasFiles: files.length > 0 };
  if (line === null && where.direct && (await answerForm(matrix, room, answered))) return;
  if (line !== null) return void (await matrix.door.receive({ ...said, kind: 'command', line, ...formatted(text) }));
  const inbound: Inbound = {
    ...{ ...said, kind: 'message', message: original.event_id, text, mentionsBot, replyTo, files },
    ...(mentionsBot ? await quotedBy(matrix, room, replyTo ?? where.thread) : {}),
  };
  const kept = await matrix.door.receive(inbound);
  if (kept !== 'ignored' || !(await isUnderDockets(matrix, room, where.thread ?? replyTo))) return;
  // People see a card a moment before Docket knows its number; what they say below it is then looked at once more.
  await setTimeout(recorded);
  await matrix.door.receive(inbound);
}

/**
 * The message that another one replies to, or that its thread began with; nothing where there is none, where it is Docket's own,
 * and where it cannot be read.
 */
async function quotedBy(matrix: Matrix, room: string, id: string | null): Promise<{ readonly quoted?: Quoted }> {
  if (id === null) return {};
  try {
    const found = await findEvent(matrix, room, id);
    if (found === null || found.event.sender === matrix.bot || found.event.type !== 'm.room.message') return {};
    const { text, files } = await readIncoming(matrix, room, messageContent.parse(found.content), found.event.sender);
    return { quoted: { author: await senderOf(matrix, room, found.event), text, files } };
  } catch (error) {
    matrix.log.info({ err: error }, 'the message that was replied to could not be read, and is not quoted');
    return {};
  }
}

function formatted(text: Text): { readonly text?: Text } {
  const command = commandText(text);
  return command === null ? {} : { text: command };
}

/** Within so many milliseconds Docket has recorded what it posted. */
const recorded = 1_000;

async function isUnderDockets(matrix: Matrix, room: string, event: string | null): Promise<boolean> {
  return event !== null && (await findEvent(matrix, room, event))?.event.sender === matrix.bot;
}

/** An edit is one of the message that was there first, and by its author; all else is somebody's forgery. */
async function onEdit(matrix: Matrix, room: string, event: RoomEvent, edit: MessageContent): Promise<void> {
  const target = edit['m.relates_to']?.event_id;
  const next = edit['m.new_content'];
  const original = target === undefined ? null : await originalOf(matrix, room, target);
  if (original === null || next === undefined || original.sender !== event.sender) return;
  // What has no HTML any more is not read from the one that it had.
  const { format: _, formatted_body: __, ...before } = messageContent.parse(original.content);
  const content = { ...before, ...next };
  // What nothing came of is read anew, as if it were said by now: there is nothing to amend.
  if (await isRefused(matrix, room, original.event_id)) {
    return onSaid(matrix, room, { event: event.event_id, original }, content);
  }
  await receiveEdit(matrix, room, event, original, content);
}

/** Whether Docket refused a message and did nothing of it; its mark of that is taken back then. */
async function isRefused(matrix: Matrix, room: string, message: string): Promise<boolean> {
  const channel = matrix.successors.known(room);
  if ((await matrix.door.author({ platform, channel, message })) !== null) return false;
  return takeRefusalBack(matrix, room, message);
}

/** The event that an edit is of, also where it names another edit. */
async function originalOf(matrix: Matrix, room: string, id: string): Promise<RoomEvent | null> {
  const found = await findEvent(matrix, room, id);
  const relation = messageContent.safeParse(found?.event.content).data?.['m.relates_to'];
  if (found === null || relation?.rel_type !== 'm.replace' || relation.event_id === undefined) {
    return found?.event ?? null;
  }
  return (await findEvent(matrix, room, relation.event_id))?.event ?? null;
}

/** Hears that a message was taken back, by its author or by somebody who looks after the room. */
export async function onRedaction(matrix: Matrix, room: string, event: RoomEvent): Promise<void> {
  const { redacts } = event.content;
  const message = event.redacts ?? (typeof redacts === 'string' ? redacts : null);
  if (event.sender === matrix.bot || message === null) return;
  const channel = matrix.successors.known(room);
  const author = await matrix.door.author({ platform, channel, message });
  if (author === null) return onEditTakenBack(matrix, room, event, message);
  await matrix.door.receive({
    kind: 'deletion',
    event: event.event_id,
    at: matrix.options.now(),
    sender: author.sender,
    where: await addressOf(matrix, room, author.thread),
    answerTo: {},
    message,
  });
}

/** An edit was taken back: the message reads again as it did before. */
async function onEditTakenBack(matrix: Matrix, room: string, event: RoomEvent, edit: string): Promise<void> {
  const message = await matrix.door.edited({ platform, workspace: matrix.server, event: edit });
  const found = message === null ? null : await findEvent(matrix, room, message);
  if (found === null) return;
  await receiveEdit(matrix, room, event, found.event, messageContent.parse(found.content));
}

/** @param content how the message reads by now */
async function receiveEdit(
  matrix: Matrix,
  room: string,
  { event_id }: RoomEvent,
  original: RoomEvent,
  content: MessageContent,
): Promise<void> {
  const { text } = await readIncoming(matrix, room, content, original.sender);
  await matrix.door.receive({
    kind: 'edit',
    event: event_id,
    at: matrix.options.now(),
    sender: await senderOf(matrix, room, original),
    where: await addressOf(matrix, room, threadOf(original)),
    answerTo: {},
    message: original.event_id,
    text,
  });
}
