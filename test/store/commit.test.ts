import { afterAll, beforeAll, expect, test } from 'vitest';
import { announcements } from '../../src/store/deliveries.ts';
import { lastTransactions } from '../../src/store/history.ts';
import { personOf } from '../../src/store/people.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { Reminder, Ticket } from '../../src/ticket/ticket.ts';
import { freshDatabase } from '../support/postgres.ts';
import {
  changing,
  comment,
  load,
  newTicket,
  noon,
  opening,
  priority,
  silent,
  stored,
  unfinished,
  unitOf,
} from './samples.ts';

let store: Store;
let other: Store;
let ada: number;
let bo: number;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  store = await openStore({ databaseUrl: database.url, log: silent });
  other = await openStore({ databaseUrl: database.url, log: silent });
  const where = { platform: 'slack', workspace: 'T1' };
  ada = await personOf(store, where, { id: 'U1', name: 'Ada' });
  bo = await personOf(store, where, { id: 'U2', name: 'Bo' });
});

afterAll(async () => {
  await store.close();
  await other.close();
  await drop();
});

const reminder: Reminder = {
  id: 1,
  at: '2030-01-01T09:00:00.000Z',
  text: 'call the telco',
  target: { to: 'group', group: 'operators' },
  by: 1,
  wakes: true,
  state: 'waiting',
};

const everything: Partial<Ticket> = {
  owner: 1,
  requestors: [1],
  ccs: [1],
  adminccs: [1],
  due: '2026-12-01T14:00:00.000Z',
  next: 'ask the telco',
  resolution: 'none yet',
  timeWorked: 30,
  fields: { site: 'LAX', count: 3, urgent: true, tags: ['a', 'b'] },
  links: [{ kind: 'depends on', ticket: 1 }],
  reminders: [reminder],
  started: noon,
  resolved: noon,
  told: noon,
};

test('a ticket comes back as it was written, with everything it can hold', async () => {
  const ticket = newTicket(await store.nextTicketId(), everything);
  expect(await store.commit(unitOf(ada, [opening(ticket, 'BGP is down')]))).toBe('committed');
  expect(await load(store, ticket.id)).toEqual(ticket);
});

test('what is taken off a ticket is gone, and people and links keep the order in which they were added', async () => {
  const ticket = await stored(store, ada, everything);
  const to = {
    owner: null,
    requestors: [bo, ada],
    ccs: [],
    due: null,
    fields: { site: 'SFO' },
    links: [
      { kind: 'refers to', ticket: 2 },
      { kind: 'member of', ticket: 1 },
    ],
    reminders: [{ ...reminder, state: 'done' }],
    resolved: null,
  } as const;
  const without = changing(ticket, { requestors: [], links: [] });
  expect(await store.commit(unitOf(ada, [without]))).toBe('committed');
  const emptied = await load(store, ticket.id);
  expect(await store.commit(unitOf(ada, [changing(emptied, to)]))).toBe('committed');
  expect(await load(store, ticket.id)).toEqual({ ...ticket, ...to, version: ticket.version + 2 });
});

test('a commit decided on an older version is a conflict, and writes nothing', async () => {
  const ticket = await stored(store, ada);
  expect(await store.commit(unitOf(ada, [priority(ticket, 60)]))).toBe('committed');
  expect(await store.commit(unitOf(bo, [priority(ticket, 70)]))).toBe('conflict');
  expect((await load(store, ticket.id)).priority).toBe(60);
  expect(await lastTransactions(store, ticket.id, 10)).toHaveLength(2);
});

test('of many who change a ticket at the same moment, through two processes, exactly one is taken', async () => {
  const ticket = await stored(store, ada);
  const racing = Array.from({ length: 40 }, (_, n) =>
    (n % 2 === 0 ? store : other).commit(unitOf(ada, [priority(ticket, n)])),
  );
  const results = await Promise.all(racing);
  expect(results.filter((result) => result === 'committed')).toHaveLength(1);
  expect(results.filter((result) => result === 'conflict')).toHaveLength(39);
});

test('tickets that two processes change in opposite orders are all written', async () => {
  const [a, b] = [await stored(store, ada), await stored(store, ada)];
  let conflicts = 0;
  const raise = async (through: Store, order: readonly number[]): Promise<void> => {
    const loaded = await through.load(order);
    const writes = order.flatMap((id) => {
      const ticket = loaded.get(id);
      return ticket ? [priority(ticket, ticket.priority + 1)] : [];
    });
    if ((await through.commit(unitOf(ada, writes))) === 'committed') return;
    conflicts++;
    await raise(through, order);
  };
  const rounds = Array.from({ length: 10 }, () => [raise(store, [a.id, b.id]), raise(other, [b.id, a.id])]);
  await Promise.all(rounds.flat());
  expect((await load(store, a.id)).priority).toBe(70);
  expect((await load(store, b.id)).priority).toBe(70);
  expect(conflicts).toBeGreaterThan(0);
});

test('a unit of several tickets is written whole or not at all', async () => {
  const [a, b] = [await stored(store, ada), await stored(store, ada)];
  await store.commit(unitOf(ada, [priority(b, 60)]));
  expect(await store.commit(unitOf(ada, [priority(a, 99), priority(b, 99)]))).toBe('conflict');
  expect((await load(store, a.id)).priority).toBe(50);
});

