import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { Address } from '../connector.ts';
import type { Api } from './api.ts';
import { platform } from './platform.ts';

export const channelShape = z.object({
  id: z.string(),
  type: z.int(),
  guild_id: z.string().nullish(),
  parent_id: z.string().nullish(),
  name: z.string().nullish(),
  last_message_id: z.string().nullish(),
  available_tags: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  applied_tags: z.array(z.string()).default([]),
});

/** A channel, a thread or a direct conversation. */
export type Channel = z.infer<typeof channelShape>;

const threadTypes: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/** Channels whose threads are posts. */
const forumTypes: ReadonlySet<number> = new Set([ChannelType.GuildForum, ChannelType.GuildMedia]);

export function isThread({ type }: Pick<Channel, 'type'>): boolean {
  return threadTypes.has(type);
}

export function isForum({ type }: Pick<Channel, 'type'>): boolean {
  return forumTypes.has(type);
}

/** How long a channel is remembered by a process that is not told of its changes, for it does not listen. Milliseconds. */
const remembered = 600_000;

/** The channels that Docket has heard of; others are asked for. */
export class Channels {
  readonly #known = new Map<string, Channel & { readonly until: number }>();

  constructor(private readonly api: Api) {}

  /** A channel is there, or has changed. */
  learn(channel: Channel): void {
    this.#known.set(channel.id, { ...channel, until: Date.now() + remembered });
  }

  /** A channel is gone, or what is known of it is out of date. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** @throws TryLater, Undeliverable where there is none that Docket can see */
  async get(id: string): Promise<Channel> {
    const known = this.#known.get(id);
    return known !== undefined && known.until > Date.now() ? known : this.ask(id);
  }

  /**
   * A channel as it is right now.
   *
   * @throws TryLater, Undeliverable where there is none that Docket can see
   */
  async ask(id: string): Promise<Channel> {
    const about = { guild: null, channel: id };
    const asked = await this.api.call(about, channelShape, (rest) => rest.get(Routes.channel(id)));
    this.learn(asked);
    return asked;
  }

  /** What a channel is called; null where that is not known. */
  name(id: string): string | null {
    return this.#known.get(id)?.name ?? null;
  }

  /** The channels and threads of a guild in which something was said after what a snowflake names. */
  since(guild: string, snowflake: bigint): readonly Channel[] {
    return [...this.#known.values()].filter(
      ({ guild_id, last_message_id, type }) =>
        // The last message of a forum is its newest post, which is a thread of its own.
        guild_id === guild && !forumTypes.has(type) && last_message_id && BigInt(last_message_id) > snowflake,
    );
  }
}

/** The place that a channel of a guild is, with the thread as the part of its channel that it is. */
export function placeOf(guild: string, { id, parent_id, ...channel }: Channel): Address {
  const place = { platform, workspace: guild, direct: false };
  return isThread(channel) && parent_id
    ? { ...place, channel: parent_id, thread: id }
    : { ...place, channel: id, thread: null };
}

/** The channel of Discord's that something said in a place goes to. */
export function channelOf({ channel, thread }: Pick<Address, 'channel' | 'thread'>): string {
  return thread ?? channel;
}
