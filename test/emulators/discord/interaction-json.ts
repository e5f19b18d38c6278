import type { Core } from './core.ts';
import type { Interaction } from './interactions.ts';
import { channelPermissions } from './permissions.ts';
import type { Json, Message } from './shapes.ts';
import { channelJson, memberJson, messageJson, userJson } from './wire.ts';

/** Bytes that somebody may upload without paying. */
const uploadLimit = 10 * 1024 * 1024;

/** What the application is told of what somebody did. */
export function interactionJson(core: Core, made: Interaction, data: Json): Json {
  const { world } = core;
  const channel = world.channel(made.channel);
  const guild = world.guildOf(channel);
  const user = userJson(world.user(made.user));
  const member = guild?.members.get(made.user);
  const carrier = made.message === null ? undefined : world.messages.get(made.message);
  const owners = guild === null ? { '1': made.user } : { '0': guild.id };
  return {
    ...{ id: made.id, application_id: world.app, type: made.type, token: made.token, version: 1, data },
    ...{ channel_id: channel.id, channel: channelJson(world, channel), locale: 'en-US', entitlements: [] },
    ...{ authorizing_integration_owners: owners, attachment_size_limit: uploadLimit, context: guild === null ? 1 : 0 },
    app_permissions: `${channelPermissions(world, channel, world.app)}`,
    ...(carrier === undefined ? {} : { message: messageJson(core, carrier) }),
    ...(guild === null || member === undefined
      ? { user }
      : {
          ...{ guild_id: guild.id, guild_locale: 'en-US', guild: { id: guild.id, locale: 'en-US', features: [] } },
          member: { ...memberJson(member), user, permissions: `${channelPermissions(world, channel, made.user)}` },
        }),
  };
}

/** Users, members, roles, channels and messages that an interaction names, by their ids. */
export function resolvedJson(core: Core, guildId: string | null, ids: Named): Json {
  const { world } = core;
  const guild = guildId === null ? undefined : world.guilds.get(guildId);
  const members = ids.users.flatMap((id) => guild?.members.get(id) ?? []);
  const all = {
    users: Object.fromEntries(ids.users.map((id) => [id, userJson(world.user(id))])),
    members: Object.fromEntries(members.map((each) => [each.user, { ...memberJson(each), permissions: '0' }])),
    channels: Object.fromEntries(ids.channels.map((id) => [id, channelJson(world, world.channel(id))])),
    messages: Object.fromEntries(ids.messages.map((each) => [each.id, messageJson(core, each, { whole: true })])),
  };
  return Object.fromEntries(Object.entries(all).filter(([, found]) => Object.keys(found).length > 0));
}

export interface Named {
  readonly users: readonly string[];
  readonly channels: readonly string[];
  readonly messages: readonly Message[];
}
