import { describe, expect, test } from 'vitest';
import { topics } from '../../src/language/command.ts';
import { commands } from '../../src/language/commands.ts';
import { type Help, help, helpTopics } from '../../src/language/help.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { said } from './speaking.ts';

function rows(topic: string | null): Help['rows'] {
  const page = help(topic);
  return isRefusal(page) ? [] : page.rows;
}

test('help alone tells of every command', () => {
  expect(rows(null).map(({ syntax }) => syntax)).toEqual(commands.map(({ syntax }) => syntax));
});

describe('every topic has a page', () => {
  test.each(helpTopics)('%s', (topic) => {
    expect(rows(topic.toUpperCase())).not.toHaveLength(0);
  });
});

test('each command is on the page of exactly one topic', () => {
  const told = topics.flatMap((topic) => rows(topic).map(({ syntax }) => syntax));
  expect([...told].sort()).toEqual(commands.map(({ syntax }) => syntax).sort());
});

test('a verb, or an alias of it, has a page of its own', () => {
  expect(rows('resolve')).toEqual(rows('close'));
  expect(rows('resolve')).toMatchObject([{ syntax: 'resolve 123 [TEXT]' }]);
});

test('a topic that there is none of is refused with the nearest', () => {
  expect(said(help('remindres'))).toContain('help reminders');
  expect(said(help('xyzzy'))).toContain('shorthand');
  expect(said(help('constructor'))).toContain('There is no help on');
});
