import { Routes } from 'discord.js';
import { z } from 'zod';
import { channelShape } from './channels.ts';
import { type Discord, serves } from './discord.ts';
import { roleShape } from './payloads.ts';

const nowhere = { guild: null, channel: null };

/** The guilds that the bot is in and Docket serves, as they are right now. */
export async function joinedGuilds({ api, options }: Pick<Discord, 'api' | 'options'>): Promise<readonly string[]> {
  const joined = await api.call(nowhere, z.array(z.object({ id: z.string() })), (rest) =>
    rest.get(Routes.userGuilds()),
  );
  return joined.map(({ id }) => id).filter((id) => serves({ options }, id));
}

/**
 * Learns of the guilds what the gateway tells at the beginning of a session alone, for a process that resumes one: which there
 * are, how their channels and roles are called, and who is in the roles that are groups.
 *
 * @throws TryLater, Undeliverable
 */
export async function learnGuilds(discord: Discord): Promise<void> {
  const { api, channels, guilds, roles } = discord;
  const joined = await joinedGuilds(discord);
  guilds.clear();
  for (const guild of joined) {
    guilds.add(guild);
    const about = { guild, channel: null };
    const [allChannels, allRoles] = await Promise.all([
      api.call(about, z.array(channelShape), (rest) => rest.get(Routes.guildChannels(guild))),
      api.call(about, z.array(roleShape), (rest) => rest.get(Routes.guildRoles(guild))),
    ]);
    for (const channel of allChannels) channels.learn({ ...channel, guild_id: guild });
    for (const role of allRoles) roles.learn(role);
    mirror(discord, guild);
  }
}

/** Learns who is in the roles of a guild that are groups, where Discord tells it; for as long as it takes. */
export function mirror({ intents, roles, errands }: Discord, guild: string): void {
  if (!intents.used.members) return;
  errands.until(`learn who is in the roles of the server ${guild}`, () => roles.mirror(guild));
}
