import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../connectors/discord/reading.ts';
import type { Block, Inline } from '../../src/ticket/text.ts';
import { workedMs } from '../support/worked.ts';
import { known } from './texts.ts';

const ada: Inline = { inline: 'mention', id: '1', name: 'Ada' };
const link = { inline: 'link', url: 'https://example.org', label: 'https://example.org' } as const;

function line(...inlines: Inline[]): Block {
  return { block: 'paragraph', inlines };
}

describe('what was written in Discord', () => {
  it.each<{ what: string; typed: string; reads: Inline[] }>([
    { what: 'a user', typed: 'ask <@1>', reads: ['ask ', ada] },
    { what: 'a user as old clients wrote them', typed: '<@!1>', reads: [ada] },
    { what: 'someone unknown', typed: '<@5>', reads: [{ ...ada, id: '5', name: '5' }] },
    { what: 'a role', typed: '<@&8>', reads: ['@on-call'] },
    { what: 'a channel', typed: 'in <#7>', reads: ['in #noc'] },
    { what: 'everybody', typed: '@everyone', reads: ['@everyone'] },
    { what: 'an emoji of the guild', typed: '<:docket:7> <a:wave:7>', reads: [':docket: :wave:'] },
    { what: 'a command', typed: '</ticket new:7>', reads: ['/ticket new'] },
    { what: 'a moment', typed: '<t:1764597600:R>', reads: [{ inline: 'time', at: '2025-12-01T14:00:00.000Z' }] },
    { what: 'no moment', typed: '<t:9999999999999>', reads: ['<t:9999999999999>'] },
    { what: 'an address', typed: 'see https://example.org.', reads: ['see ', link, '.'] },
    { what: 'an address without preview', typed: '<https://example.org>', reads: [link] },
    {
      what: 'an address with brackets',
      typed: '(https://example.org/a_(b))',
      reads: ['(', { ...link, url: 'https://example.org/a_(b)', label: 'https://example.org/a_(b)' }, ')'],
    },
    { what: 'a link', typed: '[he\\*re](https://example.org)', reads: [{ ...link, label: 'he*re' }] },
    {
      what: 'bold words, code among them',
      typed: '**very `x`**',
      reads: [{ inline: 'strong', inlines: ['very ', { inline: 'code', code: 'x' }] }],
    },
    { what: 'code with a backtick', typed: '`` a`b ``', reads: [{ inline: 'code', code: ' a`b ' }] },
    { what: 'code of a backtick', typed: '`` ` ``', reads: [{ inline: 'code', code: '`' }] },
    { what: 'escaped signs', typed: '\\*\\*no\\*\\* \\# C:\\temp', reads: ['**no** # C:\\temp'] },
    { what: 'stars in a sum', typed: '2 ** 3 ** 4', reads: ['2 ** 3 ** 4'] },
    { what: 'what never ends', typed: '**so `and [so](', reads: ['**so `and [so]('] },
    {
      what: 'other markup',
      typed: '# *so* _so_ ~~so~~ __so__ ||so||',
      reads: ['# *so* _so_ ~~so~~ __so__ ||so||'],
    },
  ])('$what is read', ({ typed, reads }) => {
    expect(readMessage(typed, known)).toEqual({ text: [line(...reads)], mentionsBot: false });
  });

  it('blocks of code, quotes and lines keep their places', () => {
    const typed = 'one\n\n```js\nlet x;\n\nlet y;\n```\n> said\n> **so**\ntwo ```three``` four\n>>> all\n> this';
    expect(readMessage(typed, known).text).toEqual([
      line('one'),
      line(),
      { block: 'code', code: 'let x;\n\nlet y;' },
      { block: 'quote', blocks: [line('said'), line({ inline: 'strong', inlines: ['so'] })] },
      line('two '),
      { block: 'code', code: 'three' },
      line(' four'),
      { block: 'quote', blocks: [line('all'), line('> this')] },
    ]);
  });

  it('code within a quote is code', () => {
    const code = { block: 'code', code: 'let x;\nlet y;' };
    expect(readMessage('> ```\n> let x;\n> let y;\n> ```', known).text).toEqual([{ block: 'quote', blocks: [code] }]);
  });

  it('the bot’s own mention is taken out, and told of', () => {
    const expected = { text: [line('take 12')], mentionsBot: true };
    expect(readMessage('<@99> take 12', known)).toEqual(expected);
    expect(readMessage('**<@!99>** take 12', known)).toEqual(expected);
    expect(readMessage('> <@99>', known).mentionsBot).toBe(true);
    expect(readMessage('<@99>', known)).toEqual({ text: [line()], mentionsBot: true });
    expect(readMessage('', known)).toEqual({ text: [line()], mentionsBot: false });
  });

  it('anything at all is read, and no word of it is lost', () => {
    const part = fc.oneof(
      fc.constantFrom('`', '``', '```', '*', '**', '> ', '\n', '<', '>', '[', '](', ')', '\\', 'https://', '<@1>'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const typed = parts.join('');
        const letters = (text: string) => text.replace(/[^a-zA-Z]/g, '').replaceAll('Ada', '');
        const words = JSON.stringify(readMessage(typed, known).text.map(wordsOf));
        for (const letter of letters(typed)) expect(words).toContain(letter);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['`', '``', '*', '**', '[', '<', '> ', '```\n', 'https://', '(', '\\', '[x](https://', '\n', '** '])(
    'thousands of %j take no time',
    (part) => {
      const before = workedMs();
      readMessage(part.repeat(4_000 / part.length), known);
      readMessage(`\`${part.repeat(4_000 / part.length)}a`, known);
      expect(workedMs() - before).toBeLessThan(1_500);
    },
  );
});

function wordsOf(block: Block): unknown {
  return block.block === 'quote' ? block.blocks.map(wordsOf) : block;
}
