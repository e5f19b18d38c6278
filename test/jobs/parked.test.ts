import { afterEach, beforeEach, expect, test } from 'vitest';
import { TryLater, Undeliverable } from '../../connectors/connector.ts';
import { retryFailures } from '../../src/store/failures.ts';
import { syncConfiguredFeeds } from '../../src/store/feeds.ts';
import { comeBack } from '../../src/store/parked.ts';
import { type House, openHouse } from './house.ts';

const minute = 60_000;
const slack = { platform: 'slack', workspace: 'T1' };

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const archived = () => new Undeliverable('the channel is archived', { mend: 'Unarchive it.' });

test('what cannot be told in a channel waits, and other places are told meanwhile', async () => {
  house.paper.trouble.set('noc', archived);
  await house.say('ada', 'new in noc Fan is loud');
  await house.say('ada', 'p80 1');
  await house.quiet();
  expect(house.paper.read('noc')).toEqual([]);
  expect(house.paper.read('wall').slice(0, 1)).toEqual(['card 1 p80']);
});

test('the administrators hear of it once, with the reason and the mend', async () => {
  house.paper.trouble.set('noc', archived);
  for (const line of ['new in noc One', 'new in noc Two', 'p80 1']) await house.say('ada', line);
  await house.quiet();
  await house.advance(5 * minute);
  await house.advance(60 * minute);
  expect(house.paper.read('alex')).toEqual([
    '⚠️ slack:T1/noc cannot be told anything: the channel is archived. Unarchive it. ' +
      'What is to be told there waits. It comes in order, once, as soon as it can.',
  ]);
  expect(house.paper.read('ada')).toEqual([]);
});

test('when it is mended, all is told once and in order, and a card as it is by then, without an edit for each change', async () => {
  house.paper.trouble.set('noc', archived);
  await house.say('ada', 'new in noc Fan is loud');
  for (let nth = 1; nth <= 60; nth++) {
    await house.say('ada', `p${nth} 1`);
    await house.say('ada', `comment 1 words ${nth}`);
  }
  await house.quiet();
  house.paper.trouble.clear();
  await house.door.reachable({ ...slack, channel: 'noc' });
  await house.quiet();
  const lines = Array.from({ length: 60 }, (_, nth) => `line Ada Okafor commented: words ${nth + 1}`);
  expect(house.paper.read('noc')).toEqual(['card 1 p60', ...lines]);
  expect(house.paper.notes.filter(({ where, edits }) => where === 'noc' && edits > 0)).toEqual([]);
});

test('what was just about to be put off when it was mended is told at once', async () => {
  house.paper.trouble.set('noc', archived);
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  const { rows } = await house.store.pool.query('select place_id as place from deliveries where again is not null');
  const to = { place: Number(rows[0]?.place) };
  house.paper.trouble.clear();
  await house.door.reachable({ ...slack, channel: 'noc' });
  await comeBack(house.store, to, { key: `deliver:place:${to.place}:20`, priority: 20, afterMs: 60 * minute });
  await house.quiet();
  expect(house.paper.read('noc')).toEqual(['card 1 p0']);
});

test('it is tried again by itself, and goes on when it can', async () => {
  house.paper.trouble.set('noc', archived);
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  await house.advance(minute);
  const before = house.paper.tries;
  await house.advance(5 * minute);
  expect(house.paper.tries).toBe(before + 1);
  house.paper.trouble.clear();
  await house.advance(60 * minute);
  expect(house.paper.read('noc')).toEqual(['card 1 p0']);
  house.paper.trouble.set('noc', archived);
  await house.say('ada', 'p80 1');
  await house.quiet();
  expect(house.paper.read('alex')).toHaveLength(2);
});

test('a workspace that throws the bot out is told of once, whatever waits there', async () => {
  const revoked = () => new Undeliverable('the token was revoked', { workspace: slack });
  for (const where of ['noc', 'wall', 'ada', 'rita']) house.paper.trouble.set(where, revoked);
  await house.say('rita', 'new in noc Fan is loud');
  await house.say('rita', 'new in noc Beamer is dim');
  await house.say('ada', 'reply 1 Which one?');
  await house.quiet();
  expect(house.paper.read('alex')).toEqual([expect.stringContaining('slack:T1 cannot be told anything')]);
  house.paper.trouble.clear();
  await house.door.reachable({ ...slack, channel: null });
  await house.quiet();
  expect(house.paper.read('noc')).toEqual(house.paper.read('wall'));
  expect(house.paper.read('noc').filter((words) => words.startsWith('card'))).toHaveLength(2);
  expect(house.paper.read('rita')).toHaveLength(1);
});

