import { expect, test } from 'vitest';
import { duration } from '../../src/language/duration.ts';
import { said } from './speaking.ts';

test.each<[string, number]>([
  ['30m', 30],
  ['30min', 30],
  ['1h', 60],
  ['1h30m', 90],
  ['1H30M', 90],
  ['1.5h', 90],
  ['90', 90],
  [' 90 ', 90],
  ['0.02h', 1],
])('%j is %i minutes', (word, minutes) => {
  expect(duration(word)).toBe(minutes);
});

test.each(['', 'long', '1d', '-30m', '1h-30m', '30m1h', '1.5', 'h', '1e3', '1d', '2 weeks'])(
  '%j is refused with examples',
  (word) => {
    expect(said(duration(word))).toContain('1h30m');
  },
);

test.each(['0', '0m', '0.001h'])('%j is too short', (word) => {
  expect(said(duration(word))).toContain('less than a minute');
});
