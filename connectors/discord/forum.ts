import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Address, View } from '../connector.ts';
import { isForum } from './channels.ts';
import type { Discord } from './discord.ts';

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
 * A card was shown in the post of a forum: the post's tags follow the ticket's status.
 *
 * @throws TryLater, Undeliverable
 */
export async function followStatus(discord: Discord, to: Address, view: View): Promise<void> {
  const { thread } = to;
  if (view.view !== 'card' || thread === null) return;
  const forum = await discord.channels.get(to.channel);
  if (!isForum(forum)) return;
  const post = await discord.channels.get(thread);
  const tags = tagsFor(view.status, discord.options.statuses, forum.available_tags, post.applied_tags);
  if (tags === null) return;
  await discord.api.call({ guild: to.workspace, channel: thread }, z.unknown(), (rest) =>
    rest.patch(Routes.channel(thread), { body: { applied_tags: tags } }),
  );
  discord.channels.learn({ ...post, applied_tags: [...tags] });
}
