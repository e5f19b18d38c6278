import { expect, test } from 'vitest';
import { copiesIn, withQuote } from '../../src/desk/quoted.ts';
import { limits } from '../../src/ticket/limits.ts';
import { subjectOf } from '../../src/ticket/subject.ts';
import { paragraph, plain, type Text, text } from '../../src/ticket/text.ts';

const author = { id: 'U1', name: 'Rita Gomez' };
const said = (words: Text, ...files: string[]) => ({ author, text: words, files: files.map((name) => ({ name })) });

test('quotes a message with its author and the names of its files, and calls nobody in it', () => {
  const mention = paragraph('ask ', { inline: 'mention', id: 'U2', name: 'Bo' });
  const body = withQuote(text('please look'), said([mention], 'screen.png'));
  expect(plain(body)).toBe('please look\n> Rita Gomez:\n> ask Bo\n> 📎 screen.png');
  expect(JSON.stringify(body)).not.toContain('mention');
  expect(subjectOf(body, [])).toBe('please look');
});

test('takes the subject from the quoted message where there are no words above it', () => {
  expect(subjectOf(withQuote(text(''), said(text('Printer on fire'))), [])).toBe('Printer on fire');
});

test.each([
  ['nothing is quoted', null],
  ['the quoted message is empty', said(text(' '))],
])('leaves the words alone where %s', (_, quoted) => {
  expect(withQuote(text('look'), quoted)).toEqual(text('look'));
});

test('cuts a long quote, and leaves it out where the words fill the ticket', () => {
  const long = said(text('word '.repeat(20_000)));
  expect(plain(withQuote(text('look'), long)).length).toBeLessThan(4_100);
  const full = text('x'.repeat(limits.body));
  expect(withQuote(full, long)).toEqual(full);
});

test('finds the copy again, and not what people quote themselves', () => {
  const own: Text = [{ block: 'quote', blocks: text('my own quote') }];
  const body = withQuote(own, said(text('Printer on fire')));
  expect(plain(copiesIn(body))).toBe('> Rita Gomez:\n> Printer on fire');
});
