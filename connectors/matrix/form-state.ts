import { z } from 'zod';
import { findEvent, threadOf } from './events.ts';
import { type Asking, formKey, readAsking } from './form.ts';
import { part } from './ids.ts';
import type { Matrix } from './matrix.ts';
import { eventShape, messageContent } from './payloads.ts';

/** What Docket's messages in the thread of a form carry. */
const markShape = z.object({
  /** The key of what is remembered of the form; null where the message left it as it was; empty: it was submitted. */
  state: z.string().nullable(),
  /** The answer that it follows on. */
  after: z.string(),
});
export type FormMark = z.infer<typeof markShape>;

const page = z.object({ chunk: z.array(z.unknown()) });

/** Messages of a thread that are looked through: there is one for each question and each answer. */
const mostMessages = 100;

/**
 * How far the form of a thread came (null: nothing is remembered of it), and the answers that were taken already.
 *
 * @throws TryLater, Undeliverable, Refused
 */
export async function stateOf(
  matrix: Matrix,
  room: string,
  root: string,
): Promise<{ readonly asking: Asking | null; readonly taken: ReadonlySet<string> }> {
  const path = `/client/v1/rooms/${part(room)}/relations/${part(root)}/m.thread`;
  const query = { limit: String(mostMessages), dir: 'b' };
  const { chunk } = await matrix.api.call({ path, query, room, shape: page });
  const marks: FormMark[] = [];
  for (const each of chunk) {
    const event = eventShape.safeParse(each).data;
    if (event?.sender === matrix.bot) marks.push(...markOf((await matrix.device.readable(room, event)).content));
  }
  marks.push(...markOf((await findEvent(matrix, room, root))?.content ?? {}));
  const state = marks.find((mark) => mark.state !== null)?.state ?? '';
  return { asking: await recalled(matrix, state), taken: new Set(marks.map(({ after }) => after)) };
}

/** Messages of a direct conversation that are looked through for forms: what is older is not meant by a plain message. */
const mostRecent = 50;

/** A question is answered by a plain message for so long. Milliseconds. */
const patience = 3_600_000;

/**
 * The forms of a direct conversation that wait for an answer, by the message that their thread hangs on, and whether one of
 * them asked the last thing that Docket said there, within the last hour.
 *
 * @throws TryLater, Undeliverable, Refused
 */
export async function openForms(
  matrix: Matrix,
  room: string,
): Promise<{ readonly open: readonly string[]; readonly isLast: boolean }> {
  const path = `/client/v3/rooms/${part(room)}/messages`;
  const { chunk } = await matrix.api.call({ path, query: { dir: 'b', limit: String(mostRecent) }, room, shape: page });
  const states = new Map<string, string>();
  let last: { readonly root: string | null; readonly at: number } | null = null;
  for (const each of chunk) {
    const raw = eventShape.safeParse(each).data;
    if (raw?.sender !== matrix.bot || !/^m\.room\.(?:message|encrypted)$/.test(raw.type)) continue;
    const { content } = await matrix.device.readable(room, raw);
    const relation = messageContent.safeParse(raw.content).data?.['m.relates_to'];
    if (Object.keys(content).length === 0 || relation?.rel_type === 'm.replace') continue;
    const [mark] = markOf(content);
    const root = threadOf(raw) ?? raw.event_id;
    last ??= { root: mark === undefined ? null : root, at: raw.origin_server_ts ?? 0 };
    if (mark !== undefined && mark.state !== null && !states.has(root)) states.set(root, mark.state);
  }
  const open: string[] = [];
  for (const [root, state] of states) {
    const asking = await recalled(matrix, state);
    if (asking !== null && asking.left.length > 0) open.push(root);
  }
  const recent = last !== null && Date.parse(matrix.options.now()) - last.at < patience;
  return { open, isLast: recent && last?.root !== null && open.includes(last?.root ?? '') };
}

async function recalled({ door }: Matrix, state: string): Promise<Asking | null> {
  return state === '' ? null : readAsking(await door.recall(state));
}

function markOf(content: Readonly<Record<string, unknown>>): readonly FormMark[] {
  const mark = markShape.safeParse(content[formKey]);
  return mark.success ? [mark.data] : [];
}
