import type { Arguments } from '../arguments.ts';
import { checkBlocks, messageContent } from '../content.ts';
import type { Core } from '../core.ts';
import { Refusal, refusedFor } from '../refusal.ts';
import { type Channel, type Json, type Message, recordOf, recordsOf } from '../shapes.ts';
import type { Method } from '../web-api.ts';
import { messageJson } from '../wire.ts';
import { bot } from '../workspace.ts';

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': (core, args) => {
    const channel = writable(core, args.required('channel', 'channel_not_found'));
    const content = messageContent(core, args, false);
    const metadata = metadataOf(args);
    const root = threadIn(channel, args.text('thread_ts'));
    const ts = core.workspace.ts();
    const message: Message = {
      ...{ ts, user: bot.user, subtype: null, ...content, files: [], edited: null, reactions: new Map() },
      ...{ thread: root, broadcast: root !== null && args.flag('reply_broadcast'), metadata },
    };
    core.workspace.post(channel, message);
    return { channel: channel.id, ts, message: shown(core, channel, message) };
  },

  'chat.update': (core, args) => {
    const channel = writable(core, args.required('channel', 'channel_not_found'));
    const message = own(core, channel, args.required('ts', 'message_not_found'), 'cant_update_message');
    const { text, blocks, attachments } = messageContent(core, args, true);
    // What is left out stays as it was; an empty list takes it away.
    const changed: Message = {
      ...message,
      text,
      blocks: args.has('blocks') ? blocks : message.blocks,
      attachments: args.has('attachments') ? attachments : message.attachments,
      metadata: args.has('metadata') ? metadataOf(args) : message.metadata,
      edited: { user: bot.user, ts: core.workspace.ts() },
    };
    core.workspace.change(channel, changed);
    return { channel: channel.id, ts: message.ts, text, message: shown(core, channel, changed) };
  },

  'chat.delete': (core, args) => {
    const channel = core.workspace.channel(args.required('channel', 'channel_not_found'));
    const message = own(core, channel, args.required('ts', 'message_not_found'), 'cant_delete_message');
    core.workspace.delete(channel, message, bot.user);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.postEphemeral': (core, args) => {
    const channel = core.workspace.joined(args.required('channel', 'channel_not_found'));
    if (channel.archived) throw new Refusal('is_archived');
    const user = core.workspace.person(args.required('user', 'user_not_found')).id;
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
    const content = messageContent(core, args, false);
    const ts = core.workspace.ts();
    const thread = args.text('thread_ts') || null;
    core.workspace.tell({ kind: 'ephemeral', user, message: { ts, channel: channel.id, thread, ...content } });
    return { message_ts: ts };
  },

  'chat.getPermalink': (core, args) => {
    const channel = core.workspace.channel(args.required('channel', 'channel_not_found'));
    const { ts } = core.workspace.message(channel, args.required('message_ts', 'message_not_found'));
    const at = `https://${core.workspace.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
    return { channel: channel.id, permalink: at };
  },

  'chat.unfurl': (core, args) => {
    const unfurls = Object.entries(args.record('unfurls'));
    if (unfurls.length === 0) throw new Refusal('missing_unfurls');
    const attachments = unfurls.map(([url, unfurl]) => unfurled(core, url, recordOf(unfurl)));
    if (args.text('source') === 'composer') {
      core.composed.set(args.required('unfurl_id', 'cannot_find_message'), attachments);
      return {};
    }
    const [id = '', ts = ''] = args.has('unfurl_id')
      ? args.text('unfurl_id').split('-')
      : [args.text('channel'), args.text('ts')];
    const channel = core.workspace.channels.get(id);
    if (channel === undefined) throw new Refusal('cannot_find_channel');
    const message = channel.messages.get(ts);
    if (message === undefined) throw new Refusal('cannot_find_message');
    core.workspace.change(channel, { ...message, attachments });
    return {};
  },
};

function unfurled(core: Core, url: string, unfurl: Json): Json {
  if (!core.unfurlDomains.includes(new URL(url).hostname)) throw new Refusal('cannot_unfurl_url');
  const blocks = recordsOf(unfurl['blocks']);
  checkBlocks(core, blocks);
  // slackapi/java-slack-sdk issue 948.
  if (blocks.some(({ type }) => type === 'rich_text')) {
    throw refusedFor('invalid_arguments', ['unsupported type: rich_text [json-pointer:/blocks]']);
  }
  return { ...unfurl, from_url: url };
}

/** Where the bot can write: a channel that it is in, or a direct conversation, also by the person's id. */
function writable({ workspace, tokens }: Core, id: string): Channel {
  if (/^[UW]/.test(id) && workspace.people.has(id)) return workspace.direct(id);
  const channel = workspace.channel(id);
  const open = channel.kind === 'public' && tokens.scopes.has('chat:write.public');
  if (channel.archived) throw new Refusal('is_archived');
  return open ? channel : workspace.joined(id);
}

function own({ workspace }: Core, channel: Channel, ts: string, code: string): Message {
  const message = workspace.message(channel, ts);
  if (message.user !== bot.user) throw new Refusal(code);
  return message;
}

/**
 * The thread that a message is to stand in. One that is named by a reply is the reply's own; where there is no such
 * message (any more), Slack says nothing, and posts in the channel (slack-go/slack issue 1571).
 */
function threadIn(channel: Channel, ts: string): string | null {
  const root = channel.messages.get(ts);
  return root === undefined ? null : (root.thread ?? ts);
}

/** @throws Refusal invalid_metadata_format */
function metadataOf(args: Arguments): Json | null {
  const metadata = args.record('metadata');
  const { event_type, event_payload } = metadata;
  if (Object.keys(metadata).length === 0) return null;
  if (typeof event_type !== 'string' || event_type === '' || typeof event_payload !== 'object') {
    throw new Refusal('invalid_metadata_format');
  }
  if (JSON.stringify(metadata).length > 16_000) throw new Refusal('metadata_too_large');
  return metadata;
}

function shown({ workspace, baseUrl }: Core, channel: Channel, message: Message): Json {
  return messageJson(workspace, channel, message, { baseUrl: baseUrl() });
}
