import { setTimeout } from 'node:timers/promises';
import { TryLater } from '../connector.ts';
import type { Discord } from './discord.ts';
import { hearGuild } from './hear-guild.ts';
import { hearInteractions } from './hear-interactions.ts';
import { hearMessages } from './hear-messages.ts';

/**
 * Hears one event of the gateway.
 *
 * @param missedSince until when Discord had been heard before this connection: milliseconds since 1970; null when never
 */
export type Hear = (discord: Discord, data: unknown, missedSince: number | null) => Promise<void>;

const all: Readonly<Record<string, Hear>> = { ...hearGuild, ...hearMessages, ...hearInteractions };

/** After so long an event is heard once more that could not be. Milliseconds. */
const pauses = [1_000, 5_000, 15_000, 30_000, 60_000];

/** Hears an event, again and again while Discord's API has trouble: the gateway tells of it only once. */
async function hearOut(hear: () => Promise<void>): Promise<void> {
  for (const pause of pauses) {
    try {
      return await hear();
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      await setTimeout(error.afterMs ?? pause, undefined, { ref: false });
    }
  }
  await hear();
}

/** Works the events of the gateway: what happens in one channel in the order in which it did, all else side by side. */
export function hearing(discord: Discord): (type: string, data: unknown, missedSince: number | null) => Promise<void> {
  return async (type, data, missedSince) => {
    const hear = all[type];
    if (hear === undefined) return;
    const once = () => hear(discord, data, missedSince);
    // Who does something does it again where Discord says that nobody answered.
    const heard = type in hearInteractions ? once : () => hearOut(once);
    const channel = type in hearMessages ? channelIn(data) : null;
    if (channel === null) await heard();
    else await discord.turns.take(channel, heard);
  };
}

function channelIn(data: unknown): string | null {
  const found = typeof data === 'object' && data !== null && 'channel_id' in data ? data.channel_id : null;
  return typeof found === 'string' ? found : null;
}
