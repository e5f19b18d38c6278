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

test('whatever comes in, what is left can be kept, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const kept = clean(text);
      expect(kept.isWellFormed()).toBe(true);
      expect(kept).not.toContain('\0');
      expect(clean(kept)).toBe(kept);
    }),
  );
});

test('texts are normalised: composed letters, line feeds, no controls of direction', () => {
  const inlines = ['Gro\u0308\u00dfe\r\nline\rline\u2028line', { inline: 'code', code: 'x\u202e = \u20661' }];
  expect(clean({ text: [{ block: 'paragraph', inlines }] })).toEqual({
    text: [{ block: 'paragraph', inlines: ['Größe\nline\nline\nline', { inline: 'code', code: 'x = 1' }] }],
  });
});

test('names are one line, and someone without a visible name is called by their id', () => {
  expect(clean({ sender: { id: 'U1', name: 'Eve\u202e\nmoderator' } })).toEqual({
    sender: { id: 'U1', name: 'Eve moderator' },
  });
  expect(clean({ sender: { id: 'U1', name: '\u3164\u200b' } })).toEqual({ sender: { id: 'U1', name: 'U1' } });
  expect(clean({ files: [{ name: 'inv\u202egnp.exe', ref: 'o\u0308' }] })).toEqual({
    files: [{ name: 'invgnp.exe', ref: 'o\u0308' }],
  });
});

test("platforms' own ids and addresses are left as they are", () => {
  const where = { workspace: 'o\u0308', channel: 'o\u0308', thread: 'o\u0308' };
  const raw = { event: 'o\u0308', answerTo: { token: 'a\r\nb' }, where, url: 'https://x.test/o\u0308' };
  expect(clean(raw)).toEqual(raw);
});
