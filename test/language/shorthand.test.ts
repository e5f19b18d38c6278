import { describe, expect, test } from 'vitest';
import { concerns, shorthand, shorthandRows } from '../../src/language/shorthand.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { type Block, type Inline, paragraph, type Text, text } from '../../src/ticket/text.ts';
import { change, inThread, said, speaking } from './speaking.ts';

const comment = (tickets: number | number[], written: string | Text, hint: string | null = null) =>
  change(
    tickets,
    { verb: 'comment', text: typeof written === 'string' ? text(written) : written, attachments: [] },
    hint,
  );
const status = (tickets: number | number[], verb: string, words = '', until: string | null = null) =>
  change(tickets, { verb, text: words, until });
const quote = (words: string): Block => ({ block: 'quote', blocks: text(words) });
const code = (words: string): Block => ({ block: 'code', code: words });
const strong = (...inlines: Inline[]): Inline => ({ inline: 'strong', inlines });

describe('a line that begins with ticket numbers is an update of them', () => {
  test.each<[string, object[]]>([
    ['#123 rebooted the router', [comment(123, 'rebooted the router')]],
    ['  #123 rebooted', [comment(123, 'rebooted')]],
    ['#123: rebooted', [comment(123, 'rebooted')]],
    ['#123 !resolve replaced the SFP', [status(123, 'resolve', 'replaced the SFP')]],
    ['#123 ! resolve', [status(123, 'resolve')]],
    ['#123 ! important news', [comment(123, '! important news')]],
    ['#123 and #124 !take', [change([123, 124], { verb: 'take' })]],
    ['#123 & #124, and #125 down', [comment([123, 124, 125], 'down')]],
    ['#123 and #124 and #125 are down', [comment([123, 124, 125], 'are down')]],
    ['#123 and so on', [comment(123, 'and so on')]],
    ['#123 !RESOLVE', [status(123, 'resolve')]],
    ['#123 take', [change(123, { verb: 'take' })]],
    ['#123 Take', [change(123, { verb: 'take' })]],
    ['#123 p80', [change(123, { verb: 'set', settings: [{ field: 'priority', value: '80' }] })]],
    ['#123 give', [{ do: 'form', form: 'give', ticket: 123, said: {} }]],
    ['#123 take a look', [comment(123, 'take a look')]],
    [
      '#123 #124 !stall until mon 9am waiting for the telco',
      [status([123, 124], 'stall', 'waiting for the telco', '2026-03-30T07:00:00.000Z')],
    ],
    ['#123,#124 down', [comment([123, 124], 'down')]],
    ['#123, #124: down', [comment([123, 124], 'down')]],
    ['#123 124 down', [comment(123, '124 down')]],
    ['#123 resolve the DNS first', [comment(123, 'resolve the DNS first', 'resolve instead')]],
    ['#123 !resolve 5 hosts are back', [status(123, 'resolve', '5 hosts are back')]],
    ['#123 !merge into 100', [change(123, { verb: 'merge', into: 100 })]],
    ['#123', [{ do: 'show', ticket: 123 }]],
    [
      '#1 #2',
      [
        { do: 'show', ticket: 1 },
        { do: 'show', ticket: 2 },
      ],
    ],
    ['#1 fan of this', [comment(1, 'fan of this')]],
    [
      '#new in noc BGP down at LAX',
      [
        {
          do: 'new',
          ticket: {
            queue: 'noc',
            subject: 'BGP down at LAX',
            body: [],
            attachments: [],
            priority: null,
            requestor: null,
          },
        },
      ],
    ],
    ['#NEW', [{ do: 'form', form: 'new', ticket: null, said: {} }]],
    ['#123 first\nsecond\n\nthird', [comment(123, 'first\nsecond\n\nthird')]],
    ['hello\n#123 rebooted', [comment(123, 'rebooted')]],
    ['#1 one\nmore\n#2 two\n#3 take', [comment(1, 'one\nmore'), comment(2, 'two'), change(3, { verb: 'take' })]],
    ['#123 resolve\nreplaced the SFP', [status(123, 'resolve', 'replaced the SFP')]],
    ['#1 #2 rebooted\n!resolve', [comment([1, 2], 'rebooted'), status([1, 2], 'resolve')]],
    ['#1 rebooted\n!important: watch it', [comment(1, 'rebooted\n!important: watch it')]],
  ])('%j', (message, updates) => {
    expect(shorthand(text(message), speaking)).toEqual({ updates });
    expect(concerns(text(message))).toBe(true);
  });
});

