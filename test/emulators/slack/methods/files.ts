import type { Core } from '../core.ts';
import { Refusal } from '../refusal.ts';
import { type Channel, type SlackFile, textOf } from '../shapes.ts';
import type { Method } from '../web-api.ts';
import { fileJson } from '../wire.ts';
import { bot } from '../workspace.ts';

/** Uploads in three steps (docs.slack.dev/messaging/working-with-files): an address, the bytes, and the end of it. */
export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': ({ workspace, baseUrl }, args) => {
    const name = args.required('filename');
    if (args.number('length', 0) < 1) throw new Refusal('invalid_arguments');
    const id = workspace.id('F');
    const file = { id, name, title: name, mimetype: mimetypeOf(name), user: bot.user };
    workspace.files.set(id, { ...file, content: Buffer.alloc(0), complete: false, channels: new Set() });
    return { upload_url: `${baseUrl()}/upload/${id}`, file_id: id };
  },

  'files.completeUploadExternal': (core, args) => {
    const { workspace, baseUrl } = core;
    const files = args.records('files').map(({ id, title }) => {
      const file = workspace.files.get(textOf(id));
      if (file === undefined || file.content.length === 0) throw new Refusal('file_not_found');
      return { file, title: textOf(title) || file.title };
    });
    if (files.length === 0) throw new Refusal('invalid_arguments');
    const channel = args.text('channel_id') === '' ? null : workspace.joined(args.text('channel_id'));
    if (channel?.archived) throw new Refusal('is_archived');
    for (const { file, title } of files) {
      file.title = title;
      file.complete = true;
    }
    if (channel !== null) share(core, channel, args.text('thread_ts') || null, args.text('initial_comment'), files);
    return { files: files.map(({ file }) => fileJson(workspace, file, baseUrl())) };
  },

  'files.info': ({ workspace, baseUrl }, args) => {
    const file = workspace.files.get(args.required('file', 'file_not_found'));
    if (!file?.complete) throw new Refusal('file_not_found');
    return { file: fileJson(workspace, file, baseUrl()) };
  },
};

function share(
  { workspace }: Core,
  channel: Channel,
  thread: string | null,
  text: string,
  files: readonly { readonly file: SlackFile }[],
): void {
  workspace.post(channel, {
    ...{ ts: workspace.ts(), user: bot.user, subtype: 'file_share', text, blocks: [], attachments: [] },
    ...{ files: files.map(({ file }) => file.id), thread, broadcast: false, edited: null },
    ...{ reactions: new Map(), metadata: null },
  });
}

export function mimetypeOf(name: string): string {
  if (name.endsWith('.png')) return 'image/png';
  return /\.(txt|log|md)$/.test(name) ? 'text/plain' : 'application/octet-stream';
}