test('while a platform is down, new changes do not make it be asked more often', async () => {
  house.paper.trouble.set('*', () => new TryLater('down', null));
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  const before = house.paper.tries;
  for (let nth = 1; nth <= 20; nth++) {
    await house.say('ada', `p${nth} 1`);
    await house.say('ada', `comment 1 words ${nth}`);
  }
  await house.quiet();
  expect(house.paper.tries - before).toBeLessThan(10);
  house.paper.trouble.clear();
  await house.advance(10_000);
  expect(house.paper.read('noc').slice(0, 1)).toEqual(['card 1 p20']);
  expect(house.paper.read('noc')).toHaveLength(21);
  expect(house.paper.read('alex')).toEqual([]);
});

test('a platform that asks to wait is left alone for so long, whatever happens meanwhile', async () => {
  house.paper.trouble.set('noc', () => new TryLater('one message a second', minute));
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  house.paper.trouble.clear();
  for (const line of ['p70 1', 'comment 1 bearing is worn']) {
    await house.say('ada', line);
    await house.quiet();
  }
  expect(house.paper.read('noc')).toEqual([]);
  await house.advance(minute);
  expect(house.paper.read('noc')).toEqual(['card 1 p70', 'line Ada Okafor commented: bearing is worn']);
});

test('a card that somebody deleted is posted anew, once, and nothing is parked', async () => {
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  const card = house.paper.notes.find(({ where }) => where === 'noc');
  house.paper.delete(card?.id ?? '');
  await house.say('ada', 'p70 1');
  await house.say('ada', 'p80 1');
  await house.say('ada', 'comment 1 bearing is worn');
  await house.quiet();
  expect(house.paper.read('noc')).toEqual(['card 1 p80', 'line Ada Okafor commented: bearing is worn']);
  expect(house.paper.read('alex')).toEqual([]);
});

test('a line whose thread is gone is told in the channel, with the name of its ticket', async () => {
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  const card = house.paper.notes.find(({ where }) => where === 'noc');
  house.paper.delete(card?.id ?? '');
  // It is deleted just after it was brought up to date.
  house.paper.edit = async () => {};
  await house.say('ada', 'comment 1 bearing is worn');
  await house.quiet();
  expect(house.paper.read('noc')).toEqual(['line Ada Okafor commented · #1 Fan is loud: bearing is worn']);
  expect(house.paper.notes.find(({ where }) => where === 'noc')?.thread).toBeNull();
});

test('what is to be told on a platform that Docket is not connected to waits, and the administrators hear why', async () => {
  const key = { platform: 'matrix', workspace: 'example.org', channel: '!room', thread: null, direct: false };
  await syncConfiguredFeeds(house.store, [{ queue: 'noc', audience: 'staff', search: '', key }]);
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  expect(house.paper.read('alex')).toEqual([
    expect.stringContaining('matrix:example.org cannot be told anything: Docket is not connected to matrix'),
  ]);
  const { rows } = await house.store.pool.query(`select state from deliveries`);
  expect(rows).toEqual([{ state: 'waiting' }]);
});

test('a post whose answer was lost is not made twice', async () => {
  const post = house.paper.post.bind(house.paper);
  const lost = new Set<string>();
  house.paper.post = async (to, view, key) => {
    const id = await post(to, view, key);
    if (lost.has(key)) return id;
    lost.add(key);
    throw new TryLater('the connection broke', null);
  };
  await house.say('ada', 'new in noc Fan is loud');
  await house.say('ada', 'comment 1 bearing is worn');
  for (let nth = 0; nth < 3; nth++) await house.advance(minute);
  expect(house.paper.read('noc')).toEqual(['card 1 p0', 'line Ada Okafor commented: bearing is worn']);
  expect(lost.size).toBe(4);
});

test('what nobody foresaw is tried for minutes, and then told to the administrators; nothing of it is lost', async () => {
  house.paper.trouble.set('noc', () => new Error('invalid_blocks'));
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  for (let nth = 1; nth <= 29; nth++) await house.advance(minute);
  expect(house.paper.read('alex')).toEqual([]);
  await house.advance(minute);
  expect(house.paper.read('alex')).toEqual([expect.stringContaining('invalid_blocks')]);
  house.paper.trouble.clear();
  // A dead letter by now: an administrator decides.
  expect(await retryFailures(house.store, 'deliveries', null)).toBe(1);
  await house.jobs.recover();
  await house.quiet();
  expect(house.paper.read('noc')).toEqual(['card 1 p0']);
});

test('a job that was lost is added again', async () => {
  house.paper.trouble.set('noc', archived);
  await house.say('ada', 'new in noc Fan is loud');
  await house.quiet();
  await house.store.pool.query('delete from docket_worker._private_jobs');
  house.paper.trouble.clear();
  await house.jobs.recover();
  await house.quiet();
  await house.advance(5 * minute);
  expect(house.paper.read('noc')).toEqual(['card 1 p0']);
});
