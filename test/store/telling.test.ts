import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cardsOf, forgetCard, keepCard, ticketOfCard } from '../../src/store/cards.ts';
import { conversationAt, conversationsOf, transactionsOf } from '../../src/store/conversations.ts';
import { announce, announcements, type NewDelivery, postponed, sent, waiting } from '../../src/store/deliveries.ts';
import { feeds, forgetFeeds, isFed, syncConfiguredFeeds } from '../../src/store/feeds.ts';
import { history, lastTransactions } from '../../src/store/history.ts';
import { docket } from '../../src/store/people.ts';
import { placeId, places } from '../../src/store/places.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { FeedWrite, PlaceKey } from '../../src/store/unit.ts';
import type { Ticket } from '../../src/ticket/ticket.ts';
import { freshDatabase } from '../support/postgres.ts';
import { changing, comment, load, noon, priority, reply, silent, stored, unitOf } from './samples.ts';

let store: Store;
let drop: () => Promise<void>;
let me: number;
let ticket: Ticket;

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  store = await openStore({ databaseUrl: database.url, log: silent });
  me = (await docket(store)).person;
});

beforeEach(async () => {
  await store.pool.query('delete from docket_worker._private_jobs');
  await store.pool.query('delete from unannounced');
  ticket = await stored(store, me);
});

afterAll(async () => {
  await store.close();
  await drop();
});

const channel = (name: string, thread: string | null = null): PlaceKey => ({
  platform: 'slack',
  workspace: 'T1',
  channel: name,
  thread,
  direct: false,
});

const delivery = (transaction: number, given: Partial<NewDelivery> = {}): NewDelivery => ({
  ticket: ticket.id,
  transaction,
  to: { person: me },
  part: 'line',
  urgency: 20,
  audience: 'staff',
  ...given,
});

const jobs = async (task: string) => {
  const { rows } = await store.pool.query<{ key: string; payload: unknown; priority: number; queue: string }>(
    `select j.key, j.payload, j.priority, q.queue_name as queue
     from docket_worker._private_jobs j join docket_worker._private_tasks t on t.id = j.task_id
     left join docket_worker._private_job_queues q on q.id = j.job_queue_id
     where t.identifier = $1 order by j.priority, j.key`,
    [task],
  );
  return rows;
};

test('a place is one number, whoever names it first; a thread is a place of its own', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => placeId(store, channel('same'))));
  const thread = await placeId(store, channel('same', 'm1'));
  expect(new Set([...ids, thread]).size).toBe(2);
  expect(await places(store, [thread, 999_999])).toEqual(new Map([[thread, channel('same', 'm1')]]));
});

test('what a command did to each ticket is announced apart, oldest first, with the ticket as it is now', async () => {
  const other = await stored(store, me);
  await store.commit(unitOf(me, [changing(ticket, {}, comment('one'), reply('two')), priority(other, 90)]));
  const told = await announcements(store, 10);
  expect(told.map((each) => [each.ticket.id, each.transactions.map(({ change }) => change.type)])).toEqual([
    [ticket.id, ['create']],
    [other.id, ['create']],
    [ticket.id, ['comment', 'reply']],
    [other.id, ['set']],
  ]);
  expect(told.at(-1)?.ticket.priority).toBe(90);
  expect(told[2]?.transactions.map(({ staffOnly }) => staffOnly)).toEqual([true, false]);
});

test('a delivery is kept once, however often it is announced, and has a job in the queue of its target', async () => {
  const place = await placeId(store, channel('once'));
  const [first] = await lastTransactions(store, ticket.id, 1);
  const line = delivery(first?.id ?? 0, { to: { place } });
  await announce(store, [], [line, { ...line, part: 'card' }]);
  await announce(store, [], [line]);
  const { deliveries } = await waiting(store, { place }, 10);
  expect(deliveries.map(({ part }) => part)).toEqual(['line', 'card']);
  expect(await jobs('deliver')).toEqual([
    { key: `deliver:place:${place}:20`, payload: { place }, priority: 20, queue: `deliver:place:${place}` },
  ]);
});