test.each([
  'hello',
  'see #123',
  'it is #123 again',
  '# heading',
  '## 123',
  '#general',
  '#123abc is no ticket',
  '#123?',
  '#newbie question',
  '123 is a bare number',
  '!resolve',
  'take',
  '#',
  '',
  ' \n ',
])('%j is ordinary talk', (message) => {
  expect(shorthand(text(message), speaking)).toBeNull();
  expect(concerns(text(message))).toBe(false);
});

describe("in a ticket's thread the number can be left out", () => {
  test.each<[string, object[]]>([
    ['rebooted the router', [comment(7, 'rebooted the router')]],
    ['!resolve replaced the SFP', [status(7, 'resolve', 'replaced the SFP')]],
    ['take', [change(7, { verb: 'take' })]],
    ['reply', [{ do: 'form', form: 'reply', ticket: 7, said: {} }]],
    ['history', [{ do: 'history', ticket: 7, page: 0 }]],
    ['resolve the DNS first', [comment(7, 'resolve the DNS first', 'resolve instead')]],
    ['done', [comment(7, 'done')]],
    ['!done', [change(7, { verb: 'done', reminder: null })]],
    ['!take 8', [change(8, { verb: 'take' })]],
    ['!help', [{ do: 'help', topic: null }]],
    ['!!! look', [comment(7, '!!! look')]],
    ['#8 rebooted', [comment(8, 'rebooted')]],
    ['rebooted\n#8 too', [comment(7, 'rebooted'), comment(8, 'too')]],
    ['rebooted\n!resolve', [comment(7, 'rebooted'), status(7, 'resolve')]],
    ['#8 rebooted\n!resolve', [comment(8, 'rebooted'), status(8, 'resolve')]],
    ['list', [comment(7, 'list')]],
  ])('%j', (message, updates) => {
    expect(shorthand(text(message), inThread)).toEqual({ updates });
  });

  test('an empty message is nothing', () => {
    expect(shorthand(text('  \n'), inThread)).toBeNull();
  });

  test("where the requestor reads along, plain words are a reply, but never on somebody else's ticket", () => {
    const there = { ...inThread, plainText: 'reply' } as const;
    const reply = change(7, { verb: 'reply', text: text('still down'), attachments: [] });
    expect(shorthand(text('still down'), there)).toEqual({ updates: [reply] });
    expect(shorthand(text('#7 still down'), there)).toEqual({ updates: [reply] });
    expect(shorthand(text('#8 still down'), there)).toEqual({ updates: [comment(8, 'still down')] });
    expect(shorthand(text('#7 #8 still down'), there)).toEqual({ updates: [comment([7, 8], 'still down')] });
  });
});

describe('what is wrong is refused, and the rest is done', () => {
  test('a misspelled verb after !', () => {
    expect(said(shorthand(text('#123 !resovle it'), speaking)?.updates[0])).toContain('Did you mean /ticket resolve?');
  });

  test('a number that no ticket can have', () => {
    const result = shorthand(text('#99999999999999999999 down\n#1 up'), speaking);
    expect(said(result?.updates[0])).toContain('numbers run from 1');
    expect(result?.updates[1]).toEqual(comment(1, 'up'));
  });

  test('a command under a refused line does not fall to the tickets further up', () => {
    const result = shorthand(text('#1 a\n#0 b\n!resolve'), speaking);
    expect(result?.updates.map(isRefusal)).toEqual([false, true, true]);
  });

  test('what is no command about tickets, after a number', () => {
    expect(said(shorthand(text('#1 !list'), speaking)?.updates[0])).toContain('Say it without the number');
  });

  test('ten thousand numbers in one line', () => {
    const numbers = Array.from({ length: 10_000 }, (_, n) => `#${n + 1}`).join(' ');
    expect(said(shorthand(text(numbers), speaking)?.updates[0])).toContain('20 tickets');
  });

  test('more than twenty updates, as a whole', () => {
    const lines = Array.from({ length: 21 }, (_, n) => `#${n + 1} x`).join('\n');
    const updates = shorthand(text(lines), speaking)?.updates;
    expect(updates).toHaveLength(1);
    expect(said(updates?.[0])).toContain('20 updates');
  });
});

