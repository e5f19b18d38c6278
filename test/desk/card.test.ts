import { afterAll, beforeAll, expect, test } from 'vitest';
import { excerpt } from '../../src/desk/card.ts';
import { plain, text } from '../../src/ticket/text.ts';
import { type ContentHouse, openContentHouse } from './content-house.ts';

let house: ContentHouse;
beforeAll(async () => {
  house = await openContentHouse();
});
afterAll(() => house.close());

test('an excerpt keeps the lines of a text, and its code and quotes', () => {
  const short = text('one\n\ntwo\nthree\nfour\nfive\nsix\nseven');
  expect(excerpt(short)).toEqual(short);
  expect(plain(excerpt(text(`${'word '.repeat(20)}\n`.repeat(5)))).split('\n')).toHaveLength(3);
  const log = { block: 'code', code: Array.from({ length: 30 }, (_, n) => `line ${n}`).join('\n') } as const;
  const [shown] = excerpt([log]);
  expect(shown).toMatchObject({ block: 'code', code: expect.stringMatching(/^line 0\n[\s\S]*line 7…$/) });
});

test('an excerpt ends with … only where something is missing', () => {
  const lines = (count: number) => text(Array.from({ length: count }, (_, n) => `line ${n}`).join('\n'));
  expect(plain(excerpt(lines(8)))).not.toContain('…');
  expect(plain(excerpt(lines(9)))).toMatch(/line 7\n…$/);
  expect(plain(excerpt([...lines(8), ...text('\n\n')]))).not.toContain('…');
  expect(plain(excerpt(text('word '.repeat(100)))).length).toBeLessThan(290);
});

test('files of the opening message stand on the card, and follow below it where the message is not', async () => {
  await house.message('rita', 'My screen is black', { files: [await house.file('screen.png')] });
  const card = house.paper.notes.find(({ where, view }) => where === 'noc' && view.view === 'card');
  expect(card?.view).toMatchObject({ attachments: [{ name: 'screen.png' }] });
  const lines = house.paper.notes.filter(({ view }) => view.view === 'line' && view.attachments.length > 0);
  expect(lines.map(({ where, thread }) => ({ where, thread }))).toEqual([{ where: 'noc', thread: card?.id }]);
});

test('files of a deleted message are gone from the card', async () => {
  const message = await house.message('rita', 'Secret plan', { files: [await house.file('plan.pdf')] });
  await house.remove('rita', message);
  const cards = house.paper.notes.filter(({ view }) => view.view === 'card');
  expect(JSON.stringify(cards)).not.toContain('plan.pdf');
});
