import type { ServerResponse } from 'node:http';
import { Arguments } from './arguments.ts';
import { messageContent } from './content.ts';
import type { Core } from './core.ts';
import { Refusal } from './refusal.ts';
import type { ResponseUrl } from './response-urls.ts';
import { recordOf } from './shapes.ts';
import { bot } from './workspace.ts';

/** Takes what the app answers at a response URL (docs.slack.dev/interactivity/handling-user-interaction). */
export async function respond(core: Core, id: string, body: Buffer, response: ServerResponse): Promise<void> {
  try {
    const url = core.responseUrls.use(id);
    answerAt(core, url, new Arguments(recordOf(JSON.parse(body.toString()))));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof SyntaxError)) throw error;
    const code = error instanceof Refusal ? error.code : 'invalid_payload';
    const status = /_url$/.test(code) ? 404 : 500;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: false, error: code }));
  }
}

/**
 * Shows an answer to what somebody did.
 *
 * @throws Refusal where it is no message
 */
export function answerAt(core: Core, { channel: id, user, message, thread }: ResponseUrl, args: Arguments): void {
  const { workspace } = core;
  const channel = workspace.channels.get(id);
  if (channel === undefined) throw new Refusal('channel_not_found');
  if (channel.archived) throw new Refusal('is_archived');
  if (args.flag('delete_original')) {
    if (message?.ephemeral) workspace.tell({ kind: 'ephemeral gone', user, ts: message.ts });
    else if (message) workspace.delete(channel, workspace.message(channel, message.ts), bot.user);
    return;
  }
  const content = messageContent(core, args, false);
  const replaces = args.flag('replace_original') && message !== null;
  if (replaces && !message.ephemeral) {
    const before = workspace.message(channel, message.ts);
    workspace.change(channel, { ...before, ...content, edited: { user: bot.user, ts: workspace.ts() } });
    return;
  }
  const below = args.text('thread_ts') || thread;
  if (args.text('response_type') === 'in_channel') {
    const fresh = { ts: workspace.ts(), user: bot.user, subtype: null, ...content, files: [], thread: below };
    workspace.post(channel, { ...fresh, broadcast: false, edited: null, reactions: new Map(), metadata: null });
    return;
  }
  if (replaces) workspace.tell({ kind: 'ephemeral gone', user, ts: message.ts });
  const ts = workspace.ts();
  workspace.tell({ kind: 'ephemeral', user, message: { ts, channel: id, thread: below, ...content } });
}
