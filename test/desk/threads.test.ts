import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Address, Inbound } from '../../src/desk/inbound.ts';
import { text } from '../../src/ticket/text.ts';
import { type House, openHouse } from '../jobs/house.ts';

/** A forum whose posts are tickets, and a feed for staff elsewhere. Threads are called by the message that they hang on. */
const configuration = `
people:
  alex: { name: Alex Admin, administrator: true }
  ada: { name: Ada Okafor }
groups: { staff: [ada] }
rights:
  work: [SeeQueue, CreateTicket, ShowTicket, ShowTicketComments, ReplyToTicket, CommentOnTicket, OwnTicket, ModifyTicket]
queues:
  help:
    rights: { everyone: [SeeQueue, CreateTicket], requestor: [ShowTicket, ReplyToTicket], staff: [work] }
    intake: ['slack:T1/forum']
    feeds: [{ place: 'slack:T1/desk', audience: staff }]
`;

let house: House;
beforeAll(async () => {
  house = await openHouse(configuration);
});
afterAll(() => house.close());

const forum = (thread: string | null): Address => ({
  ...{ platform: 'slack', workspace: 'T1', channel: 'forum', thread, direct: false },
});
let events = 0;
async function hear(who: string, where: Address, act: Record<string, unknown>): Promise<string> {
  const kept = await house.door.receive({
    ...{ event: `t${++events}`, at: house.desk.now(), sender: { id: who, name: who }, where, answerTo: {} },
    ...act,
  } as Inbound);
  await house.quiet();
  return kept;
}
const say = (who: string, where: Address, message: string, words: string, rest = {}) =>
  hear(who, where, {
    ...{ kind: 'message', message, text: text(words), mentionsBot: false, replyTo: null, files: [], ...rest },
  });
/** The platform's own message, so that Docket's may be posted under it. */
const post = (id: string) => house.paper.notes.push({ id, where: 'forum', thread: null, view: nothing, edits: 0 });
const nothing = { view: 'notice', tone: 'info', text: [], buttons: [] } as const;
const inThread = (thread: string) =>
  house.paper.notes.filter((note) => note.thread === thread).map(({ view }) => JSON.stringify(view));

test('a post in a forum is a ticket, and its card stands in the thread that the post is', async () => {
  post('post1');
  expect(await say('mia', forum(null), 'post1', 'The beamer is dim')).toBe('kept');
  const ticket = (await house.store.load([1])).get(1);
  expect(ticket).toMatchObject({ queue: 'help', subject: 'The beamer is dim' });
  expect(inThread('post1')).toEqual([expect.stringContaining('"view":"card"')]);
});

test('what is said in the post’s thread goes to the ticket, by staff too, and is not told there again', async () => {
  expect(await say('mia', forum('post1'), 'post1-a', 'It got worse')).toBe('kept');
  await say('ada', forum('post1'), 'post1-b', 'We are on it');
  const { rows } = await house.store.pool.query(
    `select type, body from transactions where ticket_id = 1 and type in ('reply', 'comment') order by id`,
  );
  expect(rows).toEqual([
    { type: 'reply', body: 'It got worse' },
    { type: 'reply', body: 'We are on it' },
  ]);
  expect(inThread('post1').join()).not.toMatch(/It got worse|We are on it/);
  expect(house.paper.read('desk')).toEqual(expect.arrayContaining([expect.stringContaining('It got worse')]));
});

test('what staff say of it elsewhere stays out of the post, and its card there follows the status', async () => {
  await house.say('ada', 'comment 1 the lamp is from 1999');
  await house.say('ada', 'resolve 1');
  await house.quiet();
  const [card] = inThread('post1');
  expect(card).toContain('"status":"resolved"');
  expect(inThread('post1').join()).not.toContain('1999');
});

test('the first words of a post are edited with it, and taken back with it', async () => {
  await hear('mia', forum(null), { kind: 'edit', message: 'post1', text: text('The beamer is dark') });
  expect(inThread('post1')[0]).toContain('The beamer is dark');
  await hear('mia', forum(null), { kind: 'deletion', message: 'post1' });
  expect(inThread('post1')[0]).not.toContain('The beamer is dark');
});

test('a thread that hangs on no message is a conversation by its own id', async () => {
  post('thread9');
  const where = { ...forum('thread9'), channel: 'lobby' };
  await say('mia', where, 'thread9-a', 'Who has the key?', { mentionsBot: true });
  expect(await say('mia', where, 'thread9-b', 'Found it')).toBe('kept');
  expect((await house.store.load([2])).get(2)?.subject).toBe('Who has the key?');
  expect(house.paper.notes.filter(({ thread }) => thread === 'thread9').map(({ view }) => view.view)).toEqual(['card']);
});

test('a feed into a forum is a post for each ticket: what happens is told in the post that its card is', async () => {
  await house.say('alex', 'feed help here anyway');
  await house.say('mia', 'new in help Fan is loud');
  await house.say('ada', 'reply 3 Which fan?');
  await house.quiet();
  const card = house.paper.notes.find(
    ({ where, view }) => where === 'lobby' && view.view === 'card' && view.ticket === 3,
  );
  expect(card?.thread).toBeNull();
  expect(inThread(card?.id ?? '')).toEqual([expect.stringContaining('Which fan?')]);
});
