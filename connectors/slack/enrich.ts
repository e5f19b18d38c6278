import { z } from 'zod';
import type { Address, Inbound, Quoted } from '../connector.ts';
import { readIncoming, threadOf } from './incoming.ts';
import { type MessageShape, messageShape } from './payloads.ts';
import { addressOf, ownPlace, type Slack } from './slack.ts';

/** What an inbound is kept with: Slack is asked for the rest when it has had its acknowledgement. */
const rawShape = z.object({
  /** Whose conversation with Docket the place may be, or is: to be asked for. */
  own: z.enum(['maybe', 'is']).optional(),
  /** The message that was sent or edited, where it mentions somebody, and the one that is marked, where it is known. */
  message: messageShape.optional(),
  /** The first message of the thread that Docket was mentioned in: it may be quoted. */
  below: z.string().optional(),
});

export type RawInbound = z.infer<typeof rawShape>;

/** Where somebody acted, as far as that is known without asking Slack, and what is to be asked for. */
export function rawPlace(
  slack: Slack,
  channel: string | null,
  thread: string | null,
): { readonly where: Address; readonly raw: RawInbound } {
  if (channel === null) return { where: addressOf(slack, '', thread, true), raw: { own: 'is' } };
  const raw: RawInbound = channel.startsWith('D') ? { own: 'maybe' } : {};
  return { where: addressOf(slack, channel, thread, false), raw };
}

/**
 * Fills in who somebody is, where they are, and what those are called whom they mention. Null where a message that was
 * marked is gone, or is Docket's own.
 *
 * @throws TryLater, Undeliverable
 */
export async function enrich(slack: Slack, { raw: kept, ...inbound }: Inbound): Promise<Inbound | null> {
  if (kept === undefined) return inbound;
  const raw = rawShape.parse(kept);
  const { channel, thread } = inbound.where;
  const by = inbound.sender.id;
  const sender = await slack.people.sender(by);
  const where =
    raw.own === undefined ? inbound.where : await ownPlace(slack, by, raw.own === 'is' ? null : channel, thread);
  switch (inbound.kind) {
    case 'message':
      return {
        ...{ ...inbound, sender, where },
        ...(raw.message ? await readIncoming(slack, raw.message) : {}),
        ...(raw.below ? await quotedBy(slack, channel, raw.below) : {}),
      };
    case 'edit': {
      const text = raw.message ? (await readIncoming(slack, raw.message)).text : inbound.text;
      return { ...inbound, sender, where, text };
    }
    case 'reaction':
      return marked(slack, { ...inbound, sender, where }, raw.message ?? null);
    default:
      return { ...inbound, sender, where };
  }
}

type Mark = Extract<Inbound, { kind: 'reaction' }>;

async function marked(slack: Slack, inbound: Mark, known: MessageShape | null): Promise<Inbound | null> {
  const { where } = inbound;
  const message = known ?? (await fetchMessage(slack, where.channel, inbound.message));
  const author = message?.user ?? message?.bot_id ?? null;
  if (message === null || author === null || author === slack.bot) return null;
  const { text, files } = await readIncoming(slack, message);
  return {
    ...inbound,
    where: { ...where, thread: threadOf(message) },
    author: await slack.people.sender(author),
    text,
    files,
  };
}

/** The message that a thread hangs on; nothing where it is Docket's own, and where it cannot be read. */
async function quotedBy(slack: Slack, channel: string, root: string): Promise<{ readonly quoted?: Quoted }> {
  try {
    const message = await fetchMessage(slack, channel, root);
    const author = message?.user ?? message?.bot_id ?? null;
    if (message === null || author === null || author === slack.bot) return {};
    const { text, files } = await readIncoming(slack, message);
    return { quoted: { author: await slack.people.sender(author), text, files } };
  } catch (error) {
    slack.log.info({ err: error, channel }, 'the first message of a thread could not be read, and is not quoted');
    return {};
  }
}

/** A message of a channel, or of a thread in it; null where it is gone. */
async function fetchMessage(slack: Slack, channel: string, ts: string): Promise<MessageShape | null> {
  const only = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
  const { messages: top = [] } = await slack.api.call(channel, (web) => web.conversations.history(only));
  const found = top.find((message) => message.ts === ts) ?? (await fetchReply(slack, channel, ts));
  return found === undefined ? null : messageShape.parse(found);
}

async function fetchReply(slack: Slack, channel: string, ts: string): Promise<unknown> {
  const { messages = [] } = await slack.api.call(channel, (web) =>
    web.conversations.replies({ channel, ts, latest: ts, oldest: ts, inclusive: true, limit: 1 }),
  );
  return messages.find((message) => message.ts === ts);
}
