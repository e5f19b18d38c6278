import type { Logger } from 'pino';
import type { Address, Door } from '../connector.ts';
import type { Errands } from '../errands.ts';
import type { Turns } from '../turns.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { Api } from './api.ts';
import { type Channel, type Channels, placeOf } from './channels.ts';
import type { Intents } from './intents.ts';
import type { DiscordOptions } from './options.ts';
import type { People } from './people.ts';
import type { Roles } from './roles.ts';

/** An application that Docket is connected as, and what is needed to listen and to speak. */
export interface Discord {
  /** The application's id. */
  readonly app: string;
  /** The bot's own user id. */
  readonly bot: string;
  readonly api: Api;
  readonly channels: Channels;
  readonly people: People;
  readonly roles: Roles;
  readonly acknowledgements: Acknowledgements;
  /** What is heard in a channel is worked in its order, by the channel's id. */
  readonly turns: Turns;
  /** The guilds that Docket serves and is in by now. */
  readonly guilds: Set<string>;
  /** The privileged intents in use: whether Discord tells who is in a guild, so that its roles can be groups. */
  readonly intents: Intents;
  /** What is done beside all else. */
  readonly errands: Errands;
  readonly door: Door;
  readonly options: DiscordOptions;
  readonly log: Logger;
}

/** Whether Docket serves a guild. */
export function serves({ options }: Pick<Discord, 'options'>, guild: string): boolean {
  const { guild: only } = options.settings;
  return only === null || only === guild;
}

/**
 * Where somebody is: in a channel of a guild that Docket serves, or in their direct conversation with it. Null elsewhere,
 * and for those who belong to no guild that Docket serves.
 *
 * @throws TryLater, Undeliverable
 */
export async function whereIs(
  discord: Discord,
  { guild, channel, user }: { guild: string | null | undefined; channel: Channel | string; user: string },
): Promise<Address | null> {
  if (!guild) {
    const home = await discord.people.guildOf(user);
    return home === null ? null : discord.people.direct(home, user);
  }
  if (!serves(discord, guild)) return null;
  discord.people.seen(user, guild);
  return placeOf(guild, typeof channel === 'string' ? await discord.channels.get(channel) : channel);
}
