import type { Core } from './core.ts';
import { scopeOf } from './scopes.ts';
import type { Channel, Happening, Json, Message, Person } from './shapes.ts';
import { groupJson, messageJson, personJson } from './wire.ts';
import { bot } from './workspace.ts';

/** An event as an app may be told of it. */
export interface AppEvent {
  /** Under which an app can subscribe to it. */
  readonly name: string;
  /** That it needs. */
  readonly scope: string | null;
  /** Where it happened; the app is told only where the bot is in. Null where it happened in no conversation. */
  readonly channel: Channel | null;
  readonly event: Json;
}

type Telling = Pick<Core, 'workspace' | 'baseUrl'>;

const channelTypes = { public: 'channel', private: 'group', im: 'im' } as const;
const subscriptions = { public: 'message.channels', private: 'message.groups', im: 'message.im' } as const;

/** What an app may be told of a happening (docs.slack.dev/reference/events). */
export function eventsOf(core: Telling, happening: Happening): readonly AppEvent[] {
  const { workspace } = core;
  switch (happening.kind) {
    case 'posted': {
      const { channel, message } = happening;
      const event = { ...json(core, channel, message), channel: channel.id, event_ts: message.ts };
      return [said(channel, event), ...mention(core, channel, message)];
    }
    case 'changed': {
      const { channel, message, before } = happening;
      const ts = workspace.ts();
      const event = {
        ...{ type: 'message', subtype: 'message_changed', hidden: true, channel: channel.id, ts, event_ts: ts },
        ...{ message: json(core, channel, message), previous_message: json(core, channel, before) },
      };
      const mentions = message.text === before.text ? [] : mention(core, channel, message);
      return [said(channel, event), ...mentions];
    }
    case 'deleted': {
      const { channel, message } = happening;
      const ts = workspace.ts();
      const event = {
        ...{ type: 'message', subtype: 'message_deleted', hidden: true, channel: channel.id, ts, event_ts: ts },
        ...{ deleted_ts: message.ts, previous_message: json(core, channel, message) },
      };
      return [said(channel, event)];
    }
    case 'reaction': {
      const { channel, message, user, name, added } = happening;
      const type = added ? 'reaction_added' : 'reaction_removed';
      const item = { type: 'message', channel: channel.id, ts: message.ts };
      const event = { type, user, reaction: name, item_user: message.user, item, event_ts: workspace.ts() };
      return [{ name: type, scope: 'reactions:read', channel, event }];
    }
    case 'member': {
      const { channel, user, joined } = happening;
      const type = joined ? 'member_joined_channel' : 'member_left_channel';
      const channel_type = channel.kind === 'public' ? 'C' : 'G';
      const event = { type, user, channel: channel.id, channel_type, team: workspace.team, event_ts: workspace.ts() };
      return [{ name: type, scope: scopeOf(channel, 'read'), channel, event }];
    }
    case 'archived': {
      const { channel, user } = happening;
      const type = `${channel.kind === 'private' ? 'group' : 'channel'}_${channel.archived ? 'archive' : 'unarchive'}`;
      const event = { type, channel: channel.id, user, event_ts: workspace.ts() };
      return [{ name: type, scope: scopeOf(channel, 'read'), channel, event }];
    }
    case 'person':
      return [userChange(core, happening.person)];
    case 'group': {
      const { group, how } = happening;
      const type = `subteam_${how}`;
      const more =
        how === 'members_changed' ? { subteam_id: group.id } : { subteam: groupJson(workspace, group, true) };
      const event = { type, ...more, team_id: workspace.team, event_ts: workspace.ts() };
      return [{ name: type, scope: 'usergroups:read', channel: null, event }];
    }
    default:
      return [];
  }
}

function said(channel: Channel, event: Json): AppEvent {
  const channel_type = channelTypes[channel.kind];
  const scope = scopeOf(channel, 'history');
  return { name: subscriptions[channel.kind], scope, channel, event: { ...event, channel_type } };
}

/** People's mentions of the bot are told by themselves as well, in channels. */
function mention(core: Telling, channel: Channel, message: Message): readonly AppEvent[] {
  if (channel.kind === 'im' || message.user === bot.user || !message.text.includes(`<@${bot.user}>`)) return [];
  const { subtype, parent_user_id, ...shown } = json(core, channel, message);
  const event = { ...shown, type: 'app_mention', channel: channel.id, event_ts: message.ts };
  return [{ name: 'app_mention', scope: 'app_mentions:read', channel, event }];
}

function userChange({ workspace }: Telling, person: Person): AppEvent {
  const event = { type: 'user_change', user: personJson(person), event_ts: workspace.ts() };
  return { name: 'user_change', scope: 'users:read', channel: null, event };
}

function json({ workspace, baseUrl }: Telling, channel: Channel, message: Message): Json {
  return messageJson(workspace, channel, message, { baseUrl: baseUrl() });
}
