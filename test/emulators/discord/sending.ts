import { ChannelType } from 'discord.js';
import { newContent } from './content.ts';
import type { Core } from './core.ts';
import { mentionsIn, pingsOf } from './mentions.ts';
import { demand, may, type Permission, sendingIn } from './permissions.ts';
import { fault, invalidForm, Refusal, refusals } from './refusal.ts';
import type { Upload } from './request.ts';
import { type Channel, type Content, type Json, type Message, recordOf, textOf } from './shapes.ts';
import { blankMessage } from './world.ts';

/** Channels that hold messages. */
const writable: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildText,
  ChannelType.DM,
  ChannelType.GuildVoice,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/**
 * The bot posts a message.
 *
 * @throws Refusal what Discord does not let it
 */
export function send(core: Core, channel: Channel, body: Json, files: readonly Upload[]): Message {
  const { world, nonces } = core;
  const nonce = body['nonce'] === undefined || body['nonce'] === null ? null : `${body['nonce']}`;
  if (!writable.has(channel.type)) throw refusals.notInThis();
  reachable(core, channel);
  demand(world, channel, world.app, sendingIn(channel));
  const content = newContent(core, body, files);
  permitted(core, channel, content);
  const replyTo = repliedTo(core, channel, recordOf(body['message_reference']));
  const made = nonce !== null && body['enforce_nonce'] === true ? nonces.find(world.app, nonce) : null;
  const before = made === null ? undefined : world.messages.get(made);
  if (before !== undefined) return before;
  if (channel.thread !== null) wake(core, channel);
  const message = blankMessage(world.ids.next(), channel.id, world.app, {
    ...content,
    ...{ nonce, replyTo: replyTo?.id ?? null, type: replyTo === null ? 0 : 19 },
    ...called(core, channel, content, body, replyTo),
  });
  if (nonce !== null) nonces.keep(world.app, nonce, message.id);
  world.post(message);
  return message;
}

export function called(core: Core, channel: Channel, content: Content, body: Json, replyTo: Message | null) {
  const { world } = core;
  const mentions = mentionsIn(world, channel, world.app, content, body['allowed_mentions'], replyTo?.author ?? null);
  return { mentions, pings: pingsOf(mentions) };
}

/** A thread that went to sleep wakes up when somebody writes in it, unless it is locked. */
export function wake({ world }: Core, channel: Channel, by: string = world.app): void {
  const { thread } = channel;
  if (thread === null) return;
  if (thread.locked && !may(world, channel, by, 'ManageThreads')) throw refusals.locked();
  const awake = thread.archived ? world.alter({ ...channel, thread: { ...thread, archived: false } }) : channel;
  world.joinThread(awake, by, true);
}

/** @throws Refusal 50007, 50278 where the bot cannot write to somebody directly */
function reachable({ world }: Core, channel: Channel): void {
  if (channel.guild !== null) return;
  const [other = ''] = [...channel.members].filter((id) => id !== world.app);
  const { dmsClosed, bot } = world.user(other);
  const guilds = [...world.guilds.values()].filter(({ members }) => members.has(world.app) && members.has(other));
  if (guilds.length === 0) throw refusals.noMutualGuilds();
  if (dmsClosed || bot) throw refusals.directClosed();
}

/** @throws Refusal 50013 where it takes more than to write */
export function permitted({ world }: Core, channel: Channel, { embeds, attachments }: Content): void {
  const needed: Permission[] = [];
  if (embeds.length > 0) needed.push('EmbedLinks');
  if (attachments.length > 0) needed.push('AttachFiles');
  demand(world, channel, world.app, ...needed);
}

function repliedTo(core: Core, channel: Channel, reference: Json): Message | null {
  const id = textOf(reference['message_id']);
  if (id === '') return null;
  if (!may(core.world, channel, core.world.app, 'ReadMessageHistory')) {
    throw new Refusal(400, 160002, 'Cannot reply without permission to read message history');
  }
  const found = core.world.messages.get(id);
  if (found?.channel === channel.id) return found;
  if (reference['fail_if_not_exists'] === false) return null;
  throw invalidForm([fault(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')]);
}
