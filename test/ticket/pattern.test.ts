import { describe, expect, it } from 'vitest';
import { readFieldValue } from '../../src/ticket/field-value.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { field } from './world.ts';

/** Whether a text field with this pattern takes a value. */
function takes(pattern: string, typed: string): boolean {
  return !isRefusal(readFieldValue(field('circuit', { pattern }), typed));
}

describe('the pattern of a text field', () => {
  it.each([
    ['(a+)+b', 'a'],
    ['(x+x+)+y', 'x'],
    ['(a|aa)+$b', 'a'],
    ['(.*,)*z', ','],
    ['(?:.{0,20}a){20}b', 'a'],
  ])('%s answers at once for the longest value it does not match', (pattern, letter) => {
    // Backtracking takes longer than any test may run.
    expect(takes(pattern, letter.repeat(1_000))).toBe(false);
  });

  it.each([
    ['[A-Z]{2}-\\d{4}', 'AB-1234', 'AB-12345'],
    ['a|b', 'a', 'ab'],
    ['^a$', 'a', 'aa'],
    ['\\p{L}+', 'Zürich', 'Z1'],
    ['\\u0041\\u{1F600}', 'A😀', 'a😀'],
    ['(?<site>[a-z]{3})\\d', 'lax1', 'lax'],
    ['.*(?<!-)', 'ab', 'ab-'],
    ['\\bfoo\\b.bar', 'foo bar', 'foobar'],
  ])('%s matches the whole of %s and not %s', (pattern, whole, other) => {
    expect([takes(pattern, whole), takes(pattern, other)]).toEqual([true, false]);
  });
});
