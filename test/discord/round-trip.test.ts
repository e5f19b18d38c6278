import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unseen } from '../../connectors/discord/code.ts';
import { inlineMarkdown, markdown } from '../../connectors/discord/markdown.ts';
import { readMessage } from '../../connectors/discord/reading.ts';
import { type Inline, paragraph, plain, plainInlines, text } from '../../src/ticket/text.ts';
import { anyWords, nasty, typed, typedLine } from '../support/texts.ts';
import { shown } from './shown.ts';
import { drawing, known } from './texts.ts';

function readBack(words: string) {
  return plain(readMessage(markdown(text(words), drawing), known).text);
}

/** A line of what can stand in one without a mark of its own. */
const anyRun: fc.Arbitrary<readonly Inline[]> = fc.array(
  fc.oneof(
    typedLine,
    typedLine.map((code): Inline => ({ inline: 'code', code })),
    fc.array(typedLine, { maxLength: 3 }).map((inlines): Inline => ({ inline: 'strong', inlines })),
    typedLine.map((label): Inline => ({ inline: 'strong', inlines: [label, { inline: 'code', code: label }] })),
    typedLine.map((name): Inline => ({ inline: 'person', person: 2, name })),
    typedLine.map((command): Inline => ({ inline: 'command', command })),
  ),
  { maxLength: 6 },
);

describe('what people type, through Discord and back', () => {
  it.each(nasty)('%s is that text in Discord, calls nobody, and reads back as it was', (words) => {
    expect(shown(markdown(text(words), drawing))).toEqual({ words, marks: [] });
    expect(readBack(words)).toBe(words);
  });

  it('any text is shown as it was typed, with nothing in it read as markup', () => {
    fc.assert(
      fc.property(typed, (words) => {
        expect(shown(markdown(text(words), drawing))).toEqual({ words, marks: [] });
      }),
      { numRuns: 2_000 },
    );
  });

  it('any text reads back as it was', () => {
    fc.assert(
      fc.property(typed, (words) => {
        expect(readBack(words)).toBe(words);
      }),
      { numRuns: 1_000 },
    );
  });

  it('bold words, code and what stands beside them are shown as they are, and read back', () => {
    fc.assert(
      fc.property(anyRun, (inlines) => {
        const drawn = inlineMarkdown(inlines, drawing);
        const { words, marks } = shown(drawn);
        expect(words.replaceAll(unseen, '')).toBe(plainInlines(inlines).replaceAll(unseen, ''));
        expect(marks.filter((mark) => mark !== 'bold' && mark !== 'code')).toEqual([]);
        const back = plain(readMessage(drawn, known).text);
        expect(back.replaceAll(unseen, '')).toBe(plainInlines(inlines).replaceAll(unseen, ''));
      }),
      { numRuns: 2_000 },
    );
  });

  it('code, quotes and what stands around them keep their places', () => {
    const written = [
      ...text('before\n\n*not bold*'),
      { block: 'code' as const, code: 'if (a < b) {\n  return `x`;\n}' },
      ...text('between'),
      { block: 'code' as const, code: 'js' },
      { block: 'quote' as const, blocks: text('@everyone\nsecond **line**') },
      ...text('after\n'),
    ];
    expect(readMessage(markdown(written, drawing), known).text).toEqual(written);
  });

  it('a block of code holds whatever is in it', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const code = words.replaceAll(unseen, '').replace(/^\n+|\n+$/g, '');
        const drawn = markdown([{ block: 'code', code }], drawing);
        if (code.trim() === '') return;
        expect(shown(drawn).marks).toEqual(['block of code']);
        expect(plain(readMessage(drawn, known).text)).toBe(code);
      }),
    );
  });

  it('a link leads where it says, or stands there in words', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), anyWords), anyWords, (url, label) => {
        const drawn = inlineMarkdown([{ inline: 'link', url, label }], drawing);
        const { marks, words } = shown(drawn);
        expect(marks.filter((mark) => mark !== 'link')).toEqual([]);
        if (marks.length === 0) expect(words).toContain(url);
      }),
    );
  });

  it('who is to be called is called, by their id', () => {
    const ada: Inline = { inline: 'person', person: 1, name: '@everyone' };
    expect(inlineMarkdown(['Ask ', ada], drawing)).toBe('Ask <@1>');
    expect(readMessage('Ask <@1>', known).text).toEqual([
      paragraph('Ask ', { inline: 'mention', id: '1', name: 'Ada' }),
    ]);
    expect(shown(inlineMarkdown([ada], { ...drawing, user: () => null }))).toEqual({ words: '@everyone', marks: [] });
  });

  it('a moment is shown in the reader’s zone, and reads back as it was', () => {
    const at = '2026-12-01T14:00:00.000Z';
    expect(inlineMarkdown([{ inline: 'time', at }], drawing)).toBe('<t:1796133600:f>');
    expect(readMessage('<t:1796133600:f>', known).text).toEqual([paragraph({ inline: 'time', at })]);
    expect(inlineMarkdown([{ inline: 'time', at: '@here' }], drawing)).toBe('\\@here');
  });
});
