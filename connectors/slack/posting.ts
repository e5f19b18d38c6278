import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Address, Gone, TryLater, type View } from '../connector.ts';
import { drawMessage, type Message } from './blocks/message.ts';
import { drawingFor } from './drawing.ts';
import { causeOf } from './failure.ts';
import type { Pace } from './pace.ts';
import type { Slack } from './slack.ts';
import { attach } from './uploads.ts';

/** The name of the metadata by which Docket knows its own messages again. */
export const metadataType = 'docket_delivery';

/** Posts and edits in a workspace. */
export class Posting {
  /** Deliveries whose last attempt may have reached Slack, though no answer came. */
  readonly #unsure = new Set<string>();

  constructor(
    private readonly slack: Slack,
    private readonly pace: Pace,
  ) {}

  /**
   * Posts a view; gives the message's `ts`. One that may be there already is looked up by its metadata first.
   *
   * @param again an attempt before this one may have reached Slack
   * @throws TryLater, Undeliverable, Rejected, Gone
   */
  async post(to: Address, view: View, key: string, again: boolean): Promise<string> {
    const there = again || this.#unsure.has(key) ? await find(this.slack, to, key) : null;
    if (there === null) this.pace.take(to.channel, key);
    const ts = there ?? (await this.#send(to, view, key));
    // The line is there, whatever becomes of its files: the next attempt looks for it.
    this.#unsure.add(key);
    if (view.view === 'line') await attach(this.slack, { ...to, message: ts }, view.attachments, there !== null);
    this.#unsure.delete(key);
    return ts;
  }

  /** @throws TryLater, Undeliverable, Rejected, Gone */
  async edit(to: Address, ts: string, view: View): Promise<void> {
    const { channel } = to;
    await this.#drawn(channel, view, (web, message) => web.chat.update({ channel, ts, parse: 'none', ...message }));
  }

  async #send({ channel, thread }: Address, view: View, key: string): Promise<string> {
    try {
      const sent = await this.#drawn(channel, view, (web, message) =>
        web.chat.postMessage({
          channel,
          ...message,
          metadata: { event_type: metadataType, event_payload: { key } },
          mrkdwn: false,
          parse: 'none',
          unfurl_links: false,
          unfurl_media: false,
          ...(thread === null ? {} : { thread_ts: thread }),
        }),
      );
      const ts = z.string().parse(sent.ts);
      if (thread !== null && view.view === 'line' && !sent.message?.thread_ts) await this.#withdraw(channel, ts);
      return ts;
    } catch (error) {
      if (error instanceof TryLater && error.afterMs === null) this.#unsure.add(key);
      if (error instanceof TryLater && error.afterMs !== null) this.pace.hold(channel, error.afterMs);
      throw error;
    }
  }

  /**
   * Takes back a line that has slipped out of its thread: where the message is gone that the thread hung on, Slack posts in
   * the channel without a word (slack-go/slack issue 1571), and nobody there would know which ticket it is about.
   *
   * @throws Gone
   */
  async #withdraw(channel: string, ts: string): Promise<void> {
    try {
      await this.slack.api.call(channel, (web) => web.chat.delete({ channel, ts }));
    } catch (error) {
      // Better that it stands there without its ticket's name than that it is told twice.
      this.slack.log.warn({ err: error, channel, ts }, 'a line outside of its thread could not be taken back');
      return;
    }
    throw new Gone('the message is gone that the thread hangs on');
  }

  /** Hands a drawn view to Slack. Blocks that Slack does not take are left out before nothing is told at all. */
  async #drawn<Result>(
    channel: string,
    view: View,
    act: (web: WebClient, message: Message) => Promise<Result>,
  ): Promise<Result> {
    const message = drawMessage(view, await drawingFor(this.slack, view));
    try {
      return await this.slack.api.call(channel, (web) => act(web, message));
    } catch (error) {
      if (!refusedBlocks.has(causeOf(error))) throw error;
      this.slack.log.error({ err: error, view: view.view }, 'Slack refused a message of blocks; it goes as plain text');
      return this.slack.api.call(channel, (web) => act(web, { text: message.text, blocks: [] as KnownBlock[] }));
    }
  }
}

const refusedBlocks: ReadonlySet<string | null> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
]);

const posted = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.string(), event_payload: z.object({ key: z.string() }).loose() }).optional(),
});

/** Messages that are read at a time, and how often, in search of one that may be there. */
const page = 200;
const mostPages = 10;

/** Looks among the newest messages of a conversation for the one of a delivery; null when it is not there. */
async function find(slack: Slack, { channel, thread }: Address, key: string): Promise<string | null> {
  let cursor: string | undefined;
  for (let nth = 0; nth < mostPages; nth++) {
    const asked = { channel, limit: page, include_all_metadata: true, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await slack.api.call(channel, (web) =>
      thread === null ? web.conversations.history(asked) : web.conversations.replies({ ...asked, ts: thread }),
    );
    for (const message of answer.messages ?? []) {
      const { success, data } = posted.safeParse(message);
      if (success && data.metadata?.event_type === metadataType && data.metadata.event_payload.key === key)
        return data.ts;
    }
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}
