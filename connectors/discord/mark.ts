import { createHash } from 'node:crypto';
import { RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { Address } from '../connector.ts';
import { channelOf } from './channels.ts';
import type { Discord } from './discord.ts';
import { codeOf } from './failure.ts';

/** By what a post is known again: to Discord for some minutes, and among the messages of a channel for ever. */
export interface Mark {
  /** At most 25 characters (docs.discord.com/developers/resources/message, "Create Message"). */
  readonly nonce: string;
  /** The id of a component: a number of 31 bits that Discord keeps as it is. */
  readonly component: number;
}

/** The mark of a delivery, by its key. */
export function markOf(key: string): Mark {
  const hash = createHash('sha256').update(key).digest();
  return { nonce: hash.toString('base64url').slice(0, 25), component: (hash.readUInt32BE() >>> 1) + 1 };
}

/** Components of which the first carries a mark. */
export function marked<Component extends object>(
  components: readonly Component[],
  { component }: Mark,
): readonly Component[] {
  return components.map((each, nth) => (nth === 0 ? { ...each, id: component } : each));
}

/** Messages that are read in search of one that may be there. */
const page = 100;

const withMarks = z.array(
  z.object({
    id: z.string(),
    author: z.object({ id: z.string() }),
    components: z.array(z.object({ id: z.int().optional() })).default([]),
  }),
);

/**
 * The newest message of Docket's in a place that carries a mark; null when there is none.
 *
 * @throws TryLater, Undeliverable
 */
export async function find(discord: Discord, to: Address, { component }: Mark): Promise<string | null> {
  const channel = channelOf(to);
  try {
    const query = new URLSearchParams({ limit: String(page) });
    const messages = withMarks.parse(
      await discord.api.raw((rest) => rest.get(Routes.channelMessages(channel), { query })),
    );
    const found = messages.find(
      ({ author, components }) => author.id === discord.bot && components[0]?.id === component,
    );
    return found?.id ?? null;
  } catch (error) {
    // The thread was not begun yet, and holds nothing.
    if (to.thread !== null && codeOf(error) === RESTJSONErrorCodes.UnknownChannel) return null;
    throw await discord.api.failed(error, { guild: to.workspace, channel });
  }
}
