import { expect, test } from 'vitest';
import { parse } from '../../src/language/parse.ts';
import { speaking } from './speaking.ts';

test('a feed can be asked for where not everybody may see the queue, before its search', () => {
  expect(parse('feed noc here anyway priority>=80', speaking)).toMatchObject({
    ...{ do: 'feed', queue: 'noc', line: 'priority>=80', anyway: true },
  });
  expect(parse('feed noc here priority>=80', speaking)).toMatchObject({ line: 'priority>=80', anyway: false });
});

test('`feeds` takes nothing more', () => {
  expect(parse('feeds', speaking)).toEqual({ do: 'feeds' });
  expect(parse('feeds noc', speaking)).toHaveProperty('refused');
});
