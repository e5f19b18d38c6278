import { z } from 'zod';
import type { Address, LineView } from '../connector.ts';
import { TryLater } from '../connector.ts';
import type { Slack } from './slack.ts';

type Attachment = LineView['attachments'][number];

/** A message, and where it stands. */
type Under = Address & { readonly message: string };

/**
 * Shares the files of a line below it, in its thread or, where it stands in none, in the conversation
 * (docs.slack.dev/messaging/working-with-files).
 *
 * @param again the line was posted before this attempt, so that some of its files may be there
 */
export async function attach(
  slack: Slack,
  under: Under,
  attachments: readonly Attachment[],
  again: boolean,
): Promise<void> {
  const there = again && attachments.length > 0 ? await titlesBelow(slack, under) : new Set<string>();
  for (const attachment of attachments) {
    if (!there.has(titleOf(attachment))) await share(slack, under, attachment);
  }
}

/** The title of a shared file names the attachment, so that it is known again. */
function titleOf({ id, name }: Attachment): string {
  return `${name} · ${id.slice(0, 8)}`;
}

async function share(slack: Slack, { channel, thread }: Under, attachment: Attachment): Promise<void> {
  const bytes = await slack.door.file(attachment.id);
  if (bytes === null || bytes.byteLength === 0) return;
  const { upload_url, file_id } = await slack.api.call(channel, (web) =>
    web.files.getUploadURLExternal({ filename: attachment.name, length: bytes.byteLength }),
  );
  const url = z.url().parse(upload_url);
  const id = z.string().parse(file_id);
  await upload(url, bytes);
  await slack.api.call(channel, (web) =>
    web.files.completeUploadExternal({
      files: [{ id, title: titleOf(attachment) }],
      channel_id: channel,
      ...(thread === null ? {} : { thread_ts: thread }),
    } as Parameters<typeof web.files.completeUploadExternal>[0]),
  );
}

async function upload(url: string, bytes: Uint8Array): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      body: new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength),
      signal: AbortSignal.timeout(60_000),
    });
  } catch (error) {
    throw new TryLater('a file could not be sent to Slack', null, { cause: error });
  }
  if (!response.ok) throw new TryLater(`Slack did not take a file (HTTP ${response.status})`, null);
}

const withFiles = z.object({ files: z.array(z.object({ title: z.string().nullish() })).nullish() });

async function titlesBelow(slack: Slack, { channel, thread, message }: Under): Promise<ReadonlySet<string>> {
  const { messages = [] } = await slack.api.call(channel, (web) =>
    thread === null
      ? web.conversations.history({ channel, oldest: message, limit: 200 })
      : web.conversations.replies({ channel, ts: thread, oldest: message, limit: 200 }),
  );
  const shared = messages.flatMap((each) => withFiles.safeParse(each).data?.files ?? []);
  return new Set(shared.flatMap(({ title }) => title ?? []));
}
