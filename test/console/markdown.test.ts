import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mentioned, parseMarkdown, withMentions, withoutMention } from '../../connectors/console/markdown.ts';
import { type Inline, plain, type Text } from '../../src/ticket/text.ts';
import { workedMs } from '../support/worked.ts';

const people = new Map([
  ['ada', 'Ada'],
  ['bo.li', 'Bo Li'],
  ['docket', 'Docket'],
]);

const p = (...inlines: Inline[]) => ({ block: 'paragraph', inlines }) as const;
const code = (words: string) => ({ inline: 'code', code: words }) as const;
const strong = (...inlines: Inline[]) => ({ inline: 'strong', inlines }) as const;
const link = (url: string, label = url) => ({ inline: 'link', url, label }) as const;
const mention = (id: string, name: string) => ({ inline: 'mention', id, name }) as const;

const table: readonly [string, Text][] = [
  ['plain words', [p('plain words')]],
  ['two\nlines', [p('two'), p('lines')]],
  ['a\r\n\r\nb', [p('a'), p(), p('b')]],
  ['run `rm -rf **x**` now', [p('run ', code('rm -rf **x**'), ' now')]],
  ['**bold `code`**!', [p(strong('bold ', code('code')), '!')]],
  ['a ** b ** c', [p('a ', strong(' b '), ' c')]],
  ['2 * 3 ** 4', [p('2 * 3 ** 4')]],
  ['**', [p('**')]],
  ['see https://x.org/a?b=1&c=2.', [p('see ', link('https://x.org/a?b=1&c=2'), '.')]],
  ['(https://x.org)', [p('(', link('https://x.org'), ')')]],
  ['[the log](https://x.org/log)', [p(link('https://x.org/log', 'the log'))]],
  ['[bad](javascript:alert(1))', [p('[bad](javascript:alert(1))')]],
  ['@ada and @Bo.Li, and @nobody', [p(mention('ada', 'Ada'), ' and ', mention('bo.li', 'Bo Li'), ', and @nobody')]],
  ['mail ada@ada.org', [p('mail ada@ada.org')]],
  ['@everyone', [p('@everyone')]],
  ['<b>&amp;', [p('<b>&amp;')]],
  ['#12 rebooted', [p('#12 rebooted')]],
  ['> quoted\n> **more**\nmine', [{ block: 'quote', blocks: [p('quoted'), p(strong('more'))] }, p('mine')]],
  ['>> deep', [{ block: 'quote', blocks: [{ block: 'quote', blocks: [p('deep')] }] }]],
  ['```\n> no quote\n**raw**\n```\nafter', [{ block: 'code', code: '> no quote\n**raw**' }, p('after')]],
  ['``` js\nx\n```', [{ block: 'code', code: 'x' }]],
  ['```\nnever closed', [p('```'), p('never closed')]],
];

test.each(table)('%j is read as it looks', (source, tree) => {
  expect(parseMarkdown(source, people)).toEqual(tree);
});

test('nothing that is typed is lost: every letter and digit is still there, in order', () => {
  const pieces = fc.constantFrom(
    '`',
    '**',
    '*',
    '> ',
    '```',
    '\n',
    '[',
    '](https://a.b)',
    '@ada',
    'https://c.d/',
    ' ',
    'é',
    'x',
    '9',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (typed) => {
      const source = typed.join('');
      // Behind a fence stands the name of a language.
      fc.pre(!/``` *x/.test(source));
      const words = (text: string) => text.replace(/https:\/\/a\.b|[^\p{L}\p{N}]/gu, '').toLowerCase();
      expect(words(plain(parseMarkdown(source, new Map())))).toBe(words(source));
    }),
    { examples: [[['```', 'é', '\n', '```']]] },
  );
});

test('reading takes no long time, whatever is typed', () => {
  const nasty = ['**a', '`', '[', '> ', '```\n', '@', 'https://', '](', '*'].map((piece) =>
    piece.repeat(20_000 / piece.length),
  );
  for (const source of nasty) {
    const before = workedMs();
    parseMarkdown(source, people);
    expect(workedMs() - before).toBeLessThan(1000);
  }
});

test('the mention of one person is left out, and with it the gap it leaves', () => {
  const { text, found } = withoutMention(parseMarkdown('@docket take 12', people), 'docket');
  expect(found).toBe(true);
  expect(text).toEqual([p('take 12')]);
});

test('names to look up are those behind an @', () => {
  expect(mentioned('@Ada, @bo.li. mail@x @ada')).toEqual(['ada', 'bo.li', 'x']);
});

test('in a command, people who are known stand by their id', () => {
  expect(withMentions('give 12 @Ada or @zoe (ada@ada)', people)).toBe('give 12 <@ada> or @zoe (ada@ada)');
});
