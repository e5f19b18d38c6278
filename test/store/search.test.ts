import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syncConfigured } from '../../src/store/groups.ts';
import { actor, findPerson } from '../../src/store/people.ts';
import { countByQueueAndStatus, search, suggestTickets } from '../../src/store/search.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { Actor } from '../../src/ticket/actor.ts';
import { defaultLifecycle } from '../../src/ticket/lifecycle.ts';
import type { Policy, Queue } from '../../src/ticket/policy.ts';
import { canSee, canSeeComments } from '../../src/ticket/rights.ts';
import type { Cursor, Order, Search } from '../../src/ticket/search.ts';
import type { Ticket } from '../../src/ticket/ticket.ts';
import { freshDatabase } from '../support/postgres.ts';
import { changing, comment, load, reply, silent, stored, unitOf } from './samples.ts';

const queue = (name: string, rights: Queue['rights']): Queue => ({
  name,
  description: '',
  lifecycle: 'default',
  priority: 50,
  dueIn: null,
  texts: {},
  fields: [],
  rights,
});

const policy: Policy = {
  queues: new Map(
    [
      queue('open', { everyone: ['ShowTicket'], staff: ['ShowTicketComments'] }),
      queue('helpdesk', {
        requestor: ['ShowTicket'],
        cc: ['ShowTicket'],
        owner: ['ShowTicketComments'],
        staff: ['ShowTicket', 'ShowTicketComments'],
      }),
      queue('private', { owner: ['ShowTicket', 'ShowTicketComments'], secret: ['ShowTicket', 'ShowTicketComments'] }),
    ].map((each) => [each.name, each]),
  ),
  lifecycles: new Map([['default', defaultLifecycle]]),
  defaultQueue: 'open',
};

let store: Store;
let drop: () => Promise<void>;
const people: Record<string, Actor> = {};
let tickets: Ticket[];

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  store = await openStore({ databaseUrl: database.url, log: silent });
  const names = ['staff', 'agent', 'root', 'ann', 'ben'];
  await syncConfigured(
    store,
    names.map((name) => ({
      name,
      displayName: name,
      email: null,
      zone: null,
      superuser: name === 'root',
      identities: [],
    })),
    [
      { name: 'staff', people: ['staff'], groups: ['secret'] },
      { name: 'secret', people: ['agent'], groups: [] },
    ],
  );
  for (const name of names) {
    people[name] = await actor(store, (await findPerson(store, { person: 'name', name })) ?? 0);
  }
  const id = (name: string) => people[name]?.person ?? 0;
  const given: Partial<Ticket>[] = [
    { queue: 'open', status: 'new', priority: 10, subject: 'Router at LAX is down' },
    { queue: 'open', status: 'resolved', priority: 90, owner: id('staff'), due: '2026-12-01T00:00:00.000Z' },
    {
      queue: 'helpdesk',
      status: 'open',
      requestors: [id('ann')],
      priority: 30,
      fields: { Site: 'LAX', Tags: ['a', 'b'] },
    },
    {
      queue: 'helpdesk',
      status: 'stalled',
      requestors: [id('ben')],
      ccs: [id('ann')],
      owner: id('ben'),
      timeWorked: 40,
    },
    {
      queue: 'private',
      status: 'open',
      owner: id('ann'),
      due: '2026-11-01T00:00:00.000Z',
      subject: '100% of _all_ \\ links',
    },
    { queue: 'private', status: 'odd status', requestors: [id('ben')], adminccs: [id('ben')] },
    { queue: 'not configured any more', status: 'open', requestors: [id('ann')] },
  ];
  tickets = [];
  for (const each of given) {
    const ticket = await stored(store, id('staff'), each, `first words of ${each.queue}`);
    await store.commit(unitOf(id('staff'), [changing(ticket, {}, comment('secretword'), reply('publicword'))]));
    tickets.push(await load(store, ticket.id));
  }
});

afterAll(async () => {
  await store.close();
  await drop();
});

async function find(by: string, wanted: Search, order: Order = 'id'): Promise<readonly number[]> {
  const reader = people[by];
  if (reader === undefined) throw new Error(`Nobody is called ${by}.`);
  const found = await search(store, { search: wanted, reader, policy, order, limit: 50, offset: 0 });
  expect(found.total).toBe(found.tickets.length);
  return found.tickets.map((ticket) => tickets.findIndex(({ id }) => id === ticket.id));
}

const everything: Search = { all: [] };

