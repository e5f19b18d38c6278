import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Inbound } from '../../src/desk/inbound.ts';
import { openWorkshop } from '../../src/desk/workshop.ts';
import type { Store } from '../../src/store/store.ts';
import { type House, openHouse } from '../jobs/house.ts';
import { unfinished } from '../store/samples.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

function command(event: string, who = 'ada', line = `new in noc ${event}`): Inbound {
  return {
    ...{ kind: 'command', line, event, at: house.desk.now(), sender: { id: who, name: who }, answerTo: {} },
    where: { platform: 'slack', workspace: 'T1', channel: 'lobby', thread: null, direct: false },
  };
}

async function keep(inbound: Inbound): Promise<number> {
  const kept = await house.store.keep({ platform: 'slack', workspace: 'T1', event: inbound.event, payload: inbound });
  return kept?.id ?? 0;
}

/** The time that a process which is gone is waited for passes. */
async function leaseEnds() {
  await house.store.pool.query(`update inbox set claimed_at = claimed_at - interval '1 minute' where done_at is null`);
}

/** A start of Docket that one event kills: from then on nothing that it does reaches the database. */
async function startThatDies(poison: string, fatal: Set<string>) {
  const { desk } = house;
  let dead = () => {};
  const died = new Promise<void>((resolve) => {
    dead = resolve;
  });
  const never = new Promise<never>(() => {});
  let isDead = false;
  const alive =
    <A extends unknown[], T>(act: (...given: A) => Promise<T>) =>
    async (...given: A) =>
      isDead ? never : act(...given);
  const query = alive((...given: unknown[]) => Reflect.apply(desk.store.pool.query, desk.store.pool, given));
  const pool: Store['pool'] = Object.create(desk.store.pool, { query: { value: query } });
  const store: Store = { ...desk.store, pool, finish: alive(desk.store.finish), commit: alive(desk.store.commit) };
  store.commit = alive(async (unit) => {
    const { rows } = await desk.store.pool.query('select event from inbox where id = $1', [unit.inbox]);
    fatal.add(rows[0].event);
    if (rows[0].event !== poison) return desk.store.commit(unit);
    isDead = true;
    dead();
    return never;
  });
  const workshop = openWorkshop({ ...desk, store });
  await workshop.recover();
  await died;
}

async function failed() {
  const { rows } = await house.store.pool.query(`select event, error from inbox where outcome = 'failed' order by id`);
  return rows;
}

test('what kills Docket at three starts is given up and shown to administrators; what came with it is done', async () => {
  for (const who of ['ada', 'rita', 'alex', 'mia']) await keep(command(`from ${who}`, who));
  // The first start was when they came in.
  for (let start = 2; start <= 3; start++) await startThatDies('from rita', new Set());
  const workshop = openWorkshop(house.desk);
  await workshop.recover();
  await workshop.idle();
  expect((await unfinished(house.store)).map(({ payload }) => payload)).toMatchObject([{ event: 'from rita' }]);
  await leaseEnds();
  await workshop.recover();
  await workshop.idle();
  expect(await failed()).toEqual([{ event: 'from rita', error: 'the work on it never ended' }]);
  expect(JSON.stringify(house.paper.answers)).toContain('Docket failed on this; nothing was changed.');
  const { rows } = await house.store.pool.query('select count(*)::int as count from tickets');
  expect(rows).toEqual([{ count: 3 }]);
  await house.quiet();
  const told = house.paper.notes.filter(({ where }) => where === 'alex').map(({ view }) => JSON.stringify(view));
  expect(told.filter((view) => view.includes('docket inbox failed'))).toHaveLength(1);
});

test('work that never ends is given up in time, and what its sender sent next is done', async () => {
  const { desk } = house;
  const workshop = openWorkshop({ ...desk, fetchFile: () => new Promise(() => {}) }, { limitMs: 300 });
  const file = { name: 'log.txt', type: 'text/plain', size: 1, attachment: null, ref: 'F1' };
  const { line: _, ...rest } = command('stuck') as Extract<Inbound, { kind: 'command' }>;
  const stuck = {
    ...{ ...rest, kind: 'message', message: 'm1', mentionsBot: true, replyTo: null, files: [file] },
    text: [{ block: 'paragraph', inlines: ['new in noc Stuck'] }],
  } as unknown as Inbound;
  for (const inbound of [stuck, command('next')]) {
    const kept = await desk.store.keep({ platform: 'slack', workspace: 'T1', event: inbound.event, payload: inbound });
    if (kept !== null) workshop.add(kept, inbound);
  }
  await workshop.idle();
  expect(await failed()).toEqual([{ event: 'stuck', error: 'the work did not end within 0.3 s' }]);
  expect((await desk.store.load([1, 2])).size).toBe(1);
});

test('a backlog is recovered a bounded number at a time, oldest first, and once', async () => {
  const { desk, store } = house;
  for (let nth = 0; nth < 60; nth++) await keep(command(`left ${nth}`, `person${nth % 7}`));
  const claims: number[] = [];
  let inHand = 0;
  let most = 0;
  const counted: Store = {
    ...store,
    claim: async (wanted) => {
      const rows = await store.claim(wanted);
      claims.push(...rows.map(({ id }) => id));
      inHand += rows.length;
      most = Math.max(most, inHand);
      return rows;
    },
    commit: async (unit) => {
      const result = await store.commit(unit);
      if (result === 'committed') inHand--;
      return result;
    },
  };
  const workshop = openWorkshop({ ...desk, store: counted }, { mostRecovered: 10 });
  await Promise.all([workshop.recover(), workshop.recover(), workshop.recover()]);
  await workshop.idle();
  expect(await unfinished(store)).toEqual([]);
  expect(claims).toEqual(claims.toSorted((a, b) => a - b));
  expect(new Set(claims).size).toBe(60);
  expect(claims).toHaveLength(60);
  expect(most).toBeLessThanOrEqual(10);
});

test('what is in hand in a process that lives is not taken over, however long it takes', async () => {
  const { desk, store } = house;
  let fetched = () => {};
  const bytes = new Promise<void>((resolve) => {
    fetched = resolve;
  });
  const busy = openWorkshop({
    ...desk,
    store: { ...store, commit: async (unit) => bytes.then(() => store.commit(unit)) },
  });
  const inbound = command('slow');
  const kept = await store.keep({ platform: 'slack', workspace: 'T1', event: 'slow', payload: inbound });
  if (kept !== null) busy.add(kept, inbound);
  for (let look = 0; look < 5; look++) {
    await leaseEnds();
    await busy.recover(20_000);
    expect(await store.claim({ olderMs: 20_000, except: [], most: 10 })).toEqual([]);
  }
  fetched();
  await busy.idle();
  expect(await failed()).toEqual([]);
  expect(await unfinished(store)).toEqual([]);
});