test('the more urgent goes first, and a person and a place of the same number are told apart', async () => {
  const person = me;
  const [first] = await lastTransactions(store, ticket.id, 1);
  const line = delivery(first?.id ?? 0);
  await announce(store, [], [line, { ...line, part: 'reminder', urgency: 0 }, { ...line, part: 'card', urgency: 10 }]);
  const told = (await waiting(store, { person }, 10)).deliveries.filter((each) => each.ticket === ticket.id);
  expect(told.map(({ part }) => part)).toEqual(['reminder', 'card', 'line']);
  expect((await jobs('deliver')).map(({ priority }) => priority)).toEqual([0, 10, 20]);
  const elsewhere = await waiting(store, { place: person }, 10);
  expect(elsewhere.deliveries.filter((each) => each.ticket === ticket.id)).toEqual([]);
});

test('what was sent waits no more; what failed waits on, and with it all of its target', async () => {
  const place = await placeId(store, channel('states'));
  const [first] = await lastTransactions(store, ticket.id, 1);
  const parts = ['card', 'line', 'reminder'] as const;
  await announce(
    store,
    [],
    parts.map((part) => delivery(first?.id ?? 0, { to: { place }, part })),
  );
  const [card, line, reminder] = (await waiting(store, { place }, 10)).deliveries.map(({ id }) => id);
  await sent(store, [card ?? 0], 'm7');
  await postponed(store, [line ?? 0], { error: 'the platform is down', again: noon, counts: true });
  await postponed(store, [line ?? 0], { error: 'one message a second', again: noon, counts: false });
  expect(await waiting(store, { place }, 10)).toMatchObject({
    deliveries: [
      { id: line, attempts: 1 },
      { id: reminder, attempts: 0 },
    ],
    again: noon,
  });
  await sent(store, [line ?? 0], 'm8');
  expect(await waiting(store, { place }, 10)).toMatchObject({ deliveries: [{ id: reminder }], again: null });
});

test('what is announced is announced no more, and what is not waits on, oldest first', async () => {
  await stored(store, me);
  await stored(store, me);
  const [first, ...rest] = await announcements(store, 10);
  expect([first, ...rest]).toHaveLength(3);
  expect(await announcements(store, 2)).toEqual([first, rest[0]]);
  await announce(store, first ? [first] : [], []);
  expect(await announcements(store, 10)).toEqual(rest);
});

test('a reply in a thread, to a card, to a line or to a message finds the ticket, also after a merge', async () => {
  const [noc, thread] = [channel('talk'), channel('talk', 'm1')];
  const place = await placeId(store, noc);
  const [first] = await lastTransactions(store, ticket.id, 1);
  const message = { platform: 'slack', workspace: 'T1', channel: 'talk', message: 'm1' };
  await store.commit(
    unitOf(me, [changing(ticket, {}, comment('said'))], {
      taken: [{ ticket: ticket.id, change: 0, message: { ...message, message: 'm4' }, thread: null, author: me }],
      conversations: [{ ticket: ticket.id, place: thread, audience: 'requestor' }],
    }),
  );
  await keepCard(store, { ticket: ticket.id, place, message: 'm2', shown: first?.id ?? 0 });
  await announce(store, [], [delivery(first?.id ?? 0, { to: { place } })]);
  await sent(
    store,
    (await waiting(store, { place }, 1)).deliveries.map(({ id }) => id),
    'm3',
  );

  const asked = await Promise.all(
    [['m1'], ['m2'], ['m3'], ['m4'], ['m5'], [], ['m5', 'm2']].map((hangsOn) => conversationAt(store, noc, hangsOn)),
  );
  const { id } = ticket;
  expect(asked).toEqual([
    { ticket: id, audience: 'requestor' },
    { ticket: id, audience: null },
    { ticket: id, audience: 'staff' },
    { ticket: id, audience: null },
    null,
    null,
    { ticket: id, audience: null },
  ]);
  expect(await conversationAt(store, channel('elsewhere'), ['m1', 'm2', 'm3', 'm4'])).toBeNull();
  expect((await transactionsOf(store, { ...message, message: 'm4' })).map(({ change }) => change)).toEqual([
    comment('said'),
  ]);

  const into = await stored(store, me);
  const now = await load(store, id);
  await store.commit(unitOf(me, [changing(now, { mergedInto: into.id }, { type: 'merged into', ticket: into.id })]));
  expect((await conversationAt(store, noc, ['m1']))?.ticket).toBe(into.id);
});

