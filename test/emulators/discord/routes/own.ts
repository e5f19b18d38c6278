import type { Core } from '../core.ts';
import { applicationFlags, gatewayUrl } from '../gateway.ts';
import { refusals } from '../refusal.ts';
import type { Ask } from '../request.ts';
import type { Routes } from '../route.ts';
import { type Json, recordOf, textOf } from '../shapes.ts';
import { channelJson, guildJson, userJson } from '../wire.ts';

/** What an application asks about itself. */
export const ownRoutes: Routes = {
  'GET /gateway': ({ core }) => ({ url: gatewayUrl(core) }),

  'GET /gateway/bot': ({ core }) => ({
    ...{ url: gatewayUrl(core), shards: 1 },
    session_start_limit: {
      ...{ total: core.sessions.starts, remaining: Math.max(0, core.sessions.startsLeft) },
      ...{ reset_after: 86_400_000, max_concurrency: 1 },
    },
  }),

  'GET /users/@me': ({ core }) => ({
    ...userJson(core.world.user(core.world.app)),
    verified: true,
    mfa_enabled: false,
  }),
  'GET /users/{user_id}': ({ core, path }) => userJson(core.world.user(path['user_id'] ?? '')),

  'GET /users/@me/guilds': ({ core }) =>
    [...core.world.guilds.values()]
      .filter(({ members }) => members.has(core.world.app))
      .map((guild) => {
        const { id, name, permissions, features } = guildJson(core.world, guild) as Json;
        return { id, name, permissions, features, icon: null, banner: null, owner: false };
      }),

  'DELETE /users/@me/guilds/{guild_id}': ({ core, path }) => {
    const guild = core.world.guilds.get(path['guild_id'] ?? '');
    if (!guild?.members.has(core.world.app)) throw refusals.unknownGuild();
    core.world.leave(guild, core.world.app);
    return null;
  },

  'POST /users/@me/channels': ({ core, body }: Ask) => {
    const user = core.world.user(textOf(recordOf(body)['recipient_id']));
    if (user.bot) throw refusals.directClosed();
    return channelJson(core.world, core.world.direct(user.id));
  },

  'GET /applications/@me': ({ core }) => applicationJson(core),
  'GET /oauth2/applications/@me': ({ core }) => applicationJson(core),
};

function applicationJson(core: Core): Json {
  const { id, username } = core.world.user(core.world.app);
  return {
    ...{
      id,
      name: username,
      icon: null,
      description: '',
      summary: '',
      bot_public: true,
      bot_require_code_grant: false,
    },
    ...{ verify_key: '0'.repeat(64), flags: applicationFlags(core), hook: true, rpc_origins: [], tags: [] },
    ...{ bot: userJson(core.world.user(core.world.app)), approximate_guild_count: core.world.guilds.size, team: null },
    owner: { id: '1', username: 'owner', discriminator: '0', global_name: null, avatar: null, public_flags: 0 },
  };
}
