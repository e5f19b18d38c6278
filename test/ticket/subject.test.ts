import { expect, test } from 'vitest';
import { limits } from '../../src/ticket/limits.ts';
import { subjectOf } from '../../src/ticket/subject.ts';
import { text } from '../../src/ticket/text.ts';

const file = { id: 'f', name: 'trace.pcap', type: 'application/octet-stream', size: 1 };

test.each([
  ['the only line', 'Printer on fire', 'Printer on fire'],
  ['the first line that has words', '\n  \nPrinter   on\tfire\nfloor 3', 'Printer on fire'],
  ['markup as it was typed', '<b>@everyone</b> & co', '<b>@everyone</b> & co'],
])('the subject of a message is %s', (_, typed, subject) => {
  expect(subjectOf(text(typed), [])).toBe(subject);
});

test('the subject of a message that quotes is what it says itself, else what it quotes', () => {
  const quote = { block: 'quote', blocks: text('VPN error 809') } as const;
  expect(subjectOf([quote, ...text('please look')], [])).toBe('please look');
  expect(subjectOf([quote], [])).toBe('VPN error 809');
});

test('a message with only a file is called by the file', () => {
  expect(subjectOf(text(''), [file])).toBe('trace.pcap');
});

test('a long first line is cut at a word, and never beyond what a subject may have', () => {
  const subject = subjectOf(text('word '.repeat(100)), []);
  expect(subject).toMatch(/ word…$/);
  expect(subject.length).toBeLessThanOrEqual(limits.subject);
  expect(subjectOf(text('x'.repeat(500)), [])).toHaveLength(limits.subject);
});

test('an emoji is not cut in half', () => {
  expect(subjectOf(text('😀'.repeat(300)), []).isWellFormed()).toBe(true);
});
