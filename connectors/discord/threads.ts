import { RESTJSONErrorCodes as Codes, Routes } from 'discord.js';
import { z } from 'zod';
import { type Address, Gone, type View } from '../connector.ts';
import { channelOf } from './channels.ts';
import type { Discord } from './discord.ts';
import { codeOf } from './failure.ts';

/** Characters of a thread's name, at most. */
const longestName = 100;

/** After so many minutes without a word a thread leaves the list of a channel: a week, the longest that there is. */
export const archiveAfter = 10_080;

/**
 * Does something in the channel or the thread that an address means. A thread is begun at its message where there is none
 * yet, and opened again where it was archived.
 *
 * @param name what a new thread is called
 * @throws TryLater, Undeliverable; Gone where the message is gone that the thread hangs on
 */
export async function inPlace<Result>(
  discord: Discord,
  to: Address,
  name: string,
  act: (channel: string) => Promise<Result>,
): Promise<Result> {
  const channel = channelOf(to);
  try {
    return await act(channel);
  } catch (error) {
    if (to.thread === null) throw await discord.api.failed(error, { guild: to.workspace, channel });
    const code = codeOf(error);
    if (code === Codes.UnknownChannel) await begin(discord, to, to.thread, name);
    else if (code === Codes.InvalidActionOnArchivedThread) await reopen(discord, to, channel);
    else throw await discord.api.failed(error, { guild: to.workspace, channel });
  }
  try {
    return await act(channel);
  } catch (error) {
    throw await discord.api.failed(error, { guild: to.workspace, channel });
  }
}

async function begin(discord: Discord, { workspace, channel }: Address, message: string, name: string): Promise<void> {
  const body = { name: threadTitle(name), auto_archive_duration: archiveAfter };
  try {
    await discord.api.raw((rest) => rest.post(Routes.threads(channel, message), { body }));
  } catch (error) {
    const code = codeOf(error);
    if (code === Codes.ThreadAlreadyCreatedForMessage) return;
    // Without its message, as without its channel, there is no thread to be had.
    if (code === Codes.UnknownMessage) throw new Gone('the message is gone that the thread hangs on');
    throw await discord.api.failed(error, { guild: workspace, channel });
  }
}

async function reopen(discord: Discord, { workspace }: Address, thread: string): Promise<void> {
  await discord.api.call({ guild: workspace, channel: thread }, z.unknown(), (rest) =>
    rest.patch(Routes.channel(thread), { body: { archived: false } }),
  );
}

/** A name that Discord takes for a thread. */
export function threadTitle(name: string): string {
  return [...name.replace(/\s+/g, ' ').trim()].slice(0, longestName).join('') || 'Docket';
}

/** What a thread is called in which a view is the first thing that is said. */
export function threadName(view: View): string {
  switch (view.view) {
    case 'card':
    case 'history':
      return `#${view.ticket} ${view.subject}`;
    case 'line':
      return `#${view.ticket} ${view.subject ?? ''}`;
    case 'list':
    case 'form':
      return view.title;
    case 'notice':
      return 'Docket';
  }
}
