import { largestFile } from './attachments.ts';
import type { Core } from './core.ts';
import { fault, invalidForm, Refusal } from './refusal.ts';
import type { Upload } from './request.ts';
import { type Attachment, type Json, recordsOf, textOf } from './shapes.ts';

const mostFiles = 10;

/**
 * The files of a message (docs.discord.com/developers/reference#uploading-files): those that came with the request, and of
 * those that it had, the ones that `attachments` names, or all where it is left out.
 *
 * @throws Refusal 40005 where one is too large, 50035 where there are too many, or one is named that did not come
 */
export function attachmentsOf(
  core: Core,
  body: Json,
  files: readonly Upload[],
  before: readonly Attachment[],
): readonly Attachment[] {
  const named = Array.isArray(body['attachments']) ? recordsOf(body['attachments']) : null;
  if (files.some(({ content }) => content.length > largestFile)) {
    throw new Refusal(413, 40005, 'Request entity too large');
  }
  const kept = named === null ? before : before.filter(({ id }) => named.some((each) => `${each['id']}` === id));
  for (const [at, { id }] of (named ?? []).entries()) {
    const known = before.some((each) => each.id === `${id}`) || files.some(({ index }) => `${index}` === `${id}`);
    if (!known)
      throw invalidForm([fault(['attachments', at], 'ATTACHMENT_NOT_FOUND', `Attachment ${id} was not sent`)]);
  }
  const added = files.map((file) => {
    const about = (named ?? []).find(({ id }) => `${id}` === `${file.index}`) ?? {};
    return core.attachments.keep({
      id: core.world.ids.next(),
      name: (textOf(about['filename']) || file.name).replaceAll(/[^\w.()-]/g, '_'),
      description: textOf(about['description']) || null,
      ...{ content: file.content, mimetype: file.mimetype },
    });
  });
  const all = [...kept, ...added];
  if (all.length > mostFiles) {
    throw invalidForm([fault(['attachments'], 'BASE_TYPE_MAX_LENGTH', `Must be ${mostFiles} or fewer in length.`)]);
  }
  return all;
}

const mimetypes: Readonly<Record<string, string>> = {
  txt: 'text/plain; charset=utf-8',
  log: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
};

/** What Discord takes a file for, by its name. */
export function mimetypeOf(name: string): string {
  return mimetypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
