import { describe, expect, test } from 'vitest';
import { isBlank, oneLine } from '../../src/ticket/characters.ts';

test.each([
  '',
  ' ',
  '\t\n',
  '\u00a0',
  '\u200b\u200b\u200b',
  '\ufeff',
  '\u2060',
  '\u00ad',
  '\u3164',
  '\uffa0',
  '\u115f\u1160',
])('there is nothing to be seen in %j', (text) => expect(isBlank(text)).toBe(true));

describe('nothing to be seen: what fonts leave out', () => {
  test.each(['\ufe0f', '\u034f', '\u180e', '\u2800', '\u200d', '\u{e0067}\u{e007f}', '\u{e0100}', '\u202e\u202c'])(
    '%j',
    (text) => expect(isBlank(text)).toBe(true),
  );
});

test.each(['x', '.', '❤️', '🏴\u{e0067}\u{e0062}\u{e007f}', '\u200bx', 'ا', '・', '👩‍👩‍👧'])(
  '%s can be seen',
  (text) => {
    expect(isBlank(text)).toBe(false);
    expect(oneLine(text)).toBe(text);
  },
);
