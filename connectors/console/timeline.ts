import type { Right } from '../../src/ticket/policy.ts';
import type { ChatMessage } from './message.ts';
import type { Messages } from './messages.ts';
import type { Sight } from './sight.ts';

/** A message as one reader sees it. */
export interface Shown {
  readonly message: ChatMessage;
  /** What the reader may do to the ticket that the message shows; empty where it shows none. */
  readonly rights: ReadonlySet<Right>;
  /** The cards of its thread: a ticket that was made of a message is shown right below it. */
  readonly cards: readonly { readonly message: ChatMessage; readonly rights: ReadonlySet<Right> }[];
  /** How many other messages the reader sees in its thread. */
  readonly replies: number;
  /** The highest number among it and all that hangs on it: who has seen it has read that far. */
  readonly latest: number;
  /** When it or its thread last changed: of two drawings the later is right. */
  readonly changed: string;
}

/** These messages as a reader sees them, with what hangs on them; those that they may not see are left out. */
export async function shown(messages: readonly ChatMessage[], sight: Sight, store: Messages): Promise<Shown[]> {
  const seen = await sight.visible(messages);
  const roots = seen.filter(({ root }) => root === null).map(({ id }) => id);
  const [cards, counts] = await Promise.all([
    store.cardsIn(roots).then((found) => sight.visible(found)),
    store.countsIn(roots).then((found) => sight.visible(found)),
  ]);
  const result = await Promise.all(
    seen.map(async (message): Promise<Shown> => {
      const own = cards.filter(({ root }) => root === message.id);
      const threads = counts.filter(({ root }) => root === message.id);
      return {
        message,
        rights: await rightsOn(message, sight),
        cards: await Promise.all(own.map(async (card) => ({ message: card, rights: await rightsOn(card, sight) }))),
        replies: threads.reduce((sum, { count }) => sum + count, 0),
        latest: Math.max(message.id, ...own.map(({ id }) => id), ...threads.map(({ latest }) => latest)),
        changed:
          [message, ...own, ...threads]
            .map(({ changed }) => changed)
            .sort()
            .at(-1) ?? message.changed,
      };
    }),
  );
  // A deleted message leaves a trace only where something still hangs on it.
  return result.filter(({ message, cards: on, replies }) => !message.deleted || on.length > 0 || replies > 0);
}

/** How many messages a reader has not read, by channel; at most `limit` are counted in each. */
export async function unreadCounts(
  channels: readonly string[],
  sight: Sight,
  store: Messages,
  limit: number,
): Promise<ReadonlyMap<string, number>> {
  const unread = await sight.visible(await store.unread(sight.viewer.person, channels, limit));
  const counts = new Map<string, number>();
  for (const { channel } of unread) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  return counts;
}

async function rightsOn({ view }: ChatMessage, sight: Sight): Promise<ReadonlySet<Right>> {
  return view !== null && 'ticket' in view ? sight.rightsOn(view.ticket) : new Set();
}
