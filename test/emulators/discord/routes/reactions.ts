import { demand } from '../permissions.ts';
import { refusals } from '../refusal.ts';
import type { Ask } from '../request.ts';
import type { Routes } from '../route.ts';
import type { Channel, Message } from '../shapes.ts';
import { userJson } from '../wire.ts';
import { visible } from './messages.ts';

/** A sign, a flag or a key, with what changes its looks. */
const emojiSign =
  /^(?=.*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3))[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u;

const one = '/channels/{channel_id}/messages/{message_id}/reactions';

export const reactionRoutes: Routes = {
  [`PUT ${one}/{emoji_name}/@me`]: (ask) => {
    const { world } = ask.core;
    const { channel, message } = reactable(ask);
    const emoji = emojiOf(ask);
    demand(world, channel, world.app, 'ReadMessageHistory');
    if (!message.reactions.has(emoji)) demand(world, channel, world.app, 'AddReactions');
    world.react(message, world.app, emoji, true);
    return null;
  },

  [`DELETE ${one}/{emoji_name}/@me`]: (ask) => {
    const { world } = ask.core;
    world.react(reactable(ask).message, world.app, emojiOf(ask), false);
    return null;
  },

  [`DELETE ${one}/{emoji_name}/{user_id}`]: (ask) => {
    const { world } = ask.core;
    const { channel, message } = reactable(ask);
    demand(world, channel, world.app, 'ManageMessages');
    world.react(message, ask.path['user_id'] ?? '', emojiOf(ask), false);
    return null;
  },

  [`GET ${one}/{emoji_name}`]: (ask) => {
    const { world } = ask.core;
    const message = world.message(visible(ask), ask.path['message_id'] ?? '');
    const users = message.reactions.get(emojiOf(ask)) ?? [];
    return users.slice(0, Number(ask.query.get('limit') ?? 25)).map((user) => userJson(world.user(user)));
  },

  [`DELETE ${one}`]: (ask) => without(ask, [...reactable(ask).message.reactions.keys()]),
  [`DELETE ${one}/{emoji_name}`]: (ask) => without(ask, [emojiOf(ask)]),
};

function without(ask: Ask, emoji: readonly string[]): null {
  const { world } = ask.core;
  const { channel, message } = reactable(ask);
  demand(world, channel, world.app, 'ManageMessages');
  for (const each of emoji) {
    for (const user of message.reactions.get(each) ?? []) {
      world.react(world.message(channel, message.id), user, each, false);
    }
  }
  return null;
}

function reactable(ask: Ask): { channel: Channel; message: Message } {
  const channel = visible(ask);
  const message = ask.core.world.message(channel, ask.path['message_id'] ?? '');
  if (channel.thread?.archived === true) throw refusals.archived();
  return { channel, message };
}

/** @throws Refusal 10014 where it is no emoji */
function emojiOf({ path }: Ask): string {
  const emoji = path['emoji_name'] ?? '';
  if (!/^\w+:\d+$/.test(emoji) && !emojiSign.test(emoji)) throw refusals.unknownEmoji();
  return emoji;
}
