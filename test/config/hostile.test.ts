import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { isMistaken, loadConfig, parseConfig } from '../../src/config/load.ts';
import type { Mistake } from '../../src/config/mistake.ts';
import { workedMs } from '../support/worked.ts';

function mistakes(text: string): readonly Mistake[] {
  const read = parseConfig(text, 'docket.yaml');
  return isMistaken(read) ? read.mistakes : [];
}

/** Words that lead deep into the schema, beside any others. */
const word = fc.oneof(
  fc.constantFrom('people', 'groups', 'queues', 'rights', 'lifecycles', 'statuses', 'moves', 'verbs', 'feeds', 'place'),
  fc.constantFrom('console', 'channels', 'members', 'noc', 'ada', 'fields', 'site', 'type', 'choice', 'search', '*'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'everyone', 'SeeQueue', 'console:#noc'),
  fc.string({ maxLength: 8 }),
);
const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    word,
    fc.constantFrom(null, true, 0, -1, 1e308, ''),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.array(fc.tuple(word, tie('value')), { maxLength: 5 }).map((pairs) => new Map(pairs as [string, unknown][])),
})).map;

describe('whatever stands in the file', () => {
  test('any text gives a configuration or mistakes with their places, never a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'{}[]:-?&*!|>"\'#, \na1') })),
        (text) => {
          for (const { line, column, text: said } of mistakes(text)) {
            expect(line).toBeGreaterThan(0);
            expect(column).toBeGreaterThan(0);
            expect(said).not.toBe('');
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any data gives a configuration or mistakes, each on a line that is there', () => {
    fc.assert(
      fc.property(data, (value) => {
        const text = stringify(value);
        const lines = text.split('\n');
        for (const { line, column } of mistakes(text)) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['brackets', '['.repeat(200_000)],
    ['braces', '{'.repeat(20_000)],
    ['maps in braces', '{a: '.repeat(50_000)],
    ['dashes', '- '.repeat(100_000)],
    ['indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ])('a tower of %s is refused at once', (_, text) => {
    expect(mistakes(text).map((each) => each.text)).toEqual(['the file is nested more than 100 levels deep.']);
  });

  test('anchors that multiply are refused', () => {
    const lines = ['l0: &l0 [a, a, a, a, a, a, a, a, a, a]'];
    for (let level = 1; level < 10; level++) {
      lines.push(
        `l${level}: &l${level} [${Array(10)
          .fill(`*l${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(mistakes(lines.join('\n'))[0]?.text).toMatch(/^the anchors cannot be followed/);
  });

  test('a file of more than 262,144 characters is refused unread', () => {
    expect(mistakes(`# ${'x'.repeat(262_143)}`).map((each) => each.text)).toEqual([
      'the file has 262145 characters. It can have 262144.',
    ]);
  });

  test('an anchor that contains itself is told like any other mistake', () => {
    expect(mistakes('groups: &g { noc: *g }').length).toBeGreaterThan(0);
  });

  test('what a secret key holds is repeated nowhere', () => {
    const told = mistakes('api_key: hunter2\npeople: { ada: { name: Ada, password: hunter3 } }');
    expect(JSON.stringify(told)).not.toMatch(/hunter/);
  });
});

describe('a file that cannot be read', () => {
  test('is told with the way to name another one', () => {
    const read = loadConfig('no/such/docket.yaml');
    expect(read).toEqual({
      mistakes: [
        {
          file: 'no/such/docket.yaml',
          line: 1,
          column: 1,
          key: '',
          text: 'the file cannot be read (ENOENT). DOCKET_CONFIG says where it is.',
        },
      ],
    });
    expect(loadConfig('test')).toMatchObject({ mistakes: [{ text: expect.stringContaining('EISDIR') }] });
  });
});

describe('a file of as much as is allowed', () => {
  const many = (count: number, each: (nth: number) => string) =>
    Array.from({ length: count }, (_, nth) => each(nth)).join('');

  test.each([
    ['unknown keys', many(20_000, (nth) => `k${nth}: 1\n`), 20_002],
    ['unknown members', `groups:\n${many(9_000, (nth) => `  g${nth}: [h${nth}]\n`)}`, 9_002],
    ['groups, each within the next', `groups:\n${many(9_000, (nth) => `  g${nth}: [g${nth + 1}]\n`)}`, 3],
    ['keys twice', many(20_000, (nth) => `k${nth % 7}: 1\n`), 200],
  ])('is checked in seconds: %s', (_, file, count) => {
    const before = workedMs();
    const found = mistakes(file);
    // Seconds of this process's own work. It was half a minute for the first.
    expect(workedMs() - before).toBeLessThan(8_000);
    const described = Math.min(count, 200);
    expect(found).toHaveLength(count > 200 ? described + 1 : described);
    if (count > 200) expect(found.at(-1)?.text).toBe(`there are ${count - 200} more mistakes.`);
  });
});
