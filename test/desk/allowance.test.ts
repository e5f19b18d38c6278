import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { Allowance, usualLimits } from '../../src/desk/allowance.ts';
import type { Inbound } from '../../src/desk/inbound.ts';
import { plain } from '../../src/ticket/text.ts';
import { configuration, type House, openHouse } from '../jobs/house.ts';

const limits = `
limits: { messages per minute: 6, tickets per hour: 3, megabytes per day: 1 }
`;
let house: House | null = null;
let start = 0;
beforeEach(async () => {
  await house?.close();
  house = await openHouse(`${configuration}${limits}`);
  start = Date.parse(house.desk.now()) - 24 * 3_600_000;
});
afterAll(() => house?.close());

function running(): House {
  if (house === null) throw new Error('the house was not opened');
  return house;
}

/** What was answered last, in words, with its mark. */
function answered(): string {
  const { views = [], reaction } = running().paper.answers.at(-1) ?? {};
  return [reaction, ...views.map((view) => (view.view === 'notice' ? plain(view.text) : view.view))].join(' ');
}

async function tickets(): Promise<number> {
  const { rows } = await running().store.pool.query('select count(*)::int as count from tickets');
  return rows[0].count;
}

/** Somebody says or does something in the open channel, `after` milliseconds after a moment of the day before. */
function send(sender: string, act: object, after = 0) {
  const { door, workshop } = running();
  const inbound = {
    ...{ kind: 'command', event: randomUUID(), sender: { id: sender, name: sender }, answerTo: {} },
    ...{ mentionsBot: false, replyTo: null, files: [] },
    at: new Date(start + after).toISOString(),
    where: { platform: 'slack', workspace: 'T1', channel: 'lobby', thread: null, direct: false },
    ...act,
  } as unknown as Inbound;
  return door.receive(inbound).finally(() => workshop.idle());
}

test('refuses the messages of one person that are too many a minute, says so, and takes those of others', async () => {
  for (let nth = 0; nth < 6; nth++) expect(await send('rita', { line: 'mine' })).toBe('kept');
  expect(await send('rita', { line: 'mine' })).toBe('refused');
  expect(answered()).toBe(
    '❓ Docket takes 6 messages a minute from one person. This one was not taken: send it again in 10 s.',
  );
  expect(await send('ada', { line: 'mine' })).toBe('kept');
  expect(await send('rita', { line: 'mine' }, 10_000)).toBe('kept');
  expect(await send('rita', { line: 'mine' }, 10_000)).toBe('refused');
});

test('marks each message that is not taken, and explains it once in a while', async () => {
  const say = (nth: number) =>
    send('rita', { kind: 'message', message: `m${nth}`, text: [], mentionsBot: true, files: [] });
  for (let nth = 0; nth < 6; nth++) await send('rita', { line: 'mine' });
  await say(1);
  expect(answered()).toContain('❓ Docket takes');
  await say(2);
  expect(answered()).toBe('❓');
});

test('takes what gathered while Docket was away, as it was sent over time', async () => {
  for (let nth = 0; nth < 20; nth++) expect(await send('rita', { line: 'mine' }, nth * 15_000)).toBe('kept');
});

test('a platform that dates messages into the future gains nothing by it', () => {
  const now = '2030-01-01T12:00:00.000Z';
  const allowance = new Allowance({ ...usualLimits, messagesPerMinute: 2 }, () => now);
  const inbound = { sender: { id: 'rita' }, where: { platform: 'matrix', workspace: 'x' } } as unknown as Inbound;
  const take = (at: string) => allowance.message({ ...inbound, at });
  expect([take(now), take('2031-01-01T12:00:00.000Z'), take('2032-01-01T12:00:00.000Z')]).toEqual([0, 0, 30_000]);
});

test('takes a deletion from somebody who sends too much', async () => {
  const message = { message: 'm1', text: [{ block: 'paragraph', inlines: ['secret'] }] };
  await send('rita', { kind: 'message', mentionsBot: true, ...message });
  for (let nth = 0; nth < 6; nth++) await send('rita', { line: 'mine' });
  expect(await send('rita', { kind: 'edit', ...message })).toBe('refused');
  expect(await send('rita', { kind: 'deletion', message: 'm1' })).toBe('kept');
});

test('refuses the tickets of one person that are too many an hour, and says when there can be another', async () => {
  for (const subject of ['one', 'two', 'three']) await send('rita', { line: `new in noc ${subject}` });
  await send('rita', { line: 'new in noc four' });
  expect(answered().trim()).toBe(
    '❓ One person can open 3 tickets an hour. This one was not opened: try again in 20 min.',
  );
  expect(await tickets()).toBe(3);
  await send('ada', { line: 'new in noc of another' });
  await send('rita', { line: 'new in noc five' }, 20 * 60_000);
  expect(await tickets()).toBe(5);
});

test('keeps no more files of one person than they may attach a day, and names those that it does not keep', async () => {
  const file = (name: string, size: number) => ({ name, type: 'text/plain', size, attachment: null, ref: name });
  const text = [{ block: 'paragraph', inlines: ['see the logs'] }];
  const files = [file('half.log', 600_000), file('other-half.log', 600_000), file('small.log', 10)];
  await send('rita', { kind: 'message', message: 'm1', mentionsBot: true, text, files });
  expect(answered()).toContain('other-half.log was not kept: one person can attach 1 MB of files a day.');
  const { rows } = await running().store.pool.query('select name from attachments order by name');
  expect(rows.map(({ name }) => name)).toEqual(['half.log', 'small.log']);
});
