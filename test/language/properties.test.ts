import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verbs } from '../../src/language/commands.ts';
import { complete, expects } from '../../src/language/complete.ts';
import { duration } from '../../src/language/duration.ts';
import { submit } from '../../src/language/form.ts';
import { help } from '../../src/language/help.ts';
import { lineOf } from '../../src/language/line.ts';
import { parse } from '../../src/language/parse.ts';
import { formNames, type Request } from '../../src/language/request.ts';
import { search } from '../../src/language/search.ts';
import { concerns, shorthand } from '../../src/language/shorthand.ts';
import { when } from '../../src/language/when.ts';
import { isRefusal, type Refusal } from '../../src/ticket/refusal.ts';
import { type Block, type Inline, paragraph, type Text, text } from '../../src/ticket/text.ts';
import { workedMs } from '../support/worked.ts';
import { change, inThread, now, speaking } from './speaking.ts';

const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Lone surrogates and NUL too: any 16 bits.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        '#1',
        '12',
        '@bo',
        '"',
        '(',
        ')',
        '-',
        '!',
        ':',
        '=',
        '\n',
        ' ',
        'until',
        'mon 9am',
        'OR',
        'queue:noc',
        'in',
        '<@U1>',
        '2h',
        'page',
        'p80',
        '…',
      ),
    )
    .map((parts) => parts.join(' ')),
);
const line = fc.oneof(
  words,
  fc.tuple(fc.constantFrom(...verbs), words).map(([verb, rest]) => `${verb} ${rest}`),
  fc.tuple(fc.constantFrom(...verbs), words).map(([verb, rest]) => `${verb} 123 ${rest}`),
);
const spot = fc.constantFrom(speaking, inThread);

const inline: fc.Arbitrary<Inline> = fc.oneof(
  words,
  words.map((code): Inline => ({ inline: 'code', code })),
  words.map((label): Inline => ({ inline: 'link', url: 'https://x.org', label })),
  words.map((bold): Inline => ({ inline: 'strong', inlines: [bold] })),
  fc.constant<Inline>({ inline: 'mention', id: 'U1', name: 'Ada' }),
  fc.constant<Inline>({ inline: 'ticket', ticket: 12 }),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.array(inline).map((inlines) => paragraph(...inlines)),
  words.map((code): Block => ({ block: 'code', code })),
  words.map((quoted): Block => ({ block: 'quote', blocks: text(quoted) })),
);
const message: fc.Arbitrary<Text> = fc.oneof(
  fc.array(block, { maxLength: 5 }),
  line.map((typed) => text(`#123 !${typed}`)),
);

function answered(result: Request | Refusal): boolean {
  return isRefusal(result) ? result.text.length > 0 : 'do' in result;
}

test('each line gives a request or a refusal', () => {
  fc.assert(
    fc.property(line, spot, (typed, where) => answered(parse(typed, where))),
    { numRuns: 500 },
  );
});

