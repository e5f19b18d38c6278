import { afterEach, beforeEach, expect, test } from 'vitest';
import { TryLater } from '../../connectors/connector.ts';
import { Rejected } from '../../src/desk/outlet.ts';
import { type ContentHouse, openContentHouse } from '../desk/content-house.ts';

let house: ContentHouse;
/** The message that rita's ticket was made of. */
let asked: string;
beforeEach(async () => {
  house = await openContentHouse();
  house.paper.longest = 100;
  asked = await house.message('rita', 'Printer on fire');
});
afterEach(() => house.close());

const lines = (count: number, word = 'line') =>
  Array.from({ length: count }, (_, nth) => `${word} ${nth + 1} of the log`).join('\n');
const reply = (text: string) => house.message('rita', text, { thread: asked });
/** What stands in the feed, besides the card. */
const told = () => house.paper.read('noc').filter((words) => !words.startsWith('card'));
const bodies = () => told().map((words) => words.slice(words.indexOf(': ') + 2));
const removed = 'This part was removed.';

test('tells a reply that is longer than a message in several, in order and whole', async () => {
  await reply(lines(20));
  expect(bodies().join('\n')).toBe(lines(20));
  expect(told()).toHaveLength(4);
  expect(told().map((words) => words.slice(0, words.indexOf(':')))).toEqual([
    'line Rita Gomez replied',
    ...[2, 3, 4].map((nth) => `line Rita Gomez · #1 · ${nth} of 4`),
  ]);
});

test('tells a text in five messages at most', async () => {
  await reply(lines(200));
  expect(told()).toHaveLength(5);
  expect(bodies().join('\n')).toBe(lines(200));
});

test('brings all messages of a text up to date with its edits and its deletion', async () => {
  const said = await reply(lines(20, 'hush'));
  await house.edit('rita', said, 'short');
  expect(bodies()).toEqual(['short', removed, removed, removed]);
  await house.edit('rita', said, lines(30));
  expect(bodies().join('\n')).toBe(lines(30));
  expect(told()).toHaveLength(4);
  await house.remove('rita', said);
  expect(told().join('\n')).not.toContain('of the log');
  expect(bodies().slice(1)).toEqual([removed, removed, removed]);
});

/** Fails once, at the `nth` message of a text, after that was posted or before. */
function failAt(nth: number, error: () => Error, posted: boolean): string[] {
  const keys: string[] = [];
  const post = house.paper.post.bind(house.paper);
  house.paper.post = async (to, view, key) => {
    keys.push(key);
    const fails = key.startsWith('line') && keys.filter((each) => each.startsWith('line')).length === nth;
    if (fails && !posted) throw error();
    const id = await post(to, view, key);
    if (fails) throw error();
    return id;
  };
  return keys;
}

test.each([
  ['was posted, though no answer came', () => new TryLater('the connection was lost', null), true],
  ['has to wait', () => new TryLater('too many requests', 1_000), false],
])('posts each message once where one %s', async (_, error, posted) => {
  const keys = failAt(3, error, posted);
  await reply(lines(20));
  await house.advance(60_000);
  expect(bodies().join('\n')).toBe(lines(20));
  const parts = keys.filter((key) => key.startsWith('line'));
  expect(parts.map((key) => key.replace(/\d+/, 'N'))).toEqual([
    'line N',
    'line N part 2',
    'line N part 3',
    'line N part 3',
    'line N part 4',
  ]);
});

test('leaves nothing readable of a text that is deleted while it is half told', async () => {
  failAt(3, () => new TryLater('the connection was lost', null), true);
  const said = await reply(lines(20, 'hush'));
  await house.remove('rita', said);
  await house.advance(60_000);
  expect(told().length).toBeGreaterThanOrEqual(3);
  expect(told().join('\n')).not.toContain('hush');
});

test('follows the text in the other messages where the platform refuses one', async () => {
  failAt(2, () => new Rejected('not allowed'), false);
  const said = await reply(lines(20, 'hush'));
  expect(told()).toHaveLength(3);
  await house.remove('rita', said);
  expect(told().join('\n')).not.toContain('hush');
});

test('follows the text in what was posted of one that was given up', async () => {
  const post = house.paper.post.bind(house.paper);
  house.paper.post = async (to, view, key) => {
    if (key.endsWith('part 3')) throw new Error('nobody foresaw this');
    return post(to, view, key);
  };
  const said = await reply(lines(20, 'hush'));
  for (let nth = 0; nth < 40; nth++) await house.advance(600_000);
  const { rows } = await house.store.pool.query(`select state from deliveries where parts <> '{}'`);
  expect(rows).toEqual([{ state: 'failed' }]);
  expect(told().join('\n')).toContain('hush');
  await house.remove('rita', said);
  await house.advance(60_000);
  expect(told().join('\n')).not.toContain('hush');
});

test('tells somebody directly in several messages, each of which can be replied to and follows the text', async () => {
  await house.say('ada', 'cc 1 @alex');
  const said = await reply(lines(20));
  await house.quiet();
  const parts = house.paper.notes.filter(({ where }) => where === 'alex').slice(-4);
  expect(house.paper.read('alex').join('\n')).toContain('line 20 of the log');
  const direct = { channel: 'alex', direct: true, replyTo: parts[2]?.id ?? '' };
  await house.message('alex', 'I have read the third', direct);
  expect(told().join('\n')).toContain('I have read the third');
  await house.remove('rita', said);
  expect(house.paper.read('alex').join('\n')).not.toContain('of the log');
});
