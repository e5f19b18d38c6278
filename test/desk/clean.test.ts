import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean } from '../../src/desk/clean.ts';

test('what Postgres cannot keep is made visible, at any depth', () => {
  expect(clean({ text: ['a\0b', { deep: '\ud800!' }], count: 3, none: null })).toEqual({
    text: ['a␀b', { deep: '�!' }],
    count: 3,
    none: null,
  });
});

test('whatever comes in, what is left can be kept, and whole text is left as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const kept = clean(text);
      expect(kept.isWellFormed()).toBe(true);
      expect(kept).not.toContain('\0');
      if (text.isWellFormed() && !text.includes('\0')) expect(kept).toBe(text);
      expect(kept).toHaveLength(text.length);
    }),
  );
});
