/** Where Slack sends what happens, on Docket's own port. */
export const eventsPath = '/slack/events';

/** The `callback_id`s of the shortcuts. */
export const shortcuts = { makeTicket: 'docket:make-ticket', newTicket: 'docket:new-ticket' } as const;

/** What the app may do: exactly what it uses (docs.slack.dev/reference/scopes). */
export const scopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'links:read',
  'links:write',
  'reactions:read',
  'reactions:write',
  'usergroups:read',
  'users:read',
] as const;

/** What the app is told of (docs.slack.dev/reference/events). */
export const events = [
  'app_home_opened',
  'app_mention',
  'channel_unarchive',
  'group_unarchive',
  'link_shared',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'subteam_created',
  'subteam_members_changed',
  'subteam_updated',
  'user_change',
] as const;
