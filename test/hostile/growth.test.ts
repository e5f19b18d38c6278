import { describe, expect, test } from 'vitest';
import { mentioned, parseMarkdown, withMentions } from '../../connectors/console/markdown.ts';
import { drawMessage as drawnForDiscord } from '../../connectors/discord/blocks/message.ts';
import { escaped, markdown, quoted } from '../../connectors/discord/markdown.ts';
import { readMessage as readDiscord } from '../../connectors/discord/reading.ts';
import { drawMessage as drawnForMatrix } from '../../connectors/matrix/blocks/message.ts';
import { html } from '../../connectors/matrix/html.ts';
import { readHtml } from '../../connectors/matrix/read-html.ts';
import { commandLine, readMessage as readMatrix } from '../../connectors/matrix/reading.ts';
import { words } from '../../connectors/matrix/words.ts';
import { drawMessage as drawnForSlack } from '../../connectors/slack/blocks/message.ts';
import { commandLine as slackLine } from '../../connectors/slack/command-line.ts';
import { fallback, worded } from '../../connectors/slack/mrkdwn.ts';
import { readMrkdwn } from '../../connectors/slack/read-mrkdwn.ts';
import { richText } from '../../connectors/slack/rich-text.ts';
import { clean } from '../../src/desk/clean.ts';
import type { LineView } from '../../src/desk/view.ts';
import { wants } from '../../src/language/expect.ts';
import { lineOf } from '../../src/language/line.ts';
import { parse } from '../../src/language/parse.ts';
import { search } from '../../src/language/search.ts';
import { concerns, shorthand } from '../../src/language/shorthand.ts';
import { plain, type Text, text } from '../../src/ticket/text.ts';
import * as discord from '../discord/texts.ts';
import { speaking } from '../language/speaking.ts';
import * as matrix from '../matrix/drawing.ts';
import * as slack from '../slack/texts.ts';
import { workedMs } from '../support/worked.ts';

const line = (body: Text): LineView => ({
  ...{ view: 'line', ticket: 1, head: ['x'], body, attachments: [], staffOnly: false },
  ...{ at: '2026-12-01T14:00:00.000Z', buttons: [] },
});

/** Everything that reads or draws what people write. */
const readers: Readonly<Record<string, (words: string) => unknown>> = {
  'console parseMarkdown': (typed) => parseMarkdown(typed, new Map()),
  'console mentioned': mentioned,
  'console withMentions': (typed) => withMentions(typed, new Map()),
  'discord escaped': escaped,
  'discord markdown': (typed) => markdown(text(typed), discord.drawing),
  'discord markdown of code': (typed) => markdown([{ block: 'code', code: typed }], discord.drawing),
  'discord quoted': (typed) => quoted([{ block: 'quote', blocks: text(typed) }], discord.drawing),
  'discord line': (typed) => drawnForDiscord(line(text(typed)), discord.drawing),
  'discord reading': (typed) => readDiscord(typed, discord.known),
  'slack mrkdwn': (typed) => [fallback(typed), worded(text(typed))],
  'slack rich text': (typed) => richText(text(typed), slack.drawing),
  'slack line': (typed) => drawnForSlack(line(text(typed)), slack.drawing),
  'slack reading': (typed) => readMrkdwn(typed, slack.known),
  'slack command line': slackLine,
  'matrix html': (typed) => [html(text(typed), matrix.drawing), words(text(typed), matrix.drawing)],
  'matrix line': (typed) => drawnForMatrix(line(text(typed)), matrix.drawing),
  'matrix reading': (typed) => readMatrix({ body: typed, isReply: true, mentions: null }, matrix.bot),
  'matrix reading of HTML': (typed) => readHtml(typed, matrix.bot),
  'matrix command line': (typed) => commandLine(text(typed)),
  clean: (typed) => clean({ text: text(typed), name: typed }),
  plain: (typed) => plain(text(typed)),
  lineOf: (typed) => lineOf(text(typed)),
  parse: (typed) => parse(typed, speaking),
  'parse new': (typed) => parse(`new in noc ${typed}`, speaking),
  'parse set': (typed) => parse(`set 1 site=${typed}`, speaking),
  'parse remind': (typed) => parse(`remind 1 ${typed}`, speaking),
  'parse due': (typed) => parse(`due 1 ${typed}`, speaking),
  'parse worked': (typed) => parse(`worked 1 ${typed}`, speaking),
  'parse link': (typed) => parse(`link 1 ${typed}`, speaking),
  'parse requestor': (typed) => parse(`requestor 1 ${typed}`, speaking),
  'parse list': (typed) => parse(`list ${typed}`, speaking),
  search: (typed) => search(typed, speaking),
  shorthand: (typed) => shorthand(text(typed), speaking),
  'shorthand of a command': (typed) => shorthand(text(`#1 !${typed}`), speaking),
  concerns: (typed) => concerns(text(typed)),
  wants,
};

