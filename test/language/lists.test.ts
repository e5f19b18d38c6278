import { expect, test } from 'vitest';
import { cursorWords } from '../../src/language/cursor.ts';
import { parse } from '../../src/language/parse.ts';
import type { Cursor } from '../../src/ticket/search.ts';
import { said, speaking } from './speaking.ts';

const line = (typed: string) => {
  const request = parse(typed, speaking);
  return 'do' in request && request.do === 'list' ? request : null;
};

test.each<Cursor>([
  { side: 'after', key: [50n, 27113n, 7n] },
  { side: 'before', key: [-1n, 9223372036854775807n, 2147483647n] },
  { side: 'before', key: [1n] },
])('a list goes on from a row of it: %o', (cursor) => {
  const words = cursorWords(cursor);
  expect(words.length).toBeLessThan(50);
  expect(line(`list queue:noc by due ${words}`)).toMatchObject({ cursor, line: 'list queue:noc by due', order: 'due' });
  expect(line(`mine ${words.toUpperCase()}`)).toMatchObject({ cursor, line: 'mine' });
});

test('what names no row is searched for as words', () => {
  expect(line('list after ~zzzzzzzzzzzzz')).toMatchObject({ cursor: null, line: 'list after ~zzzzzzzzzzzzz' });
  expect(line('find after ~ the storm')).toMatchObject({ cursor: null });
});

test('operators that were taken for words are pointed out', () => {
  expect(line('list printer or scanner')?.hint).toContain('Write OR');
  expect(line('list status:open or status:new')?.hint).toBe('');
});

test('an order that lists do not know is refused with those that they know', () => {
  expect(said(parse('list is:open by age', speaking))).toContain('It can be sorted by priority, created');
  expect(line('list broken by accident')).toMatchObject({ title: 'Tickets: broken by accident' });
  expect(line('find "sorted" by age')).not.toBeNull();
});

test.each([
  ['priority 123 High', '70'],
  ['priority 123 urgent', '90'],
  ['set 123 priority=low', '20'],
])('%s', (typed, value) => {
  expect(parse(typed, speaking)).toMatchObject({ command: { settings: [{ field: 'priority', value }] } });
});

test('people with blanks in their name, and refusals without the marks of platforms', () => {
  expect(parse('give 19 @Bo Lindqvist', speaking)).toMatchObject({
    command: { to: { person: 'name', name: 'Bo Lindqvist' } },
  });
  expect(parse('give 19 @bo', speaking)).toMatchObject({ command: { to: { person: 'name', name: 'bo' } } });
  expect(said(parse('cc 19 <@U1|bo> <@U2|sue>', speaking))).toContain('one person at a time: @sue is left');
});

test('the form of a new ticket suggests the queue of the place', () => {
  expect(parse('new', { ...speaking, queue: 'noc' })).toMatchObject({ said: { queue: 'noc' } });
  expect(parse('new in helpdesk', { ...speaking, queue: 'noc' })).toMatchObject({ said: { queue: 'helpdesk' } });
  expect(parse('new', { ...speaking, queue: 'hidden' })).toMatchObject({ said: {} });
});
