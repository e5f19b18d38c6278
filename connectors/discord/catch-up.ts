import { Routes } from 'discord.js';
import { z } from 'zod';
import { TryLater } from '../connector.ts';
import type { Channel } from './channels.ts';
import type { Discord } from './discord.ts';
import { onMessage } from './hear-messages.ts';
import { messageShape } from './payloads.ts';
import { snowflakeAt } from './snowflake.ts';

/** Discord may tell of something a little late; what was heard already is passed over. Milliseconds. */
const overlap = 60_000;

/** Messages at a time, and how often: who was away for longer than this many messages of a channel begins with these. */
const page = 100;
const mostPages = 20;

/**
 * Reads what was said in a guild since Docket was last there, where the session could not be resumed. Nothing is done twice:
 * the inbox knows what was heard. Takes the turns of the channels as soon as it is called, so that what is said from now on
 * comes after it.
 *
 * @param since milliseconds since 1970
 * @throws TryLater where a channel could not be read for now: all of it may be asked for again
 */
export async function catchUp(discord: Discord, guild: string, since: number): Promise<void> {
  const after = snowflakeAt(since - overlap);
  const reading = discord.channels
    .since(guild, after)
    .map((channel) => discord.turns.take(channel.id, () => readAll(discord, guild, channel, after)));
  const later = (await Promise.all(reading)).find((error) => error !== null);
  if (later !== undefined) throw later;
}

/** Gives what stands in the way for now; null when all was read that can be. */
async function readAll(discord: Discord, guild: string, channel: Channel, since: bigint): Promise<TryLater | null> {
  try {
    await readOn(discord, guild, channel, since);
  } catch (error) {
    if (error instanceof TryLater) return error;
    discord.log.warn({ err: error, channel: channel.id }, 'it is not known what was said in a channel meanwhile');
  }
  return null;
}

async function readOn(discord: Discord, guild: string, { id }: Channel, since: bigint): Promise<void> {
  let after = since;
  for (let nth = 0; nth < mostPages; nth++) {
    const query = new URLSearchParams({ after: String(after), limit: String(page) });
    const found = await discord.api.call({ guild, channel: id }, z.array(messageShape), (rest) =>
      rest.get(Routes.channelMessages(id), { query }),
    );
    const inOrder = found.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
    for (const message of inOrder) await onMessage(discord, { ...message, guild_id: guild });
    const last = inOrder.at(-1);
    if (last === undefined || found.length < page) return;
    after = BigInt(last.id);
  }
}