const units = [
  ...[
    ' ',
    '\t',
    '\r',
    '\n',
    '\u2028',
    '\u00a0',
    '\u200b',
    '\ud800',
    'a',
    'é',
    '1',
    '1 ',
    '1,',
    '1.',
    '1. ',
    '1h',
    '1h ',
  ],
  ...[
    '`',
    '``` ',
    '```x\n',
    '```\n',
    '> ',
    '>',
    '> \n',
    '\n> ',
    '>> ',
    '*',
    '**',
    '**a',
    '* ',
    '_',
    '~',
    '||',
    '|a',
    '# ',
    '- ',
  ],
  ...[
    '[',
    '](',
    '[a](',
    '[a](https://b',
    '(',
    ')',
    '<',
    '<@',
    '<@1> ',
    '<#',
    '<!',
    '<a',
    '<b>',
    '</b>',
    '<p><b>',
    '&',
    '&lt;',
  ],
  ...[
    '<ol><li>',
    '<blockquote>',
    '<pre>',
    '<table>',
    '<a href="',
    '<!--',
    '<mx-reply>',
    '<br>',
    '@',
    '@a',
    '@a:b',
    '@a.',
    '@a ',
  ],
  ...[
    '!',
    '!a ',
    '#',
    '#1',
    '#1 ',
    '#1 !',
    '"',
    '"a',
    '“',
    'a:',
    'a=',
    'a="',
    'cf."',
    'or ',
    'not ',
    '(a or ',
    '-',
    '--',
    '/',
    ':',
  ],
  ...[
    'http://',
    'https://a',
    'https://a ',
    'https://a)',
    '\\',
    '\\`',
    '%',
    'in ',
    'at ',
    'on ',
    'to ',
    'by ',
    'mon ',
    'every ',
  ],
  ...[
    '12:00 ',
    '2026-',
    '2026-12-01 ',
    '1/',
    'half ',
    'a, ',
    'a and ',
    'and ',
    '+',
    '=',
    ';',
    '.',
    '…',
    '⏰',
    '👨‍👩‍👧',
    'a\u0301',
    '\u202e',
  ],
  ...[
    '<t:1>',
    '<:a:1>',
    '<!date^1^',
    '<https://a|',
    'https://(',
    'https://(a',
    'https://a.,',
    '(a',
    'p',
    'p8',
    'x\n',
    '\r\n',
    '~~a',
    '__a',
    '||a',
    '*a',
    '_a',
    '`a',
    '``a',
  ],
];

/** Characters. */
const length = 40_000;

/**
 * Milliseconds of this process's own work, for one text. What is read in proportion to its length takes a tenth of it; what
 * is read from each place to the end took 0.7 to 6 s.
 */
const plenty = 700;

function cost(read: (words: string) => unknown, words: string): number {
  const before = workedMs();
  read(words);
  return workedMs() - before;
}

describe('reading and drawing take time in proportion to what was written', () => {
  test.each(Object.entries(readers))('%s', (_, read) => {
    const slow = units.filter((unit) => cost(read, `${unit.repeat(Math.ceil(length / unit.length))}x`) > plenty);
    expect(slow).toEqual([]);
  });
});

test('a text of line breaks alone is cut to what a message may hold', () => {
  const body = text('\n'.repeat(40_000));
  expect(JSON.stringify(drawnForSlack(line(body), slack.drawing).blocks).length).toBeLessThanOrEqual(11_000);
  expect(JSON.stringify(drawnForMatrix(line(body), matrix.drawing).content).length).toBeLessThanOrEqual(44_000);
});

test('bold words within bold words are read so deep, and no deeper', () => {
  expect(() => readDiscord('**'.repeat(20_000), discord.known)).not.toThrow();
});
