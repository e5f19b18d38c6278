import type { DiscordOptions } from '../emulators/discord/options.ts';
import type { Channel } from './user.ts';

const people: Readonly<Record<string, string>> = {
  admin: 'Alex Admin',
  ada: 'Ada Okafor',
  bo: 'Bo Lindqvist',
  sue: 'Sue Tanaka',
  rita: 'Rita Gomez',
  rob: 'Rob Weiss',
};
const everyone = Object.keys(people);
const channels: readonly Channel[] = ['helpdesk', 'lobby', 'noc', 'security'];
const members: Readonly<Record<Channel, readonly string[] | null>> = {
  helpdesk: null,
  lobby: null,
  noc: ['admin', 'ada', 'bo', 'sue'],
  security: ['admin', 'sue'],
};

export const guildId = '200000000000000001';
export const userId = (handle: string) => `40000000000000000${everyone.indexOf(handle) + 1}`;
export const channelId = (channel: Channel) => `30000000000000000${channels.indexOf(channel) + 1}`;

/** The people and channels of the scenarios, as a Discord server whose private channels are closed to others. */
export const guild: DiscordOptions = {
  // Longer than the real three seconds: what is to be in time is so on a busy machine, too.
  patience: 15_000,
  people: everyone.map((name) => ({
    ...{ id: userId(name), name, displayName: people[name] ?? name },
    zone: name === 'rita' ? 'America/New_York' : 'Europe/Berlin',
  })),
  guilds: [
    {
      ...{ id: guildId, name: 'Docket', members: everyone.map(userId) },
      channels: channels.map((name) => {
        const only = members[name];
        return { id: channelId(name), name, ...(only === null ? {} : { members: only.map(userId) }) };
      }),
    },
  ],
};
