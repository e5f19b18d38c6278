import { ChannelType } from 'discord.js';
import { newContent } from '../content.ts';
import type { Core } from '../core.ts';
import { demand, may, type Permission } from '../permissions.ts';
import { refusals } from '../refusal.ts';
import type { Ask } from '../request.ts';
import { Answered, type Routes } from '../route.ts';
import { called, permitted } from '../sending.ts';
import { type Channel, type Json, recordOf, textsOf } from '../shapes.ts';
import { byAge } from '../snowflakes.ts';
import { checkTags, threadName } from '../thread-changes.ts';
import { startThread } from '../threads.ts';
import { channelJson, fullMemberJson, messageJson, threadMemberJson } from '../wire.ts';
import { memberGuild } from './guilds.ts';
import { visible } from './messages.ts';

/** Channels in which threads can be started. */
const takesThreads: ReadonlySet<ChannelType> = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement]);

export const threadRoutes: Routes = {
  'POST /channels/{channel_id}/messages/{message_id}/threads': (ask) => {
    const { core, path } = ask;
    const { world } = core;
    const parent = visible(ask);
    const message = world.message(parent, path['message_id'] ?? '');
    if (!takesThreads.has(parent.type)) throw refusals.wrongChannelType();
    demand(world, parent, world.app, 'CreatePublicThreads');
    const starting = { ...startingOf(recordOf(ask.body)), message };
    return new Answered(201, channelJson(world, startThread(core, parent, world.app, starting).thread));
  },

  'POST /channels/{channel_id}/threads': (ask) => {
    const { core } = ask;
    const { world } = core;
    const parent = visible(ask);
    const body = recordOf(ask.body);
    if (parent.type === ChannelType.GuildForum) return new Answered(201, forumPost(ask, parent, body));
    if (!takesThreads.has(parent.type)) throw refusals.wrongChannelType();
    const isPrivate = Number(body['type'] ?? ChannelType.PrivateThread) === ChannelType.PrivateThread;
    demand(world, parent, world.app, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
    const starting = { ...startingOf(body), isPrivate };
    return new Answered(201, channelJson(world, startThread(core, parent, world.app, starting).thread));
  },

  'GET /guilds/{guild_id}/threads/active': (ask) => {
    const { world } = ask.core;
    const guild = memberGuild(ask);
    const threads = [...world.channels.values()]
      .filter((each) => each.guild === guild.id && each.thread?.archived === false)
      .filter((each) => may(world, each, world.app, 'ViewChannel'));
    return listed(ask.core, threads);
  },

  'GET /channels/{channel_id}/threads/archived/public': (ask) => archived(ask, [10, 11]),
  'GET /channels/{channel_id}/threads/archived/private': (ask) => archived(ask, [12], 'ManageThreads'),
  'GET /channels/{channel_id}/users/@me/threads/archived/private': (ask) => archived(ask, [12]),

  'GET /channels/{channel_id}/thread-members': (ask) => {
    const thread = awake(ask, false);
    return [...thread.members].map((user) => threadMemberJson(thread.id, user, ask.core.world));
  },

  'GET /channels/{channel_id}/thread-members/{user_id}': (ask) => {
    const thread = awake(ask, false);
    const user = ask.path['user_id'] ?? '';
    if (!thread.members.has(user)) throw refusals.unknownMember();
    const member = ask.core.world.guildOf(thread)?.members.get(user);
    const withMember = ask.query.get('with_member') === 'true' && member !== undefined;
    return {
      ...threadMemberJson(thread.id, user, ask.core.world),
      ...(withMember ? { member: fullMemberJson(ask.core.world, member) } : {}),
    };
  },

  'PUT /channels/{channel_id}/thread-members/@me': (ask) => joins(ask, ask.core.world.app, true),
  'DELETE /channels/{channel_id}/thread-members/@me': (ask) => joins(ask, ask.core.world.app, false),
  'PUT /channels/{channel_id}/thread-members/{user_id}': (ask) => joins(ask, ask.path['user_id'] ?? '', true),
  'DELETE /channels/{channel_id}/thread-members/{user_id}': (ask) => {
    demand(ask.core.world, awake(ask), ask.core.world.app, 'ManageThreads');
    return joins(ask, ask.path['user_id'] ?? '', false);
  },
};

function forumPost({ core, files }: Ask, forum: Channel, body: Json): Json {
  const { world } = core;
  demand(world, forum, world.app, 'SendMessages');
  const said = recordOf(body['message']);
  const content = newContent(core, said, files);
  permitted(core, forum, content);
  const tags = textsOf(body['applied_tags']);
  checkTags({ parent: forum, manages: may(world, forum, world.app, 'ManageThreads') }, tags, []);
  const first = { ...content, ...called(core, forum, content, said, null) };
  const { thread, first: opening } = startThread(core, forum, world.app, { ...startingOf(body), tags, first });
  return { ...channelJson(world, thread), ...(opening === null ? {} : { message: messageJson(core, opening) }) };
}

function startingOf(body: Json): { name: string; autoArchive: number } {
  return { name: threadName(body['name']), autoArchive: Number(body['auto_archive_duration'] ?? 4_320) };
}

/** The thread of a request; where something is to change, one that is not archived. */
function awake(ask: Ask, isAwake = true): Channel {
  const thread = visible(ask);
  if (thread.thread === null) throw refusals.wrongChannelType();
  if (isAwake && thread.thread.archived) throw refusals.archived();
  return thread;
}

function joins(ask: Ask, user: string, joined: boolean): null {
  const { world } = ask.core;
  const thread = awake(ask);
  if (!world.guildOf(thread)?.members.has(user)) throw refusals.unknownMember();
  world.joinThread(thread, user, joined);
  return null;
}

function archived(ask: Ask, types: readonly ChannelType[], ...needed: Permission[]): Json {
  const { world } = ask.core;
  const parent = visible(ask);
  demand(world, parent, world.app, 'ReadMessageHistory', ...needed);
  const limit = Number(ask.query.get('limit') ?? 50);
  const before = Date.parse(ask.query.get('before') ?? '') || Number.POSITIVE_INFINITY;
  const found = world
    .threads(parent.id)
    .filter(({ type, thread }) => types.includes(type) && thread?.archived === true)
    .filter(({ thread }) => Date.parse(thread?.archivedAt ?? '') < before)
    .filter((each) => may(world, each, world.app, 'ViewChannel'))
    .sort((a, b) => (b.thread?.archivedAt ?? '').localeCompare(a.thread?.archivedAt ?? '') || byAge(b.id, a.id));
  return { ...listed(ask.core, found.slice(0, limit)), has_more: found.length > limit };
}

function listed({ world }: Core, threads: readonly Channel[]): Json {
  const joined = threads.filter(({ members }) => members.has(world.app));
  return {
    threads: threads.map((each) => channelJson(world, each)),
    members: joined.map(({ id }) => threadMemberJson(id, world.app, world)),
  };
}
