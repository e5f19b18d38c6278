import type { Channel, Ephemeral, Group, Json, Message, Person, SlackFile } from './shapes.ts';
import { bot, type Workspace } from './workspace.ts';

/** A message as the Web API and events show it (docs.slack.dev/reference/events/message). */
export function messageJson(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  { metadata = false, baseUrl }: { metadata?: boolean; baseUrl: string },
): Json {
  const { ts, user, subtype, text, blocks, attachments, thread, edited, reactions } = message;
  const replies = workspace.replies(channel, ts);
  const files = message.files.flatMap((id) => workspace.files.get(id) ?? []);
  return {
    type: 'message',
    ...(subtype === null ? {} : { subtype }),
    user,
    ...(user === bot.user ? { bot_id: bot.id, app_id: bot.app, bot_profile: botProfile(workspace) } : {}),
    text,
    ts,
    team: workspace.team,
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(files.length === 0 ? {} : { files: files.map((file) => fileJson(workspace, file, baseUrl)), upload: false }),
    ...(edited === null ? {} : { edited }),
    ...(reactions.size === 0 ? {} : { reactions: reactionsJson(reactions) }),
    ...(thread === null ? {} : { thread_ts: thread, parent_user_id: channel.messages.get(thread)?.user }),
    ...(replies.length === 0
      ? {}
      : {
          thread_ts: ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          latest_reply: replies.at(-1)?.ts,
        }),
    ...(metadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}

export function ephemeralJson(message: Ephemeral): Json {
  const { ts, thread, text, blocks } = message;
  return {
    ...{ type: 'message', subtype: 'bot_message', user: bot.user, bot_id: bot.id, is_ephemeral: true },
    ...{ ts, text, blocks, ...(thread === null ? {} : { thread_ts: thread }) },
  };
}

export function reactionsJson(reactions: Message['reactions']): readonly Json[] {
  return [...reactions].map(([name, users]) => ({ name, users, count: users.length }));
}

function botProfile(workspace: Workspace): Json {
  return { id: bot.id, app_id: bot.app, name: bot.name, deleted: false, team_id: workspace.team };
}

export function fileJson(workspace: Workspace, file: SlackFile, baseUrl: string): Json {
  const { id, name, title, mimetype, user, content, channels } = file;
  const at = `${baseUrl}/files-pri/${workspace.team}-${id}`;
  return {
    ...{ id, name, title, mimetype, user, size: content.length, mode: 'hosted', is_external: false },
    filetype: name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : 'text',
    created: Math.floor(workspace.now() / 1_000),
    url_private: `${at}/${encodeURIComponent(name)}`,
    url_private_download: `${at}/download/${encodeURIComponent(name)}`,
    permalink: `https://${workspace.domain}.slack.com/files/${user}/${id}/${encodeURIComponent(name)}`,
    channels: [...channels],
  };
}

export function personJson(person: Person): Json {
  const { id, name, realName, displayName, zone, deleted } = person;
  return {
    ...{ id, team_id: person.team, name, deleted, real_name: realName, tz: zone, is_bot: person.bot },
    profile: {
      real_name: realName,
      display_name: displayName,
      real_name_normalized: realName,
      display_name_normalized: displayName,
      team: person.team,
    },
  };
}

export function channelJson(channel: Channel): Json {
  const { id, name, kind, members, archived } = channel;
  if (kind === 'im') {
    const user = [...members].find((member) => member !== bot.user);
    return {
      id,
      user,
      is_im: true,
      is_channel: false,
      is_org_shared: false,
      is_archived: archived,
      is_user_deleted: false,
    };
  }
  return {
    ...{ id, name, name_normalized: name, is_channel: kind === 'public', is_group: kind === 'private', is_im: false },
    ...{ is_private: kind === 'private', is_mpim: false, is_archived: archived, is_general: false },
    is_member: members.has(bot.user),
    num_members: members.size,
  };
}

export function groupJson(workspace: Workspace, group: Group, users: boolean): Json {
  const { id, handle, name } = group;
  return {
    ...{ id, team_id: workspace.team, is_usergroup: true, handle, name, description: '', date_delete: 0 },
    user_count: group.users.length,
    ...(users ? { users: group.users } : {}),
  };
}
