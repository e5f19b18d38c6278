import type { Channel } from './shapes.ts';

const prefix = { public: 'channels', private: 'groups', im: 'im' } as const;

/** The scope for reading a conversation of a kind: `channels:history`. */
export function scopeOf({ kind }: Channel, what: 'history' | 'read' | 'write'): string {
  return `${prefix[kind]}:${what}`;
}

/**
 * What the token must be granted for a method, any one of these; for those with none, any token does. Methods that depend
 * on a conversation's kind name `history` or `read`, and the conversation is looked at
 * (docs.slack.dev/reference/methods).
 */
export const neededFor: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.unfurl': ['links:write'],
  'conversations.list': ['channels:read', 'groups:read', 'im:read'],
  'conversations.info': ['read'],
  'conversations.members': ['read'],
  'conversations.history': ['history'],
  'conversations.replies': ['history'],
  'conversations.open': ['im:write'],
  'conversations.join': ['channels:join'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'views.open': [],
  'views.update': [],
  'views.push': [],
  'views.publish': [],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.info': ['files:read'],
  'apps.connections.open': ['connections:write'],
};

/** Every scope that the emulator knows of. */
export const everyScope: readonly string[] = [
  ...['app_mentions:read', 'commands', 'channels:join', 'chat:write', 'chat:write.public', 'links:read', 'links:write'],
  ...['channels:history', 'channels:read', 'groups:history', 'groups:read', 'im:history', 'im:read', 'im:write'],
  ...['files:read', 'files:write', 'reactions:read', 'reactions:write', 'usergroups:read', 'users:read'],
];
