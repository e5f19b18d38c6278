import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, fallback, unescaped } from '../../connectors/slack/mrkdwn.ts';
import { readMessage } from '../../connectors/slack/reading.ts';
import { richText } from '../../connectors/slack/rich-text.ts';
import { text } from '../../src/ticket/text.ts';
import { nasty, typed } from '../support/texts.ts';
import { drawing, known } from './texts.ts';

function thereAndBack(written: ReturnType<typeof text>) {
  return readMessage(
    { text: 'not read', blocks: [{ type: 'rich_text', elements: richText(written, drawing) }] },
    known,
  );
}

describe('what people type, through Slack and back', () => {
  it.each(nasty)('%s is that text in Slack, calls nobody, and reads back as it was', (words) => {
    expect(richText(text(words), drawing)).toEqual([
      { type: 'rich_text_section', elements: [{ type: 'text', text: words }] },
    ]);
    expect(thereAndBack(text(words))).toEqual({ text: text(words), mentionsBot: false });
  });

  it('any text reads back from the blocks it is drawn in', () => {
    fc.assert(
      fc.property(typed, (words) => {
        expect(richTextReads(words)).toEqual(text(words));
      }),
    );
  });

  it('any text without code and quotes reads back from the text of a message without blocks', () => {
    fc.assert(
      fc.property(typed, (all) => {
        const words = all.replaceAll('`', "'").replace(/^>+/gm, '');
        expect(readMessage({ text: escaped(words) }, known).text).toEqual(text(words));
        expect(unescaped(escaped(words))).toBe(words);
      }),
    );
  });

  it('the text of a message holds none of the signs that Slack calls people by', () => {
    fc.assert(fc.property(typed, (words) => !/[<>]|&(?!(?:amp|lt|gt);)/.test(fallback(words))));
  });

  it('code, quotes and what stands around them keep their places', () => {
    const written = [
      ...text('before\n\n*not bold*\n'),
      { block: 'code' as const, code: 'if (a < b) {\n  return `x`;\n}' },
      { block: 'quote' as const, blocks: text('<!channel>\nsecond line') },
      ...text('after'),
    ];
    expect(thereAndBack(written).text).toEqual(written);
  });
});

function richTextReads(words: string) {
  return readMessage({ blocks: [{ type: 'rich_text', elements: richText(text(words), drawing) }] }, known).text;
}
