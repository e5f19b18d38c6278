import type { Arguments } from '../arguments.ts';
import type { Core } from '../core.ts';
import { type Page, pageOf } from '../pages.ts';
import { Refusal } from '../refusal.ts';
import { scopeOf } from '../scopes.ts';
import type { Channel, Json, Message } from '../shapes.ts';
import type { Method } from '../web-api.ts';
import { channelJson, messageJson } from '../wire.ts';
import { bot } from '../workspace.ts';

const kinds: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.list': ({ workspace, tokens }, args) => {
    const wanted = (args.text('types') || 'public_channel').split(',').map((type) => kinds[type.trim()]);
    if (wanted.includes(undefined)) throw new Refusal('invalid_types');
    const seen = [...workspace.channels.values()]
      .filter(({ kind }) => wanted.includes(kind))
      .filter(({ kind, members }) => kind === 'public' || members.has(bot.user))
      .filter(({ archived }) => !archived || !args.flag('exclude_archived'));
    for (const channel of seen) tokens.need([scopeOf(channel, 'read')]);
    const { items, response_metadata } = pageOf(seen, args, 100);
    return { channels: items.map(channelJson), response_metadata };
  },

  'conversations.info': ({ workspace }, args) => ({
    channel: channelJson(workspace.channel(args.required('channel', 'channel_not_found'))),
  }),

  'conversations.members': ({ workspace }, args) => {
    const { members } = workspace.channel(args.required('channel', 'channel_not_found'));
    const { items, response_metadata } = pageOf([...members], args, 100);
    return { members: items, response_metadata };
  },

  'conversations.open': ({ workspace }, args) => {
    const user = args.required('users', 'users_list_not_supplied');
    if (user.includes(',')) throw new Refusal('method_not_supported_for_channel_type');
    const person = workspace.person(user);
    if (person.bot) throw new Refusal('cannot_dm_bot');
    if (person.deleted) throw new Refusal('user_disabled');
    const already_open = workspace.channels.has(`D${user.slice(1)}`);
    return { channel: { id: workspace.direct(user).id }, ...(already_open ? { already_open, no_op: true } : {}) };
  },

  'conversations.join': ({ workspace }, args) => {
    const channel = workspace.channel(args.required('channel', 'channel_not_found'));
    if (channel.archived) throw new Refusal('is_archived');
    if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
    workspace.member(channel, bot.user, true);
    return { channel: channelJson(channel) };
  },

  'conversations.history': (core, args) => {
    const channel = core.workspace.joined(args.required('channel', 'channel_not_found'));
    const top = [...channel.messages.values()].filter(({ thread, broadcast }) => thread === null || broadcast);
    const found = top.filter(within(args)).reverse();
    return messages(core, channel, pageOf(found, args, 100), args);
  },

  'conversations.replies': (core, args) => {
    const channel = core.workspace.joined(args.required('channel', 'channel_not_found'));
    const ts = args.required('ts', 'thread_not_found');
    const first = channel.messages.get(ts);
    const replies = core.workspace.replies(channel, ts);
    if (first === undefined && replies.length === 0) throw new Refusal('thread_not_found');
    const found = [...(first === undefined ? [] : [first]), ...replies.filter(within(args))];
    return messages(core, channel, pageOf(found, args, 1_000), args);
  },
};

function within(args: Arguments): (message: Message) => boolean {
  const oldest = Number(args.text('oldest') || 0);
  const latest = Number(args.text('latest') || Number.POSITIVE_INFINITY);
  const edges = args.flag('inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return edges ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function messages({ workspace, baseUrl }: Core, channel: Channel, page: Page<Message>, args: Arguments): Json {
  const shown = { metadata: args.flag('include_all_metadata'), baseUrl: baseUrl() };
  return {
    messages: page.items.map((message) => messageJson(workspace, channel, message, shown)),
    has_more: page.more,
    ...(page.more ? { response_metadata: page.response_metadata } : {}),
  };
}
