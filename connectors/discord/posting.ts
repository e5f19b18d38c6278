import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Address, View } from '../connector.ts';
import type { Discord } from './discord.ts';
import { drawn } from './drawing.ts';
import { filesOf } from './files.ts';
import { followStatus } from './forum.ts';
import { find, marked, markOf } from './mark.ts';
import { inPlace, threadName } from './threads.ts';

const posted = z.object({ id: z.string() });

/**
 * Posts a view; gives the message's id. Discord itself knows a post again for some minutes, by its nonce; later, its mark is
 * looked for first.
 *
 * @param again an attempt before this one may have reached Discord
 * @throws TryLater, Undeliverable, Gone
 */
export async function post(discord: Discord, to: Address, view: View, key: string, again: boolean): Promise<string> {
  const mark = markOf(key);
  if (again) {
    const there = await find(discord, to, mark);
    if (there !== null) return there;
  }
  const { components, ...message } = await drawn(discord, to.workspace, view);
  const files = view.view === 'line' ? await filesOf(discord, view.attachments) : [];
  const body = { ...message, components: marked(components, mark), nonce: mark.nonce, enforce_nonce: true };
  const answer = await inPlace(discord, to, threadName(view), (channel) =>
    discord.api.raw((rest) => rest.post(Routes.channelMessages(channel), { body, files: [...files] })),
  );
  await followStatus(discord, to, view);
  return posted.parse(answer).id;
}

/** @throws TryLater, Undeliverable, Gone */
export async function edit(discord: Discord, to: Address, id: string, view: View): Promise<void> {
  const { flags: _, ...body } = await drawn(discord, to.workspace, view);
  await inPlace(discord, to, threadName(view), (channel) =>
    discord.api.raw((rest) => rest.patch(Routes.channelMessage(channel, id), { body })),
  );
  await followStatus(discord, to, view);
}
