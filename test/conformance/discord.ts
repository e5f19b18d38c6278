import { startDiscord } from '../emulators/discord/discord.ts';
import { discordUser } from './discord-client.ts';
import { channelId, guild, guildId, userId } from './discord-guild.ts';
import { inHandAt } from './in-hand.ts';
import type { Platform } from './user.ts';

/** Discord, as people use it, with the real discord.js on the wire. */
export const discordPlatform: Platform = {
  name: 'discord',
  lacks: ['held messages', 'own views', 'typed mentions'],
  place: (channel) => `discord:${guildId}/${channelId(channel)}`,
  account: (handle) => `discord:${guildId}/${userId(handle)}`,
  settings: '',
  async start(startDocket) {
    const discord = await startDiscord(guild);
    const { token, apiUrl } = discord;
    const docket = await startDocket({ discord: { token, guild: guildId, apiUrl } });
    let kept = inHandAt(docket.door);
    const told = async () => {
      await discord.told();
      await kept();
    };
    await Promise.all([discord.listening(), discord.registered()]);
    return {
      user: async (handle) => discordUser(discord, handle, told),
      reconnect: async ({ door }) => {
        kept = inHandAt(door);
        await discord.listening();
      },
      stop: async () => {
        await discord.stop();
        if (discord.violations.length > 0) throw new Error(discord.violations.join('\n'));
      },
    };
  },
};
