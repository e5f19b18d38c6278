import fc from 'fast-check';
import type { Block, Inline, Text } from '../../src/ticket/text.ts';

/** What somebody may type to call, format or break out. */
export const nasty = [
  // Slack
  '<!channel>',
  '<!here|here>',
  '<@U1>',
  '<@U1|ada>',
  '<#C1>',
  '<!subteam^S1>',
  '&lt;',
  '&amp;lt;!channel&gt;',
  '*bold*',
  '_x_',
  '~x~',
  '`code`',
  '```fence```',
  '> quote',
  '&gt; quote',
  ':tada:',
  '@channel',
  '<https://example.org|here>',
  '%3Cb%25',
  '• item',
  '🎫👩‍👩‍👧',
  // Discord
  '@everyone',
  '<@1>',
  '<@!1>',
  '<@&7>',
  '<#7>',
  '<:docket:7>',
  '<t:0:R>',
  '</ticket new:7>',
  '<id:guide>',
  '**bold**',
  '***',
  '__under__',
  '~~struck~~',
  '||secret||',
  '# heading',
  '-# small',
  '- item',
  '1. item',
  '>>> quotes',
  '[here](https://example.org)',
  '[here](<https://example.org>)',
  'https://example.org/a_b_(c)*d*',
  'https://example.org.<#7>',
  '\\',
  '\u200b',
] as const;

const word = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(' ', '\t'),
);

/** A line that somebody typed: whole characters, no line break. */
export const typedLine = fc.array(word, { maxLength: 6 }).map((words) =>
  words
    .join('')
    .replaceAll(/[\r\n\0]/g, ' ')
    .toWellFormed(),
);

/** What somebody typed; not line breaks alone. */
export const typed = fc
  .array(typedLine, { minLength: 1, maxLength: 5 })
  .map((lines) => lines.join('\n'))
  .filter((words) => /[^\n]/.test(words));

const huge = fc.integer({ min: 0, max: 20_000 }).map((length) => 'abc "déf" '.repeat(Math.ceil(length / 10)));

/** Words of any length, those that break things among them. */
export const anyWords = fc.oneof({ weight: 6, arbitrary: typedLine }, { weight: 1, arbitrary: huge });

/** Any inline. */
export const anyInline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 4, arbitrary: anyWords },
  anyWords.map((code): Inline => ({ inline: 'code', code })),
  anyWords.map((label): Inline => ({ inline: 'strong', inlines: [label, { inline: 'ticket', ticket: 7 }] })),
  fc
    .tuple(fc.oneof(fc.webUrl(), anyWords, fc.constant(`https://example.org/${'x'.repeat(3_000)}`)), anyWords)
    .map(([url, label]): Inline => ({ inline: 'link', url, label })),
  fc.tuple(fc.nat(3), anyWords).map(([person, name]): Inline => ({ inline: 'person', person, name })),
  fc.tuple(anyWords, anyWords).map(([id, name]): Inline => ({ inline: 'mention', id, name })),
  fc.nat().map((ticket): Inline => ({ inline: 'ticket', ticket })),
  anyWords.map((command): Inline => ({ inline: 'command', command })),
  fc
    .oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      typedLine,
    )
    .map((at): Inline => ({ inline: 'time', at })),
);

const anyParagraph = fc.array(anyInline, { maxLength: 6 }).map((inlines): Block => ({ block: 'paragraph', inlines }));
const anyCode = anyWords.map((code): Block => ({ block: 'code', code }));

/** Any text. */
export const anyText: fc.Arbitrary<Text> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: anyParagraph },
    anyCode,
    fc
      .array(fc.oneof(anyParagraph, anyCode), { maxLength: 4 })
      .map((blocks): Block => ({ block: 'quote', blocks: [...blocks, { block: 'quote', blocks }] })),
  ),
  { maxLength: 6 },
);
