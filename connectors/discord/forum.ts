import { type RawFile, Routes } from 'discord.js';
import { z } from 'zod';
import { type Address, Undeliverable, type View } from '../connector.ts';
import { isForum } from './channels.ts';
import type { Discord } from './discord.ts';
import { find, type Mark } from './mark.ts';
import { archiveAfter, threadTitle } from './threads.ts';

/** A post has five tags at most (docs.discord.com/developers/resources/channel, "Channel Object"). */
const tagsAtMost = 5;

/**
 * The tags of a forum's post after its ticket has come to a status: the tag that is called like it, in place of those that
 * are called like others. Null where that is what it has, or the forum has no such tag.
 *
 * @param available the tags of the forum
 * @param applied the ids of those that the post has
 */
export function tagsFor(
  status: string,
  statuses: readonly string[],
  available: readonly { readonly id: string; readonly name: string }[],
  applied: readonly string[],
): readonly string[] | null {
  const named = (name: string) => available.find((tag) => tag.name.toLowerCase() === name.toLowerCase())?.id;
  const meant = named(status);
  if (meant === undefined) return null;
  const others = new Set(statuses.map(named));
  const kept = applied.filter((id) => !others.has(id) && id !== meant).slice(0, tagsAtMost - 1);
  return applied.includes(meant) && kept.length === applied.length - 1 ? null : [...kept, meant];
}

/**
 * A card was shown in the post of a forum: the post's tags follow the ticket's status. Where Docket may not set them, the
 * card stands all the same.
 *
 * @param id of the card's message
 * @throws TryLater
 */
export async function followStatus(discord: Discord, to: Address, id: string, view: View): Promise<void> {
  if (view.view !== 'card' || to.direct) return;
  try {
    const forum = await discord.channels.get(to.channel);
    if (!isForum(forum)) return;
    const post = await discord.channels.ask(to.thread ?? id);
    const tags = tagsFor(view.status, discord.options.statuses, forum.available_tags, post.applied_tags);
    if (tags === null) return;
    await discord.api.call({ guild: to.workspace, channel: post.id }, z.unknown(), (rest) =>
      rest.patch(Routes.channel(post.id), { body: { applied_tags: tags } }),
    );
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    discord.log.warn({ err: error, post: to.thread ?? id }, 'the tags of a post could not follow its ticket');
  }
}

const postShape = z.object({ id: z.string(), owner_id: z.string().nullish(), parent_id: z.string().nullish() });

/** Posts that are looked through in search of one that may be there. */
const newest = 20;

/**
 * Docket's post in a forum that begins with a message of this mark; null when there is none.
 *
 * @throws TryLater, Undeliverable
 */
export async function findPost(discord: Discord, to: Address, mark: Mark): Promise<string | null> {
  const { threads } = await discord.api.call(
    { guild: to.workspace, channel: to.channel },
    z.object({ threads: z.array(postShape) }),
    (rest) => rest.get(Routes.guildActiveThreads(to.workspace)),
  );
  const own = threads
    .filter(({ owner_id, parent_id }) => owner_id === discord.bot && parent_id === to.channel)
    .sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1));
  for (const { id } of own.slice(0, newest)) {
    if ((await find(discord, { ...to, thread: id }, mark)) === id) return id;
  }
  return null;
}

/**
 * Begins a post in a forum; gives its id, which is that of its first message.
 *
 * @throws TryLater, Undeliverable
 */
export async function beginPost(
  discord: Discord,
  to: Address,
  name: string,
  first: { readonly body: object; readonly files: RawFile[] },
): Promise<string> {
  const body = { name: threadTitle(name), auto_archive_duration: archiveAfter, message: first.body };
  const { id } = await discord.api.call(
    { guild: to.workspace, channel: to.channel },
    z.object({ id: z.string() }),
    (rest) => rest.post(Routes.threads(to.channel), { body, files: first.files }),
  );
  return id;
}
