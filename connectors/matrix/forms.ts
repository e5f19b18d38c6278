import { z } from 'zod';
import { cutText, roomOf } from '../../src/ticket/cut.ts';
import { paragraph, type Text } from '../../src/ticket/text.ts';
import type { Address, FormView, Inbound, Sender } from '../connector.ts';
import { contentOf, fitted } from './blocks/message.ts';
import { findEvent } from './events.ts';
import { type Asking, ask, formKey, overview, question, readAsking, take, wrongIn } from './form.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { eventShape } from './payloads.ts';
import { answerLine } from './reading.ts';
import { send, transactionOf } from './sending.ts';
import { inThread } from './thread.ts';

/** An answer to a question, as it came in. */
interface Answered {
  readonly event: string;
  readonly at: string;
  readonly sender: Sender;
  readonly where: Address;
  readonly replyTo: string | null;
  readonly text: Text;
  readonly hasFiles: boolean;
}

/**
 * Asks a form in somebody's direct conversation: all of it is shown, and the first question asked.
 *
 * @param key names the asking: what is asked again under it is the same message
 * @throws TryLater, Undeliverable, Refused
 */
export async function askForm(
  matrix: Matrix,
  room: string,
  { form, where, key }: { form: FormView; where: Address; key: string },
): Promise<void> {
  const asking = ask(form, where);
  if (asking !== null) await pose(matrix, room, asking, { root: null, key });
}

/**
 * Takes what was said in a direct conversation for an answer, where it is said in the thread of a form or as a reply to a
 * question: then the next question follows, or the form is handed on.
 *
 * @returns whether it was one
 * @throws TryLater, Undeliverable, Refused
 */
export async function answerForm(matrix: Matrix, room: string, said: Answered): Promise<boolean> {
  const under = said.where.thread ?? said.replyTo;
  const found = under === null ? null : await findEvent(matrix, room, under);
  if (found === null || found.event.sender !== matrix.bot || found.content[formKey] === undefined) return false;
  const root = said.where.thread ?? found.thread ?? found.event.event_id;
  const { asking, taken } = await stateOf(matrix, room, root);
  if (taken.has(said.event)) return true;
  if (asking === null) {
    await tell(matrix, room, { root, key: said.event }, [paragraph('This form was sent already. Ask for it anew.')]);
    return true;
  }
  if (said.hasFiles) {
    await pose(matrix, room, asking, { root, key: said.event }, noFiles);
    return true;
  }
  const wrong = wrongIn(asking, answerLine(said.text));
  if (wrong !== null) {
    await pose(matrix, room, asking, { root, key: said.event }, [paragraph(`❓ ${wrong}`)]);
    return true;
  }
  const next = take(asking, answerLine(said.text));
  if (next.left.length === 0) await submit(matrix, room, { root, asking: next, said });
  else await pose(matrix, room, next, { root, key: said.event });
  return true;
}

interface Under {
  /** The message that the thread of the form hangs on; null where it is to be begun. */
  readonly root: string | null;
  readonly key: string;
}

const noFiles = [
  paragraph('❓ A form takes no files, and nothing of that was taken. Send it in the thread of the ticket.'),
];

async function pose(matrix: Matrix, room: string, asking: Asking, under: Under, before: Text = []): Promise<void> {
  const first = under.root === null;
  const above = first ? overview(asking.form) : before;
  await tell(matrix, room, under, question(asking, first), {
    above,
    state: await matrix.door.remember(JSON.stringify(asking)),
  });
}

async function tell(
  matrix: Matrix,
  room: string,
  { root, key }: Under,
  text: Text,
  { above, state }: { above: Text; state: string } = { above: [], state: '' },
): Promise<void> {
  const drawing = { account: () => null, ticketUrl: () => null, zone: matrix.options.zone };
  const mark: z.infer<typeof markShape> = { state, after: key };
  const drawn = fitted((most) => ({ content: contentOf([...cutText(above, roomOf(most)), ...text], drawing) }));
  const content = { ...drawn.content, msgtype: 'm.text', [formKey]: mark, ...inThread(root) };
  await send(matrix, room, 'm.room.message', content, transactionOf(`form ${key}`));
}

async function submit(
  matrix: Matrix,
  room: string,
  { root, asking, said }: { root: string; asking: Asking; said: Answered },
): Promise<void> {
  const { form, where, answers } = asking;
  const inbound: Inbound = {
    kind: 'submit',
    event: said.event,
    at: said.at,
    sender: said.sender,
    where,
    answerTo: { event: said.event, form: root, room },
    command: form.command,
    answers,
  };
  await matrix.door.receive(inbound);
  await tell(matrix, room, { root, key: said.event }, [paragraph(`✔️ ${form.submit}`)]);
}

/** What Docket's messages in the thread of a form carry. */
const markShape = z.object({
  /** The key of what is remembered of the form; empty where nothing is asked any more. */
  state: z.string(),
  /** The answer that it follows on. */
  after: z.string(),
});

const page = z.object({ chunk: z.array(z.unknown()) });

/** Messages of a thread that are looked through: there is one for each question and each answer. */
const mostMessages = 100;

/** How far the form of a thread came (null: it was sent), and the answers that were taken already. */
async function stateOf(
  matrix: Matrix,
  room: string,
  root: string,
): Promise<{ readonly asking: Asking | null; readonly taken: ReadonlySet<string> }> {
  const path = `/client/v1/rooms/${part(room)}/relations/${part(root)}/m.thread`;
  const query = { limit: String(mostMessages), dir: 'b' };
  const { chunk } = await matrix.api.call({ path, query, room, shape: page });
  const marks: z.infer<typeof markShape>[] = [];
  for (const each of chunk) {
    const event = eventShape.safeParse(each).data;
    if (event?.sender === matrix.bot) marks.push(...markOf((await matrix.device.readable(room, event)).content));
  }
  marks.push(...markOf((await findEvent(matrix, room, root))?.content ?? {}));
  const state = marks[0]?.state ?? '';
  const remembered = state === '' ? null : await matrix.door.recall(state);
  return { asking: readAsking(remembered), taken: new Set(marks.map(({ after }) => after)) };
}

function markOf(content: Readonly<Record<string, unknown>>): readonly z.infer<typeof markShape>[] {
  const mark = markShape.safeParse(content[formKey]);
  return mark.success ? [mark.data] : [];
}