describe("a message's formatting", () => {
  test('stays with what is written', () => {
    const link = { inline: 'link', url: 'https://x.org/1', label: 'the graph' } as const;
    const message = [
      paragraph('#12', '3 see ', link, ' and ', strong('act ', link)),
      code('#5 !resolve'),
      quote('#6 x'),
    ];
    expect(shorthand(message, speaking)).toEqual({
      updates: [
        comment(123, [paragraph('see ', link, ' and ', strong('act ', link)), code('#5 !resolve'), quote('#6 x')]),
      ],
    });
  });

  test('is cut with the line', () => {
    const message = [paragraph(strong('#1 one\ntwo\n#2 th'), 'ree')];
    expect(shorthand(message, speaking)).toEqual({
      updates: [comment(1, [paragraph(strong('one\ntwo'))]), comment(2, [paragraph(strong('th'), 'ree')])],
    });
  });

  test('may be around the number', () => {
    expect(shorthand([paragraph(strong('#123'), ' down')], speaking)).toEqual({ updates: [comment(123, 'down')] });
    expect(shorthand([paragraph({ inline: 'ticket', ticket: 123 }, ' down')], speaking)).toEqual({
      updates: [comment(123, 'down')],
    });
  });

  test.each<[string, Text]>([
    ['code', [paragraph({ inline: 'code', code: '#123 take' })]],
    ['a code block', [code('#123 take')]],
    ['a quote', [quote('#123 take')]],
  ])('makes no shorthand of what stands in %s', (_, message) => {
    expect(shorthand(message, speaking)).toBeNull();
    expect(concerns(message)).toBe(false);
  });

  test('a link cut in two leaves its words', () => {
    const message = [paragraph({ inline: 'link', url: 'https://x.org', label: '#1 down' })];
    expect(shorthand(message, speaking)).toEqual({ updates: [comment(1, 'down')] });
  });

  test('someone mentioned can be given a ticket', () => {
    const message = [paragraph('#1 !give ', { inline: 'mention', id: 'U2', name: 'Ada' })];
    expect(shorthand(message, speaking)).toEqual({
      updates: [change(1, { verb: 'give', to: { person: 'mention', id: 'U2' } })],
    });
  });

  test('someone known can be given a ticket by their name', () => {
    const message = [paragraph('#1 !give ', { inline: 'person', person: 3, name: 'Ada L' })];
    expect(shorthand(message, speaking)).toEqual({
      updates: [change(1, { verb: 'give', to: { person: 'name', name: 'Ada L' } })],
    });
  });
});

test('every example that help gives is understood in a thread', () => {
  for (const { example } of shorthandRows) {
    const updates = shorthand(text(example), inThread)?.updates ?? [];
    expect(updates.filter(isRefusal), example).toEqual([]);
    expect(updates, example).not.toHaveLength(0);
  }
});

test('what begins with a quote or with code is written as it stands, whatever the quote says', () => {
  const quote = { block: 'quote', blocks: text('#1 !resolve it was me') } as const;
  const code = { block: 'code', code: '!resolve' } as const;
  for (const written of [[quote, ...text('is this so?')], [code]]) {
    expect(shorthand(written, inThread)).toEqual({
      updates: [change(7, { verb: 'comment', text: written, attachments: [] })],
    });
  }
});