test('a unit that the database refuses does not take the others of its batch with it', async () => {
  const tickets = await Promise.all(Array.from({ length: 5 }, () => stored(store, ada)));
  const results = await Promise.allSettled([
    ...tickets.map((ticket) => store.commit(unitOf(ada, [priority(ticket, 60)]))),
    store.commit(unitOf(ada, [opening(newTicket(await store.nextTicketId(), { owner: 999_999 }))])),
  ]);
  expect(results.map(({ status }) => status)).toEqual([...tickets.map(() => 'fulfilled'), 'rejected']);
});

test('the inbox row ends with the unit, and a second unit of the same row is done before', async () => {
  const ticket = await stored(store, ada);
  const kept = await store.keep({ platform: 'slack', workspace: 'T1', event: 'e1', payload: { words: 'hello' } });
  const inbox = kept?.id ?? 0;
  expect(await unfinished(store)).toEqual([{ id: inbox, payload: { words: 'hello' } }]);
  expect(await store.commit(unitOf(ada, [priority(ticket, 60)], { inbox }))).toBe('committed');
  expect(await unfinished(store)).toEqual([]);
  const again = await load(store, ticket.id);
  expect(await store.commit(unitOf(ada, [priority(again, 70)], { inbox }))).toBe('done before');
  expect(await store.finish(inbox, 'done')).toBe('done before');
  expect((await load(store, ticket.id)).priority).toBe(60);
});

test('a conflict leaves the inbox row to be worked again', async () => {
  const ticket = await stored(store, ada);
  await store.commit(unitOf(ada, [priority(ticket, 60)]));
  const inbox = (await store.keep({ platform: 'slack', workspace: 'T1', event: 'e2', payload: {} }))?.id ?? 0;
  expect(await store.commit(unitOf(ada, [priority(ticket, 70)], { inbox }))).toBe('conflict');
  expect((await unfinished(store)).map(({ id }) => id)).toEqual([inbox]);
  expect(await store.finish(inbox, 'given up')).toBe('committed');
});

test('a merged number stands for the ticket it went into, also when that is merged on', async () => {
  const [a, b, c] = [await stored(store, ada), await stored(store, ada), await stored(store, ada)];
  await store.commit(unitOf(ada, [changing(a, { mergedInto: b.id }, { type: 'merged into', ticket: b.id })]));
  expect((await store.load([a.id])).get(a.id)?.id).toBe(b.id);
  await store.commit(unitOf(ada, [changing(b, { mergedInto: c.id }, { type: 'merged into', ticket: c.id })]));
  const loaded = await store.load([a.id, b.id, c.id]);
  expect([...loaded.values()].map(({ id }) => id)).toEqual([c.id, c.id, c.id]);
});

test('numbers that no ticket can have are missing and nothing else', async () => {
  const ticket = await stored(store, ada);
  const loaded = await store.load([0, -1, 1.5, 2 ** 31, Number.MAX_SAFE_INTEGER, 1e21, Number.NaN, ticket.id]);
  expect([...loaded.keys()]).toEqual([ticket.id]);
});

test('the history refuses to be changed, deleted or emptied', async () => {
  await stored(store, ada);
  for (const statement of [
    `update transactions set body = 'forged'`,
    'delete from transactions',
    'truncate transactions cascade',
  ]) {
    await expect(store.pool.query(statement)).rejects.toThrow('only ever added to');
  }
});

test('transactions of a command stand in the order of its changes', async () => {
  const ticket = await stored(store, ada);
  const words = Array.from({ length: 12 }, (_, n) => `word ${n}`);
  await store.commit(unitOf(ada, [changing(ticket, {}, ...words.map(comment))]));
  const newest = await lastTransactions(store, ticket.id, words.length);
  expect(newest.map(({ change }) => change)).toEqual(words.map(comment));
});

test('everything that was committed is noted as still to be announced, and one waiting job will do it', async () => {
  await store.pool.query('delete from docket_worker._private_jobs');
  await store.pool.query('delete from unannounced');
  const tickets = await Promise.all(Array.from({ length: 30 }, () => stored(store, ada)));
  const told = await announcements(store, 100);
  expect(told.map(({ ticket }) => ticket.id).sort()).toEqual(tickets.map(({ id }) => id).sort());
  const { rows } = await store.pool.query('select key from docket_worker._private_jobs');
  expect(rows).toEqual([{ key: 'announce' }]);
});

test('a reminder has a job at its time for as long as it waits', async () => {
  const jobs = async () => {
    const { rows } = await store.pool.query<{ key: string; run_at: Date }>(
      `select key, run_at from docket_worker._private_jobs where key = $1`,
      [`remind:${ticket.id}:1`],
    );
    return rows.map(({ run_at }) => run_at.toISOString());
  };
  const ticket = await stored(store, ada, { reminders: [reminder] });
  expect(await jobs()).toEqual([reminder.at]);
  const later = { ...reminder, at: '2031-01-01T09:00:00.000Z' };
  await store.commit(unitOf(ada, [changing(ticket, { reminders: [later] })]));
  expect(await jobs()).toEqual([later.at]);
  const moved = await load(store, ticket.id);
  await store.commit(unitOf(ada, [changing(moved, { reminders: [{ ...later, state: 'done' }] })]));
  expect(await jobs()).toEqual([]);
});