test('what many ask at the same moment comes to each by their own tickets', async () => {
  const tickets = await Promise.all([1, 2, 3].map(() => stored(store, me)));
  const place = await placeId(store, channel('many'));
  for (const each of tickets) await keepCard(store, { ticket: each.id, place, message: `c${each.id}`, shown: 0 });
  const found = await Promise.all(tickets.map((each) => cardsOf(store, [each.id, each.id])));
  expect(found.map((cards) => cards.map((card) => card.ticket))).toEqual(tickets.map(({ id }) => [id]));
  expect(await conversationsOf(store, [])).toEqual([]);
});

test('a card is one message for a ticket and place: a new one takes the place of the old', async () => {
  const place = await placeId(store, channel('cards'));
  await keepCard(store, { ticket: ticket.id, place, message: 'old', shown: 1 });
  await keepCard(store, { ticket: ticket.id, place, message: 'new', shown: 2 });
  expect(await cardsOf(store, [ticket.id])).toMatchObject([{ message: 'new', shown: 2, key: channel('cards') }]);
  expect(await ticketOfCard(store, place, 'new')).toBe(ticket.id);
  expect(await ticketOfCard(store, place, 'old')).toBeNull();
  await forgetCard(store, ticket.id, place);
  expect(await cardsOf(store, [ticket.id])).toEqual([]);
});

test("the configuration's feeds are those it names now; those made by command stay", async () => {
  const feed = (name: string) => ({ queue: 'noc', audience: 'staff', search: '', key: channel(name) }) as const;
  const named = async () => (await feeds(store)).map(({ key, source }) => `${key.channel} ${source}`);
  await syncConfiguredFeeds(store, [feed('f1'), feed('f2')]);
  const place = await placeId(store, channel('f3'));
  const write = (change: FeedWrite['feed']) => unitOf(me, [], { feeds: [{ queue: 'noc', place, feed: change }] });
  await store.commit(write({ audience: 'requestor', search: 'p80' }));
  forgetFeeds(store);
  expect(await named()).toEqual(['f1 config', 'f2 config', 'f3 command']);
  await syncConfiguredFeeds(store, [feed('f2')]);
  expect(await named()).toEqual(['f2 config', 'f3 command']);
  expect(await isFed(store, 'noc', place)).toBe(true);
  await Promise.all([store.commit(write({ audience: 'requestor', search: '' })), store.commit(write(null))]);
  expect(await isFed(store, 'noc', place)).toBe(false);
});

test('a history has that of merged tickets in it, and leaves comments out for those who may not see them', async () => {
  const into = await stored(store, me);
  await store.commit(unitOf(me, [changing(ticket, {}, comment('for staff'), reply('for all'))]));
  const now = await load(store, ticket.id);
  await store.commit(unitOf(me, [changing(now, { mergedInto: into.id }, { type: 'merged into', ticket: into.id })]));
  const read = async (staff: boolean, page: number, size: number) => {
    const { transactions, ...rest } = await history(store, into.id, { staff, page, size });
    return { types: transactions.map(({ change }) => change.type), ...rest };
  };
  const all = ['create', 'create', 'comment', 'reply', 'merged into'];
  expect(await read(true, 1, 50)).toEqual({ types: all, page: 1, pages: 1 });
  expect((await read(false, 1, 50)).types).toEqual(all.filter((type) => type !== 'comment'));
  expect(await read(true, 2, 2)).toEqual({ types: all.slice(2, 4), page: 2, pages: 3 });
  expect(await read(true, 0, 2)).toEqual({ types: all.slice(4), page: 3, pages: 3 });
  expect((await history(store, ticket.id, { staff: true, page: 1, size: 50 })).transactions).toHaveLength(5);
});