describe.each(['staff', 'agent', 'root', 'ann', 'ben'])('%s', (name) => {
  const seenBy = (sees: typeof canSee) =>
    tickets.flatMap((ticket, n) => {
      const [reader, its] = [people[name], policy.queues.get(ticket.queue)];
      return reader !== undefined && its !== undefined && sees(reader, ticket, its) ? [n] : [];
    });

  test('finds, counts and is offered exactly the tickets that they may see', async () => {
    const may = seenBy(canSee);
    expect([...(await find(name, everything))].sort()).toEqual(may);
    const reader = people[name] as Actor;
    const counts = await countByQueueAndStatus(store, { reader, policy });
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(may.length);
    const offered = await suggestTickets(store, { reader, policy, typed: '', limit: 50 });
    expect(offered.map(({ id }) => tickets.findIndex((ticket) => ticket.id === id)).sort()).toEqual(may);
  });

  test('finds words of comments only where they may see comments', async () => {
    expect([...(await find(name, { words: 'secretword' }))].sort()).toEqual(seenBy(canSeeComments));
    expect([...(await find(name, { words: 'PUBLICword' }))].sort()).toEqual(seenBy(canSee));
  });
});

const table: readonly (readonly [string, Search, readonly number[]])[] = [
  ['a queue', { field: 'queue', is: '=', value: 'private' }, [5, 4]],
  ['not a queue', { field: 'queue', is: '!=', value: 'private' }, [3, 2, 1, 0]],
  ['a status', { field: 'status', is: '=', value: 'stalled' }, [3]],
  [
    'what is not done, with statuses that no lifecycle knows',
    { field: 'kind', is: '!=', value: 'inactive' },
    [5, 4, 3, 2, 0],
  ],
  ['what is active', { field: 'kind', is: '=', value: 'active' }, [5, 4, 3, 2]],
  ['what is new', { field: 'kind', is: '=', value: 'initial' }, [0]],
  ['what nobody owns', { field: 'owner', is: '=', value: null }, [5, 2, 0]],
  ['what somebody owns', { field: 'owner', is: '!=', value: null }, [4, 3, 1]],
  ['without a requestor', { field: 'requestor', is: '=', value: null }, [4, 1, 0]],
  ['a priority', { field: 'priority', is: '>=', value: 50 }, [5, 4, 3, 1]],
  ['time worked', { field: 'time', is: '>', value: 30 }, [3]],
  ['a due date', { field: 'due', is: '<', value: '2026-11-15T00:00:00.000Z' }, [4]],
  ['no due date', { field: 'due', is: '=', value: null }, [5, 3, 2, 0]],
  [
    'another due date than this, or none',
    { field: 'due', is: '!=', value: '2026-11-01T00:00:00.000Z' },
    [5, 3, 2, 1, 0],
  ],
  ['a number that no ticket can have', { field: 'id', is: '=', value: 1e21 }, []],
  ['a custom field in any case', { custom: 'site', is: '=', value: 'lax' }, [2]],
  ['one of several choices', { custom: 'Tags', is: '=', value: 'b' }, [2]],
  ['not a custom field', { custom: 'Site', is: '!=', value: 'LAX' }, [5, 4, 3, 1, 0]],
  ['words of the subject and of the text', { all: [{ words: 'router' }, { words: 'first' }] }, [0]],
  ['words just as they stand there', { words: 'LAX is down' }, [0]],
  ['the same words in another order', { words: 'down is LAX' }, []],
  ['characters that mean something to the database', { words: '% of _all_ \\' }, [4]],
  ['no words', { words: '  ' }, [5, 4, 3, 2, 1, 0]],
  ['either', { any: [{ field: 'status', is: '=', value: 'new' }, { words: '100%' }] }, [4, 0]],
  ['both', { all: [{ field: 'queue', is: '=', value: 'open' }, { words: 'router' }] }, [0]],
  ['not', { not: { field: 'queue', is: '=', value: 'open' } }, [5, 4, 3, 2]],
  ['nothing of nothing', { any: [] }, []],
];

test.each(table)('a search for %s', async (_, wanted, expected) => {
  expect(await find('root', wanted)).toEqual(expected);
});

test.each<[Order, readonly number[]]>([
  ['priority', [1, 4, 3, 5, 2, 0]],
  ['due', [4, 1, 3, 5, 2, 0]],
  ['id', [5, 4, 3, 2, 1, 0]],
])('a list by %s', async (order, expected) => {
  expect(await find('root', everything, order)).toEqual(expected);
});

