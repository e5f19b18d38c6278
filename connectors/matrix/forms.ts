import { cutText, roomOf } from '../../src/ticket/cut.ts';
import { shorten } from '../../src/ticket/shorten.ts';
import { type Inline, paragraph, type Text } from '../../src/ticket/text.ts';
import type { Address, FormView, Inbound, Sender } from '../connector.ts';
import { contentOf, fitted } from './blocks/message.ts';
import { findEvent } from './events.ts';
import { type Asking, ask, askedNow, formKey, overview, question, refusing, take, wrongIn } from './form.ts';
import { type FormMark, openForms, stateOf } from './form-state.ts';
import type { Matrix } from './matrix.ts';
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
 * @param root the message that the form's thread hangs on, where it is asked again; else it begins one
 * @throws TryLater, Undeliverable, Refused
 */
export async function askForm(
  matrix: Matrix,
  room: string,
  { form, where, key, root }: { form: FormView; where: Address; key: string; root: string | null },
): Promise<void> {
  const asking = ask(form, where);
  if (asking !== null) await pose(matrix, room, asking, { root, key }, { above: overview(asking.form), first: true });
}

/**
 * Takes what was said in a direct conversation for an answer, where it is said in the thread of a form, as a reply to a
 * question, or beside all threads while one form is open: then the next question follows, or the form is handed on. An
 * answer that cannot be taken is asked for again at once.
 *
 * @returns whether it was one, or was answered here with what to do
 * @throws TryLater, Undeliverable, Refused
 */
export async function answerForm(matrix: Matrix, room: string, said: Answered): Promise<boolean> {
  const under = said.where.thread ?? said.replyTo;
  if (under === null) return answerBeside(matrix, room, said);
  const found = await findEvent(matrix, room, under);
  if (found === null || found.event.sender !== matrix.bot || found.content[formKey] === undefined) return false;
  await answerIn(matrix, room, said.where.thread ?? found.thread ?? found.event.event_id, said);
  return true;
}

/** Said beside all threads: the answer to the form that is open, unless it is something that Docket knows. */
async function answerBeside(matrix: Matrix, room: string, said: Answered): Promise<boolean> {
  if (said.hasFiles) return false;
  const { open, isLast } = await openForms(matrix, room);
  const [root] = open;
  if (root === undefined || (await matrix.door.understands(messageOf(said)))) return false;
  if (open.length === 1 && isLast) await answerIn(matrix, room, root, said);
  else await tell(matrix, room, { root: null, key: said.event }, [open.length === 1 ? askedBefore : severalOpen]);
  return true;
}

const askedBefore = paragraph(
  '❓ Docket does not know this command. If it answers the form above, reply to the last question of that form.',
);
const severalOpen = paragraph('❓ Several forms are open. Reply to the question that you want to answer.');

async function answerIn(matrix: Matrix, room: string, root: string, said: Answered): Promise<void> {
  const under = { root, key: said.event };
  const { asking, taken } = await stateOf(matrix, room, root);
  const submitted = asking?.left.length === 0;
  if (taken.has(said.event)) {
    // It may not have come as far as the desk, which passes over what it knows.
    if (asking !== null && submitted) await matrix.door.receive(submission(asking, root, room, said));
    return;
  }
  if (asking === null || submitted) return tell(matrix, room, under, [alreadySubmitted]);
  if (said.hasFiles) return pose(matrix, room, asking, under, { above: noFiles, first: false });
  const answer = answerLine(said.text);
  const next = take(asking, answer);
  const wrong = await wrongWith(matrix, asking, next, answer, submission(next, root, room, said));
  if (wrong !== null) return pose(matrix, room, refusing(asking, wrong), under);
  if (next.left.length > 0) return pose(matrix, room, next, under);
  const state = await matrix.door.remember(JSON.stringify(next));
  await tell(matrix, room, under, [paragraph(`📨 Submitted: ${shorten(next.form.title, 200)}`)], { above: [], state });
  await matrix.door.receive(submission(next, root, room, said));
}

const alreadySubmitted = paragraph('This form was already submitted. Ask for a new one.');

/** What is wrong with the answer that was given last; null where nothing shows before the form is submitted. */
async function wrongWith(
  { door }: Matrix,
  asking: Asking,
  next: Asking,
  answer: string,
  submitted: Extract<Inbound, { kind: 'submit' }>,
): Promise<readonly Inline[] | null> {
  const choice = wrongIn(asking, answer);
  if (choice !== null) return [choice];
  const name = askedNow(asking);
  const mistakes = name === null ? {} : await door.mistakes(submitted);
  return name === null || next.left.includes(name) ? null : (mistakes[name] ?? null);
}

function messageOf({ event, at, sender, where, text }: Answered): Extract<Inbound, { kind: 'message' }> {
  return {
    ...{ kind: 'message', event, at, sender, where, answerTo: {}, message: event },
    ...{ text, mentionsBot: false, replyTo: null, files: [] },
  };
}

interface Under {
  /** The message that the thread of the form hangs on; null where it is to be begun. */
  readonly root: string | null;
  readonly key: string;
}

const noFiles = [
  paragraph('❓ A form takes no files, and nothing of that was taken. Send it in the thread of the ticket.'),
];

/** @param first whether the question tells how it is answered */
async function pose(
  matrix: Matrix,
  room: string,
  asking: Asking,
  under: Under,
  { above, first }: { above: Text; first: boolean } = { above: [], first: false },
): Promise<void> {
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
  { above, state }: { above: Text; state: string | null } = { above: [], state: null },
): Promise<void> {
  const drawing = { account: () => null, ticketUrl: () => null, zone: matrix.options.zone };
  const mark: FormMark = { state, after: key };
  const drawn = fitted((most) => ({ content: contentOf([...cutText(above, roomOf(most)), ...text], drawing) }));
  const marked = root === null && state === null ? {} : { [formKey]: mark };
  const content = { ...drawn.content, msgtype: 'm.text', ...marked, ...(await inThread(matrix, room, root)) };
  await send(matrix, room, 'm.room.message', content, transactionOf(`form ${key}`));
}

function submission(
  { form, where, answers }: Asking,
  root: string,
  room: string,
  said: Answered,
): Extract<Inbound, { kind: 'submit' }> {
  return {
    kind: 'submit',
    event: said.event,
    at: said.at,
    sender: said.sender,
    where,
    answerTo: { event: said.event, form: root, room },
    command: form.command,
    answers,
  };
}
