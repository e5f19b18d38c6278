import { expect, test } from 'vitest';
import { completionOf } from '../../connectors/console/completion.ts';

const table: readonly [string, boolean, ReturnType<typeof completionOf>][] = [
  ['/', false, { before: '/ticket ', line: '' }],
  ['/tic', false, { before: '/ticket ', line: '' }],
  ['/ticket ta', false, { before: '/ticket ', line: 'ta' }],
  ['/ticket give 12 @b', false, { before: '/ticket ', line: 'give 12 @b' }],
  ['/other', false, null],
  ['#12 !re', false, { before: '', line: '#12 !re' }],
  ['first\n#1', false, { before: 'first\n', line: '#1' }],
  ['ask @b', false, { before: 'ask ', line: '@b' }],
  ['like #4', false, { before: 'like ', line: '#4' }],
  ['@docket ta', false, { before: '@docket ', line: 'ta' }],
  ['just talk', false, null],
  ['a@b', false, null],
  ['min', true, { before: '', line: 'min' }],
];

test.each(table)('%j (direct: %j) is completed where it can be', (typed, direct, completion) => {
  expect(completionOf(typed, direct)).toEqual(completion);
});
