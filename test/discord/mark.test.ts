import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marked, markOf } from '../../connectors/discord/mark.ts';

test('the mark of a delivery is always the same, and fits into what Discord takes', () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      const { nonce, component } = markOf(key);
      expect(markOf(key)).toEqual({ nonce, component });
      expect(nonce).toMatch(/^[\w-]{25}$/);
      expect(component).toBeGreaterThan(0);
      expect(component).toBeLessThanOrEqual(2 ** 31);
    }),
  );
});

test('another delivery has another mark', () => {
  expect(markOf('a')).not.toEqual(markOf('b'));
});

test('the first component carries it, and the others are left as they are', () => {
  expect(marked([{ type: 17 }, { type: 1 }], { nonce: '', component: 5 })).toEqual([{ type: 17, id: 5 }, { type: 1 }]);
});