test('a page is a part of the whole, and past the last page there is nothing but the total', async () => {
  const page = (offset: number) =>
    search(store, { search: everything, reader: people['root'] as Actor, policy, order: 'id', limit: 4, offset });
  const [first, second, third] = [await page(0), await page(4), await page(8)];
  expect([first.tickets.length, second.tickets.length, third.tickets.length]).toEqual([4, 2, 0]);
  expect([first.total, second.total, third.total]).toEqual([6, 6, 6]);
});

describe('pages by cursor', () => {
  const page = (order: Order, cursor: Cursor | null, limit = 2) =>
    search(store, { search: everything, reader: people['root'] as Actor, policy, order, limit, offset: 0, cursor });

  test.each<Order>(['priority', 'due', 'created', 'updated', 'id'])(
    'by %s hold each ticket once, both ways',
    async (order) => {
      const all = (await find('root', everything, order)).map((index) => tickets[index]?.id);
      const forth: number[] = [];
      let shown = await page(order, null);
      expect(shown.previous).toBeNull();
      for (;;) {
        forth.push(...shown.tickets.map(({ id }) => id));
        if (shown.next === null) break;
        shown = await page(order, shown.next);
      }
      expect(forth).toEqual(all);
      const back: number[] = [...shown.tickets.map(({ id }) => id)];
      while (shown.previous !== null) {
        shown = await page(order, shown.previous);
        back.unshift(...shown.tickets.map(({ id }) => id));
      }
      expect(back).toEqual(all);
    },
  );

  test('skip nothing when tickets before them leave the list', async () => {
    const staff = people['staff'] as Actor;
    const search_: Search = { all: [{ field: 'queue', is: '=', value: 'open' }, { words: 'leaving' }] };
    const opened: Ticket[] = [];
    for (let n = 1; n <= 7; n++)
      opened.push(await stored(store, staff.person, { queue: 'open', subject: `leaving ${n}` }, ''));
    const list = (cursor: Cursor | null) =>
      search(store, { search: search_, reader: staff, policy, order: 'priority', limit: 3, offset: 0, cursor });
    const first = await list(null);
    for (const ticket of first.tickets)
      await store.commit(unitOf(staff.person, [changing(ticket, { queue: 'private' })]));
    const second = await list(first.next);
    expect(second.tickets.map(({ subject }) => subject)).toEqual(['leaving 4', 'leaving 5', 'leaving 6']);
    expect((await list(second.next)).tickets.map(({ subject }) => subject)).toEqual(['leaving 7']);
    const back = await list(second.previous);
    expect(back.tickets.map(({ subject }) => subject)).toEqual(['leaving 4', 'leaving 5', 'leaving 6']);
    expect(back.previous).toBeNull();
  });

  test('a cursor of another order, or of no ticket, gives a page all the same', async () => {
    expect((await page('id', { side: 'after', key: [1n, 2n, 3n] })).tickets).toHaveLength(2);
    expect((await page('id', { side: 'before', key: [0n] })).tickets.length).toBeGreaterThan(0);
  });
});

test('a text that was amended is found by its new words only', async () => {
  const staff = people['staff'] as Actor;
  const ticket = await stored(store, staff.person, { queue: 'open' }, 'passw0rd by mistake');
  const { rows } = await store.pool.query('select id::int from transactions where ticket_id = $1', [ticket.id]);
  const amend = { type: 'amend', of: rows[0].id, text: [{ block: 'paragraph', inlines: ['withdrawn'] }] } as const;
  await store.commit(unitOf(staff.person, [changing(ticket, {}, amend)]));
  const found = async (words: string) =>
    (
      await search(store, {
        search: { words },
        reader: people['ann'] as Actor,
        policy,
        order: 'id',
        limit: 5,
        offset: 0,
      })
    ).total;
  expect(await found('passw0rd')).toBe(0);
  expect(await found('withdrawn')).toBe(1);
});

test('a merged ticket is not found, and its words find the ticket that it went into', async () => {
  const staff = people['staff'] as Actor;
  const [from, into] = [await stored(store, staff.person, { queue: 'open' }, 'unheardof'), tickets[0] as Ticket];
  const merge = changing(from, { mergedInto: into.id }, { type: 'merged into', ticket: into.id });
  await store.commit(unitOf(staff.person, [merge]));
  expect(await find('ann', { words: 'unheardof' })).toEqual([0]);
});
