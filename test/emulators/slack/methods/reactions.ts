import type { Arguments } from '../arguments.ts';
import type { Core } from '../core.ts';
import { isEmoji } from '../emoji.ts';
import { Refusal } from '../refusal.ts';
import type { Channel, Message } from '../shapes.ts';
import type { Method } from '../web-api.ts';
import { messageJson } from '../wire.ts';
import { bot } from '../workspace.ts';

export const reactionMethods: Readonly<Record<string, Method>> = {
  'reactions.add': (core, args) => {
    const { channel, message, name } = target(core, args);
    if (channel.archived) throw new Refusal('is_archived');
    if (message.reactions.get(name)?.includes(bot.user)) throw new Refusal('already_reacted');
    core.workspace.react(channel, message, { user: bot.user, name, added: true });
    return {};
  },

  'reactions.remove': (core, args) => {
    const { channel, message, name } = target(core, args);
    if (!message.reactions.get(name)?.includes(bot.user)) throw new Refusal('no_reaction');
    core.workspace.react(channel, message, { user: bot.user, name, added: false });
    return {};
  },

  'reactions.get': (core, args) => {
    const channel = core.workspace.joined(args.required('channel', 'channel_not_found'));
    const message = core.workspace.message(channel, args.required('timestamp', 'no_item_specified'));
    const shown = messageJson(core.workspace, channel, message, { baseUrl: core.baseUrl() });
    return { type: 'message', channel: channel.id, message: shown };
  },
};

function target({ workspace }: Core, args: Arguments): { channel: Channel; message: Message; name: string } {
  const name = args.required('name', 'invalid_name').replaceAll(':', '');
  if (!isEmoji(name)) throw new Refusal('invalid_name');
  const channel = workspace.joined(args.required('channel', 'channel_not_found'));
  return { channel, message: workspace.message(channel, args.required('timestamp', 'no_item_specified')), name };
}