test('each message gives requests, refusals or nothing, and what the cheap check lets pass by is nothing', () => {
  fc.assert(
    fc.property(message, (said) => {
      const result = shorthand(said, speaking);
      expect(result !== null).toBe(concerns(said));
      expect((result?.updates ?? []).every(answered)).toBe(true);
      expect((shorthand(said, inThread)?.updates ?? []).every(answered)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('each search, time, length of time, topic and half of a line gives an answer', () => {
  fc.assert(
    fc.property(line, (typed) => {
      for (const result of [search(typed, speaking), when(typed, now, speaking.zone), duration(typed), help(typed)]) {
        expect(result).toBeDefined();
      }
      const known = { queues: [], statuses: [], groups: [], fields: [], people: [], tickets: [], texts: [] };
      expect(complete(typed, known).length).toBeLessThanOrEqual(12);
      expect(expects(typed).length).toBeLessThanOrEqual(100);
    }),
    { numRuns: 500 },
  );
});

test('each form with any answers gives a request, a refusal or errors', () => {
  const inputs = fc.constantFrom(
    'subject',
    'body',
    'text',
    'until',
    'when',
    'person',
    'field',
    'value',
    'queue',
    'ticket',
    '__proto__',
  );
  fc.assert(
    fc.property(fc.constantFrom(...formNames), fc.dictionary(inputs, words), (name, answers) => {
      const result = submit(`form ${name} 123`, answers, speaking);
      return 'errors' in result ? Object.keys(result.errors).length > 0 : answered(result);
    }),
  );
});

test('a time that is understood lies ahead, and leaves the words after it untouched', () => {
  fc.assert(
    fc.property(fc.constantFrom('2h', 'tomorrow', 'mon 9am', 'eod', '2026-12-01 14:00'), words, (time, rest) => {
      const read = when(`${time} | ${rest}`, now, speaking.zone);
      return !isRefusal(read) && read.at > now && read.rest === `| ${rest}`;
    }),
  );
});

test('what is written after the ticket is kept, letter by letter', () => {
  const written = words.map((typed) => typed.trim()).filter((typed) => typed !== '' && !/^[#\d]|<@/.test(typed));
  fc.assert(
    fc.property(written, (typed) => {
      const result = parse(`reply 123 ${typed}`, speaking);
      expect(result).toEqual(change(123, { verb: 'reply', text: text(typed), attachments: [] }));
    }),
  );
});

test('a text cut in two holds the same words in both halves together', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), fc.nat(), (tree, at) => {
      const whole = lineOf(tree);
      const middle = Math.min(at, whole.words.length);
      const halves = [whole.cut(0, middle), whole.cut(middle, whole.words.length)];
      const joined = halves.map((half) => lineOf(half).words).join('');
      expect(joined.replaceAll('\n', '')).toBe(whole.words.replaceAll('\n', ''));
    }),
  );
});

test('settings survive being written out with quotes', () => {
  const name = fc
    .stringMatching(/^[a-z]{1,8}$/)
    .filter((field) => !['due', 'priority', 'queue', 'next'].includes(field));
  const value = fc.stringMatching(/^[a-z =@#0-9]{0,12}$/);
  fc.assert(
    fc.property(fc.array(fc.record({ field: name, value }), { minLength: 1, maxLength: 5 }), (settings) => {
      const typed = settings.map(({ field, value }) => `${field}="${value}"`).join(' ');
      expect(parse(`set 123 ${typed}`, speaking)).toEqual(change(123, { verb: 'set', settings }));
    }),
  );
});

test('minutes survive being written as hours and minutes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (minutes) => {
      return duration(`${Math.floor(minutes / 60)}h${minutes % 60}m`) === minutes && duration(`${minutes}`) === minutes;
    }),
  );
});

test('every verb is read in any mixture of small and capital letters', () => {
  const mixed = fc.constantFrom(...verbs).chain((verb) => fc.tuple(fc.constant(verb), fc.mixedCase(fc.constant(verb))));
  fc.assert(
    fc.property(mixed, ([verb, typed]) => {
      expect(parse(`${typed} 123`, inThread)).toEqual(parse(`${verb} 123`, inThread));
    }),
  );
});

const huge = 100_000;
test.each<[string, string]>([
  ['one word', 'x'.repeat(huge)],
  ['one number', `#${'9'.repeat(huge)}`],
  ['ticket numbers', `take ${'1 '.repeat(huge / 2)}`],
  ['ticket numbers with commas', `take ${'1,'.repeat(huge / 2)}`],
  ['blanks', `reply 1${' '.repeat(huge)}x`],
  ['line breaks', `new x${'\n'.repeat(huge)}y`],
  ['colons', `new ${' :'.repeat(huge / 2)}`],
  ['brackets', `list ${'('.repeat(huge)}`],
  ['quotes', `set 1 ${'a="'.repeat(huge / 3)}`],
  ['settings', `set 1 ${'a=b '.repeat(huge / 4)}`],
  ['spans of time', `stall 1 until ${'1h'.repeat(huge / 2)}`],
  ['digits in a time', `due 1 ${'1'.repeat(huge)}`],
  ['mentions', `comment 1 ${'<@'.repeat(huge / 2)}`],
  ['pages', `find ${'page 1 '.repeat(huge / 7)}`],
  ['updates', '#1 x\n'.repeat(huge / 5)],
  ['numbers', '#1 '.repeat(huge / 3)],
  ['commands', `#1 x\n${'!take\n'.repeat(huge / 6)}`],
])('100 kB of %s are read in a moment', (_, typed) => {
  const before = workedMs();
  expect(answered(parse(typed, inThread))).toBe(true);
  expect((shorthand(text(typed), inThread)?.updates ?? []).every(answered)).toBe(true);
  concerns(text(typed));
  expects(typed);
  // Linear reading takes milliseconds; what grows with the square takes many seconds.
  expect(workedMs() - before).toBeLessThan(5000);
});
