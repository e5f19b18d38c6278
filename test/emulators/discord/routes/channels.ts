import { ChannelType } from 'discord.js';
import type { Core } from '../core.ts';
import { demand, may } from '../permissions.ts';
import { fault, invalidForm, refusals } from '../refusal.ts';
import type { Ask } from '../request.ts';
import { Answered, type Routes } from '../route.ts';
import { type Channel, type Json, type Overwrite, recordOf, recordsOf, type Tag, textOf } from '../shapes.ts';
import { changedThread } from '../thread-changes.ts';
import { channelJson } from '../wire.ts';
import { blankChannel } from '../world.ts';
import { memberGuild } from './guilds.ts';
import { visible } from './messages.ts';

/** Tags that a forum can offer. */
const mostTags = 20;

export const channelRoutes: Routes = {
  'GET /channels/{channel_id}': (ask) => channelJson(ask.core.world, visible(ask)),

  'PATCH /channels/{channel_id}': (ask) => {
    const { core } = ask;
    const channel = visible(ask);
    const body = recordOf(ask.body);
    const changed = channel.thread === null ? changedChannel(core, channel, body) : changedThread(core, channel, body);
    return channelJson(core.world, core.world.alter(changed));
  },

  'DELETE /channels/{channel_id}': (ask) => {
    const { world } = ask.core;
    const channel = visible(ask);
    if (channel.guild === null) return channelJson(world, channel);
    demand(world, channel, world.app, channel.thread === null ? 'ManageChannels' : 'ManageThreads');
    const before = channelJson(world, channel);
    world.close(channel);
    return before;
  },

  'GET /guilds/{guild_id}/channels': (ask) => {
    const { world } = ask.core;
    const guild = memberGuild(ask);
    return [...world.channels.values()]
      .filter((each) => each.guild === guild.id && each.thread === null)
      .map((each) => channelJson(world, each));
  },

  'POST /guilds/{guild_id}/channels': (ask: Ask) => {
    const { world } = ask.core;
    const guild = memberGuild(ask);
    const body = recordOf(ask.body);
    const {
      name,
      type = ChannelType.GuildText,
      parent_id: parent,
      topic,
      permission_overwrites,
      available_tags,
    } = body;
    const position = [...world.channels.values()].filter((each) => each.guild === guild.id).length;
    const made = blankChannel(world.ids.next(), Number(type), {
      ...{
        guild: guild.id,
        name: textOf(name).toLowerCase().replaceAll(' ', '-'),
        position,
        topic: textOf(topic) || null,
      },
      ...{ parent: textOf(parent) || null, overwrites: recordsOf(permission_overwrites).map(overwriteOf) },
      tags: tagsOf(world, available_tags),
    });
    world.channels.set(made.id, made);
    demandOrForget(ask.core, made);
    return new Answered(201, channelJson(world, world.open(made)));
  },

  'PUT /channels/{channel_id}/permissions/{overwrite_id}': (ask) => {
    const { world } = ask.core;
    const channel = visible(ask);
    demand(world, channel, world.app, 'ManageRoles');
    const id = ask.path['overwrite_id'] ?? '';
    const others = channel.overwrites.filter((each) => each.id !== id);
    world.alter({ ...channel, overwrites: [...others, overwriteOf({ ...recordOf(ask.body), id })] });
    return null;
  },

  'DELETE /channels/{channel_id}/permissions/{overwrite_id}': (ask) => {
    const { world } = ask.core;
    const channel = visible(ask);
    demand(world, channel, world.app, 'ManageRoles');
    const id = ask.path['overwrite_id'] ?? '';
    world.alter({ ...channel, overwrites: channel.overwrites.filter((each) => each.id !== id) });
    return null;
  },
};

/** @throws Refusal 50013, 50024, 50035 */
function changedChannel({ world }: Core, channel: Channel, body: Json): Channel {
  if (channel.guild === null) throw refusals.wrongChannelType();
  demand(world, channel, world.app, 'ManageChannels');
  const { name, topic, parent_id: parent, position, available_tags: tags, permission_overwrites: set, ...more } = body;
  return {
    ...channel,
    ...(name === undefined ? {} : { name: textOf(name) }),
    ...(topic === undefined ? {} : { topic: textOf(topic) || null }),
    ...(parent === undefined ? {} : { parent: textOf(parent) || null }),
    ...(position === undefined ? {} : { position: Number(position) }),
    ...(tags === undefined ? {} : { tags: tagsOf(world, tags) }),
    ...(set === undefined ? {} : { overwrites: recordsOf(set).map(overwriteOf) }),
    more: { ...channel.more, ...more },
  };
}

function demandOrForget({ world }: Core, channel: Channel): void {
  if (may(world, channel, world.app, 'ViewChannel', 'ManageChannels')) return;
  world.channels.delete(channel.id);
  throw refusals.missingPermissions();
}

function tagsOf({ ids }: Core['world'], tags: unknown): readonly Tag[] {
  const all = recordsOf(tags);
  if (all.length > mostTags) {
    throw invalidForm([fault(['available_tags'], 'BASE_TYPE_MAX_LENGTH', `Must be ${mostTags} or fewer in length.`)]);
  }
  for (const [at, { name }] of all.entries()) {
    if (textOf(name).length >= 1 && textOf(name).length <= 20) continue;
    throw invalidForm([
      fault(['available_tags', at, 'name'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 20 in length.'),
    ]);
  }
  return all.map(({ id, name, moderated }) => ({
    ...{ id: textOf(id) || ids.next(), name: textOf(name), moderated: moderated === true },
  }));
}

function overwriteOf({ id, type, allow, deny }: Json): Overwrite {
  return { id: textOf(id), type: type === 1 ? 1 : 0, allow: BigInt(`${allow ?? 0}`), deny: BigInt(`${deny ?? 0}`) };
}
