import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isBlank } from '../../src/ticket/characters.ts';
import type { Text } from '../../src/ticket/text.ts';
import { checked, HttpRefusal } from '../../src/web/refusal.ts';
import type { Viewer } from '../../src/web/sessions.ts';
import { eventId, rowNumber, typed } from '../../src/web/typed.ts';
import type { Chat } from './chat.ts';
import { mentioned, parseMarkdown } from './markdown.ts';
import { botHandle } from './message.ts';
import { readForm, type Upload } from './uploads.ts';

/** Characters of one message. */
export const messageLimit = 20_000;

/** What every act of a page carries: the id of the event, and which page it is. */
export const act = z.object({ event: eventId, page: z.uuid() });

const written = act.extend({ text: typed(messageLimit, 'A message').default(''), thread: rowNumber.optional() });

/** A message as a page sends it: a form with files, or JSON. Refuses what is too long, and what is empty. */
export async function readMessage(
  request: FastifyRequest,
): Promise<z.infer<typeof written> & { files: readonly Upload[] }> {
  const { fields, files } = request.isMultipart()
    ? await readForm(request, messageLimit)
    : { fields: request.body, files: [] };
  const message = checked(written, { ...Object(fields), ...ownIds(request) });
  if (isBlank(message.text) && files.length === 0) {
    throw new HttpRefusal(400, 'There is nothing to send yet. Write something, or attach a file.');
  }
  return { ...message, files };
}

/** Whether a browser sent this by itself, as a plain form: its scripts had not come yet. */
export function bySelf(request: FastifyRequest): boolean {
  return request.headers['sec-fetch-mode'] === 'navigate';
}

/** The ids that the scripts of a page would have sent; none where they have. */
export function ownIds(request: FastifyRequest): Partial<z.infer<typeof act>> {
  return bySelf(request) ? { event: randomUUID(), page: randomUUID() } : {};
}

/** Reads what was typed, with the people whom it mentions. A name that the writer does not know is a word like any other. */
export async function readTyped(
  { db, acquainted }: Pick<Chat, 'db' | 'acquainted'>,
  { person }: Pick<Viewer, 'person'>,
  source: string,
): Promise<{ text: Text; people: ReadonlyMap<string, string> }> {
  const names = mentioned(source);
  const { rows } =
    names.length === 0
      ? { rows: [] }
      : await db.query<{ id: number; name: string; display_name: string }>(
          'select id, name, display_name from people where name = any($1) and active',
          [names],
        );
  const ids = rows.map(({ id }) => id);
  const known = ids.length === 0 ? new Set<number>() : await acquainted(person, ids);
  const found = rows.filter(({ id, name }) => name === botHandle || known.has(id));
  const people = new Map(found.map((row) => [row.name, row.display_name]));
  return { text: parseMarkdown(source, people), people };
}
