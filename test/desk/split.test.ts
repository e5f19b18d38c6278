import { expect, test } from 'vitest';
import { split } from '../../src/desk/split.ts';
import type { LineView } from '../../src/desk/view.ts';
import { type Inline, paragraph, plain, type Text, text } from '../../src/ticket/text.ts';

const line = (body: Text): LineView => ({
  ...{ view: 'line', ticket: 12, head: ['Ada', ' replied'], body, attachments: [], staffOnly: true, buttons: [] },
  ...{ at: '2026-01-01T00:00:00.000Z', calls: [1] },
});
const within = (most: number) => (view: LineView) => plain(view.body).length <= most;
const bodies = (body: Text, most: number, parts = 5) =>
  split(line(body), parts, within(most)).map((part) => plain(part.body));

test.each<[string, Text, readonly string[]]>([
  ['at the end of a line', text('one two\nthree four'), ['one two', 'three four']],
  ['at the end of a word', text('one two three'), ['one two', 'three']],
  ['within a word where there is no other end', text('onetwothreefour'), ['onetwothre', 'efour']],
  ['never within a character', text(`${'x'.repeat(9)}😀😀`), ['xxxxxxxxx', '😀😀']],
])('breaks a text %s', (_, body, parts) => expect(bodies(body, 10)).toEqual(parts));

test('breaks a block of code and a quote into blocks of their kind', () => {
  const code: Text = [{ block: 'code', code: 'first line\nsecond line' }];
  expect(split(line(code), 5, within(12)).map(({ body }) => body)).toEqual([
    [{ block: 'code', code: 'first line' }],
    [{ block: 'code', code: 'second line' }],
  ]);
});

test('breaks no link and no mention', () => {
  const link: Inline = { inline: 'link', url: 'https://x.test', label: 'a long label' };
  const [first, second] = split(line([paragraph('some words ', link)]), 5, within(30));
  expect(first?.body).toEqual([paragraph('some words')]);
  expect(second?.body).toEqual([paragraph(link)]);
});

test('gives the first part the head, the files and the calls, and calls nobody twice', () => {
  const bo: Inline = { inline: 'person', person: 2, name: 'Bo' };
  const parts = split(line([paragraph(bo, ' one'), paragraph(bo, ' two')]), 5, within(8));
  expect(parts.map(({ head, calls, staffOnly }) => ({ head, calls, staffOnly }))).toEqual([
    { head: ['Ada', ' replied'], calls: [1], staffOnly: true },
    { head: ['Ada', ' · ', { inline: 'ticket', ticket: 12 }, ' · 2 of 2'], calls: undefined, staffOnly: true },
  ]);
  expect(parts[1]?.body).toEqual([paragraph('Bo', ' two')]);
});

test('leaves all that is left to the last part', () => {
  expect(bodies(text('one two three four five'), 4, 3)).toEqual(['one', 'two', 'three four five']);
  expect(bodies(text('one two three'), 4, 1)).toEqual(['one two three']);
});

test.each([
  ['lines of one character', 'x\n'.repeat(50_000)],
  ['one word', 'x'.repeat(100_000)],
  ['blanks', ' '.repeat(100_000)],
])('splits 100,000 characters of %s in few steps', (_, words) => {
  let asked = 0;
  const fits = (view: LineView) => ++asked > 0 && within(4_000)(view);
  expect(split(line(text(words)), 5, fits)).toHaveLength(5);
  expect(asked).toBeLessThan(100);
});
