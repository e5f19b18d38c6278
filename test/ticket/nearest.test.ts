import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/ticket/nearest.ts';

describe('the nearest name', () => {
  const names = ['ShowTicket', 'StealTicket', 'noc', 'abuse', 'default', 'resolve'];

  test.each([
    ['ShowTickets', 'ShowTicket', 'a letter too many'],
    ['ShowTiket', 'ShowTicket', 'a letter too few'],
    ['nco', 'noc', 'two letters swapped'],
    ['anuse', 'abuse', 'a wrong letter'],
    ['RESOLVE', 'resolve', 'capitals'],
    ['deflt', 'default', 'two letters of seven'],
  ])('%s is taken for %s: %s', (typed, meant) => {
    expect(nearest(typed, names)).toBe(meant);
  });

  test.each(['xyz', 'queue', '', 'noc'.repeat(40)])('%j is taken for none', (typed) => {
    expect(nearest(typed, names)).toBeNull();
  });

  test('among several, the one with the fewest slips is taken', () => {
    expect(nearest('sites', ['states', 'site', 'suites'])).toBe('site');
  });

  test('a name itself is always the nearest, and what is given is one of the names', () => {
    const word = fc.string({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(word, fc.array(word), (typed, others) => {
        expect(nearest(typed, [typed, ...others])?.toLowerCase()).toBe(typed.toLowerCase());
        const found = nearest(typed, others);
        if (found !== null) expect(others).toContain(found);
      }),
    );
  });
});
