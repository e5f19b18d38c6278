import { expect, test } from 'vitest';
import { submit } from '../../src/language/form.ts';
import { parse } from '../../src/language/parse.ts';
import type { Block, Inline } from '../../src/ticket/text.ts';
import { speaking } from './speaking.ts';

const line = (...inlines: Inline[]): Block => ({ block: 'paragraph', inlines });
const strong = (words: string): Inline => ({ inline: 'strong', inlines: [words] });
const markdown = { ...speaking, markup: 'markdown' } as const;
const slack = { ...speaking, markup: 'mrkdwn' } as const;

test.each(['reply', 'comment'])('a %s by command is read as markup', (verb) => {
  const text = [
    line('Run:'),
    { block: 'code', code: 'ls -la' },
    line(strong('now'), ' ', { inline: 'code', code: 'x' }),
  ];
  expect(parse(`${verb} 22 Run:\n\`\`\`\nls -la\n\`\`\`\n**now** \`x\``, markdown)).toMatchObject({
    command: { verb, text },
  });
  expect(parse(`${verb} 22 Run:\n\`\`\`\nls -la\n\`\`\`\n*now* \`x\``, slack)).toMatchObject({
    command: { verb, text },
  });
});

test('a star that is none of markup stays in Slack, and two of them', () => {
  for (const words of ['2 * 3 * 4', 'a*b*c', '**so**', '* item']) {
    expect(parse(`reply 22 ${words}`, slack)).toMatchObject({ command: { text: [line(words)] } });
  }
});

test('people are mentioned within markup, too', () => {
  const ada = { inline: 'mention', id: 'U1', name: 'ada' } as const;
  expect(parse('comment 22 *ask <@U1|ada>*', slack)).toMatchObject({
    command: { text: [line({ inline: 'strong', inlines: ['ask ', ada] })] },
  });
});

test('the text of a new ticket is read as markup, and its subject stays as it was typed', () => {
  expect(parse('new in noc **Fan** is `loud` : since **monday**', markdown)).toMatchObject({
    ticket: { subject: '**Fan** is `loud`', body: [line('since ', strong('monday'))] },
  });
  const answers = { subject: '**Fan**', body: 'since **monday**' };
  expect(submit('new', answers, markdown)).toMatchObject({
    ticket: { subject: '**Fan**', body: [line('since ', strong('monday'))] },
  });
  expect(submit('reply 22', { text: '*now*' }, slack)).toMatchObject({ command: { text: [line(strong('now'))] } });
});
