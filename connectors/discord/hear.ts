import type { Discord } from './discord.ts';
import { hearGuild } from './hear-guild.ts';
import { hearInteractions } from './hear-interactions.ts';
import { hearMessages } from './hear-messages.ts';
import { Turns } from './turns.ts';

/**
 * Hears one event of the gateway.
 *
 * @param missedSince until when Discord had been heard before this connection: milliseconds since 1970; null when never
 */
export type Hear = (discord: Discord, data: unknown, missedSince: number | null) => Promise<void>;

const all: Readonly<Record<string, Hear>> = { ...hearGuild, ...hearMessages, ...hearInteractions };

/** Works the events of the gateway: what happens in one channel in the order in which it did, all else side by side. */
export function hearing(discord: Discord): (type: string, data: unknown, missedSince: number | null) => Promise<void> {
  const turns = new Turns();
  return async (type, data, missedSince) => {
    const hear = all[type];
    if (hear === undefined) return;
    const channel = type in hearMessages ? channelIn(data) : null;
    if (channel === null) await hear(discord, data, missedSince);
    else await turns.take(channel, () => hear(discord, data, missedSince));
  };
}

function channelIn(data: unknown): string | null {
  const found = typeof data === 'object' && data !== null && 'channel_id' in data ? data.channel_id : null;
  return typeof found === 'string' ? found : null;
}
