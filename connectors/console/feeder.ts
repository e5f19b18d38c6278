import type { News } from '../../src/web/live.ts';
import type { Feeder, OpenPage } from '../../src/web/streams.ts';
import type { PrivateAnswer } from './answers.ts';
import type { Chat } from './chat.ts';
import { drawingFor } from './drawing.ts';
import type { ChatMessage } from './message.ts';
import { Gone, MessageItem } from './message-item.tsx';
import { Sidebar, unreadLimit } from './page.tsx';
import { PrivateItem } from './private.tsx';
import { Sight } from './sight.ts';
import { shown, unreadCounts } from './timeline.ts';

/** More changes than this are not told one by one to a page that comes back: it shows the newest. */
const catchUpLimit = 500;

/** Keeps the open pages of the chat up to date: messages, the list of channels, private answers. */
export function chatFeeder(chat: Chat): Feeder {
  return {
    opened: (page) => catchUp(chat, page),
    told: (news, pages) => tell(chat, news, pages),
  };
}

async function catchUp(chat: Chat, page: OpenPage): Promise<void> {
  const upTo = await chat.messages.now();
  const sight = new Sight(chat.door(), page.viewer);
  const answers = await privatePieces(await chat.answers.of(page.viewer.person, page.page), sight, page);
  const missed = page.channel === null ? [] : await chat.messages.changedSince(page.channel, page.since, catchUpLimit);
  const pieces = [...(await chatPieces(chat, page, sight, await withRoots(chat, missed))), ...answers];
  if (page.channel !== null) pieces.push(await sidebar(chat, page, sight));
  page.show(pieces.join(''), upTo);
}

async function tell(chat: Chat, news: readonly News[], pages: readonly OpenPage[]): Promise<void> {
  const ids = [...new Set(news.flatMap((one) => ('message' in one ? [one.message] : [])))];
  const answerIds = news.flatMap((one) => ('answer' in one ? [one.answer] : []));
  const readers = new Set(news.flatMap((one) => ('reader' in one ? [one.reader] : [])));
  if (ids.length === 0 && answerIds.length === 0 && readers.size === 0) return;
  const upTo = await chat.messages.now();
  const changed = await withRoots(chat, await chat.messages.byIds(ids));
  const answers = await chat.answers.byIds(answerIds);
  const sights = new Map(pages.map(({ viewer }) => [viewer.person, new Sight(chat.door(), viewer)]));
  // Somebody with many pages sees the same on those that show the same.
  const drawn = new Map<string, Promise<string[]>>();
  const pieceOnce = (page: OpenPage, what: string, draw: () => Promise<string[]>): Promise<string[]> => {
    const key = JSON.stringify([page.viewer.person, page.channel, what]);
    const asked = drawn.get(key) ?? draw();
    drawn.set(key, asked);
    return asked;
  };
  await Promise.all(
    pages.map(async (page) => {
      const sight = sights.get(page.viewer.person) ?? new Sight(chat.door(), page.viewer);
      const own = answers.filter((answer) => answer.page === page.page && answer.person === page.viewer.person);
      const seen = await pieceOnce(page, 'messages', () => chatPieces(chat, page, sight, changed));
      const pieces = [...seen, ...(await privatePieces(own, sight, page))];
      const reads = readers.has(page.viewer.person);
      if (page.channel !== null && (reads || (await concernsOthers(chat, page, changed)))) {
        pieces.push(...(await pieceOnce(page, 'sidebar', async () => [await sidebar(chat, page, sight)])));
      }
      if (pieces.length > 0) page.show(pieces.join(''), upTo);
    }),
  );
}

/** Whether something changed in another channel of theirs. Of what happens elsewhere a page hears nothing, not even that it does. */
async function concernsOthers(chat: Chat, page: OpenPage, changed: readonly ChatMessage[]): Promise<boolean> {
  const elsewhere = new Set(changed.map(({ channel }) => channel).filter((channel) => channel !== page.channel));
  if (elsewhere.size === 0) return false;
  return (await chat.channels.of(page.viewer)).some(({ key }) => elsewhere.has(key));
}

/** A change in a thread shows on the message that the thread hangs on, too. */
async function withRoots(chat: Chat, messages: readonly ChatMessage[]): Promise<ChatMessage[]> {
  const there = new Set(messages.map(({ id }) => id));
  const roots = new Set(messages.flatMap(({ root }) => (root === null || there.has(root) ? [] : [root])));
  const found = [...messages, ...(await chat.messages.byIds([...roots]))];
  return found.sort((a, b) => a.id - b.id);
}

async function chatPieces(
  chat: Chat,
  page: OpenPage,
  sight: Sight,
  messages: readonly ChatMessage[],
): Promise<string[]> {
  const here = messages.filter(({ channel }) => channel === page.channel);
  const [channel] = here.map((message) => message.channel);
  if (channel === undefined || (await chat.channels.find(page.viewer, channel)) === null) return [];
  const drawing = drawingFor(page.viewer, { key: channel });
  const visible = await shown(here, sight, chat.messages);
  const drawn = visible.flatMap((one) => {
    const inThread = { ...drawing, list: 'thread' } as const;
    const card = one.message.view?.view === 'card';
    if (one.message.root !== null) return card ? [] : [MessageItem({ shown: one, drawing: inThread })];
    return [MessageItem({ shown: one, drawing }), MessageItem({ shown: one, drawing: inThread })];
  });
  const still = new Set(visible.map(({ message }) => message.id));
  // Only what may have been seen before is taken away: of the rest the page is to hear nothing, not even that it is.
  const gone = here.filter(({ id, deleted, view }) => !still.has(id) && (deleted || view !== null));
  const away = gone.map((message) => Gone({ message, list: message.root === null ? 'channel' : 'thread' }));
  return Promise.all([...drawn, ...away]);
}

function privatePieces(answers: readonly PrivateAnswer[], sight: Sight, page: OpenPage): Promise<string[]> {
  const reader = { zone: page.viewer.zone, now: new Date() };
  return Promise.all(answers.map((answer) => PrivateItem({ answer, sight, reader })));
}

async function sidebar(chat: Chat, page: OpenPage, sight: Sight): Promise<string> {
  const channels = await chat.channels.of(page.viewer);
  const keys = channels.map(({ key }) => key);
  const unread = await unreadCounts(keys, sight, chat.messages, unreadLimit);
  return Sidebar({ channels, unread, open: page.channel ?? '', version: Date.now() });
}
