import { type RawFile, Routes } from 'discord.js';
import { z } from 'zod';
import { type LineView, Undeliverable } from '../connector.ts';
import { downloaded } from '../download.ts';
import { fileNames, shownOf } from './attached.ts';
import type { Discord } from './discord.ts';

const attachments = z.array(z.object({ id: z.string(), url: z.url() })).default([]);

const withAttachments = z.object({
  attachments,
  message_snapshots: z.array(z.object({ message: z.object({ attachments }) })).default([]),
});

/**
 * The bytes of a file of a message. Its address is asked for anew, for those of Discord's last a day.
 *
 * @param ref channel, message and attachment: `123/456/789`
 * @throws Undeliverable where it cannot be had, TryLater where it may be had later
 */
export async function download(discord: Discord, ref: string): Promise<Uint8Array> {
  const [channel = '', message = '', id = ''] = ref.split('/');
  const found = await discord.api.call({ guild: null, channel }, withAttachments, (rest) =>
    rest.get(Routes.channelMessage(channel, message)),
  );
  const all = [...found.attachments, ...found.message_snapshots.flatMap((copy) => copy.message.attachments)];
  const file = all.find((each) => each.id === id);
  if (file === undefined) throw new Undeliverable('the file is not at its message any more');
  return downloaded('Discord', file.url);
}

/** The files that go with a line, as they are sent. */
export async function filesOf(discord: Discord, attachments: LineView['attachments']): Promise<RawFile[]> {
  const shown = shownOf(attachments);
  const names = fileNames(shown);
  const bytes = await Promise.all(shown.map(({ id }) => discord.door.file(id)));
  return names.map((name, nth) => ({ name, data: Buffer.from(bytes[nth] ?? 'This file is not there any more.') }));
}
