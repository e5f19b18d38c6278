import { type RawFile, Routes } from 'discord.js';
import { z } from 'zod';
import type { Address, View } from '../connector.ts';
import { isForum } from './channels.ts';
import type { Discord } from './discord.ts';
import { drawn } from './drawing.ts';
import { filesOf } from './files.ts';
import { beginPost, findPost, followStatus } from './forum.ts';
import { find, marked, markOf } from './mark.ts';
import { inPlace, threadName } from './threads.ts';

const posted = z.object({ id: z.string() });

/**
 * Posts a view; gives the message's id. Discord itself knows a post again for some minutes, by its nonce; later, its mark is
 * looked for first.
 *
 * @param again an attempt before this one may have reached Discord
 * @throws TryLater, Undeliverable, Rejected, Gone
 */
export async function post(discord: Discord, to: Address, view: View, key: string, again: boolean): Promise<string> {
  const mark = markOf(key);
  const isPost = to.thread === null && !to.direct && isForum(await discord.channels.get(to.channel));
  const there = !again ? null : await (isPost ? findPost(discord, to, mark) : find(discord, to, mark));
  if (there !== null) return there;
  const { components, ...message } = await drawn(discord, to.workspace, view);
  const files = view.view === 'line' ? await filesOf(discord, view.attachments) : [];
  const body = { ...message, components: marked(components, mark) };
  const id = isPost
    ? await beginPost(discord, to, threadName(view), { body, files })
    : await send(discord, to, threadName(view), { body: { ...body, nonce: mark.nonce, enforce_nonce: true }, files });
  await followStatus(discord, to, id, view);
  return id;
}

async function send(
  discord: Discord,
  to: Address,
  name: string,
  message: { readonly body: object; readonly files: RawFile[] },
): Promise<string> {
  const answer = await inPlace(discord, to, name, (channel) =>
    discord.api.raw((rest) => rest.post(Routes.channelMessages(channel), message)),
  );
  return posted.parse(answer).id;
}

/** @throws TryLater, Undeliverable, Rejected, Gone */
export async function edit(discord: Discord, to: Address, id: string, view: View): Promise<void> {
  const { flags, components, allowed_mentions } = await drawn(discord, to.workspace, view);
  // What is edited calls nobody again.
  const body = { flags, components, allowed_mentions: { ...allowed_mentions, users: [] } };
  const isPost = to.thread === null && !to.direct && isForum(await discord.channels.get(to.channel));
  // What begins a post stands in the post.
  await inPlace(discord, isPost ? { ...to, thread: id } : to, threadName(view), (channel) =>
    discord.api.raw((rest) => rest.patch(Routes.channelMessage(channel, id), { body })),
  );
  await followStatus(discord, to, id, view);
}
