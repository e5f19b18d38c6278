import { describe, expect, test } from 'vitest';
import { commands } from '../../src/language/commands.ts';
import { parse } from '../../src/language/parse.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { paragraph, text } from '../../src/ticket/text.ts';
import { change, inThread, said, speaking } from './speaking.ts';

const open = { field: 'kind', is: '!=', value: 'inactive' };
const bo = { person: 'name', name: 'bo' };
const me = { person: 'me' };
const note = (verb: 'reply' | 'comment', words: string) => ({ verb, text: text(words), attachments: [] });
const set = (field: string, value: string) => ({ verb: 'set', settings: [{ field, value }] });
const form = (name: string, ticket: number | null, said: object = {}) => ({ do: 'form', form: name, ticket, said });
const opened = (subject: string, rest: object = {}) => ({
  do: 'new',
  ticket: { queue: null, subject, body: [], attachments: [], priority: null, requestor: null, ...rest },
});
const list = (title: string, search: object, line: string, rest: object = {}) => ({
  do: 'list',
  title,
  search,
  order: 'priority',
  page: 1,
  cursor: null,
  hint: '',
  line,
  ...rest,
});

describe('opening tickets', () => {
  test.each<[string, object]>([
    ['new', form('new', null)],
    ['new in noc', form('new', null, { queue: 'noc' })],
    ['new in NOC p80 for @bo', form('new', null, { queue: 'noc', priority: '80', requestor: '@bo' })],
    ['new for <@U123|Bo Smith>', form('new', null, { requestor: '<@U123>' })],
    ['new for @"Bo Smith"', form('new', null, { requestor: '@"Bo Smith"' })],
    ['new for me@example.org', form('new', null, { requestor: 'me@example.org' })],
    ['new Printer on fire', opened('Printer on fire')],
    ['NEW Printer on fire', opened('Printer on fire')],
    ['create Printer on fire', opened('Printer on fire')],
    [
      'new in noc p80 for @bo BGP down : since 9:00',
      opened('BGP down', { queue: 'noc', priority: 80, requestor: bo, body: text('since 9:00') }),
    ],
    ['new for @bo p5 in ABUSE spam', opened('spam', { queue: 'Abuse', priority: 5, requestor: bo })],
    ['new for rita@example.com mail', opened('mail', { requestor: { person: 'mail', address: 'rita@example.com' } })],
    ['new for <@U1> mail', opened('mail', { requestor: { person: 'mention', id: 'U1' } })],
    ['new for sale signs fell down', opened('for sale signs fell down')],
    ['new BGP: session down', opened('BGP: session down')],
    ['new host 10:30:00 : up', opened('host 10:30:00', { body: text('up') })],
    ['new BGP down\nsince 9:00\nboth', opened('BGP down', { body: text('since 9:00\nboth') })],
    ['new BGP down : since 9:00\nboth', opened('BGP down', { body: text('since 9:00\nboth') })],
  ])('%j', (line, request) => {
    expect(parse(line, speaking)).toEqual(request);
  });
});

describe('looking', () => {
  test.each<[string, object]>([
    ['123', { do: 'show', ticket: 123 }],
    ['#123', { do: 'show', ticket: 123 }],
    ['show 123', { do: 'show', ticket: 123 }],
    ['history 123', { do: 'history', ticket: 123, page: 0 }],
    ['history #123 page 4', { do: 'history', ticket: 123, page: 4 }],
    ['list', list('Open tickets', open, 'list')],
    ['list queue:noc', list('Tickets: queue:noc', { field: 'queue', is: '=', value: 'noc' }, 'list queue:noc')],
    [
      'list queue:noc by due page 2',
      list('Tickets: queue:noc', { field: 'queue', is: '=', value: 'noc' }, 'list queue:noc by due', {
        order: 'due',
        page: 2,
      }),
    ],
    ['list page 3', list('Open tickets', open, 'list', { page: 3 })],
    [
      'mine',
      list(
        'Your open tickets',
        {
          all: [
            {
              any: [
                { field: 'owner', is: '=', value: me },
                { field: 'requestor', is: '=', value: me },
              ],
            },
            open,
          ],
        },
        'mine',
      ),
    ],
    [
      'unowned',
      list('Open tickets that nobody owns', { all: [{ field: 'owner', is: '=', value: null }, open] }, 'unowned'),
    ],
    [
      'find "link down" LAX',
      list(
        'Tickets with "link down" LAX',
        { all: [{ words: 'link down' }, { words: 'LAX' }] },
        'find "link down" LAX',
        {
          order: 'updated',
        },
      ),
    ],
    ['help', { do: 'help', topic: null }],
    ['help reminders', { do: 'help', topic: 'reminders' }],
    ['report', { do: 'report', name: '', words: '' }],
    ['report Workload last month', { do: 'report', name: 'workload', words: 'last month' }],
    ['reminders', { do: 'reminders' }],
    ['feed noc here', { do: 'feed', queue: 'noc', search: null, line: '', anyway: false }],
    ['feed NOC', { do: 'feed', queue: 'noc', search: null, line: '', anyway: false }],
    [
      'feed noc here priority>=50',
      {
        do: 'feed',
        queue: 'noc',
        search: { field: 'priority', is: '>=', value: 50 },
        line: 'priority>=50',
        anyway: false,
      },
    ],
    ['unfeed noc here', { do: 'unfeed', queue: 'noc', search: null, line: '', anyway: false }],
  ])('%j', (line, request) => {
    expect(parse(line, speaking)).toEqual(request);
  });
});

describe('changing tickets', () => {
  test.each<[string, object]>([
    ['take 123', change(123, { verb: 'take' })],
    ['Take #123', change(123, { verb: 'take' })],
    ['take 123 124 123', change([123, 124], { verb: 'take' })],
    ['take #1,#2, 3', change([1, 2, 3], { verb: 'take' })],
    ['steal 123', change(123, { verb: 'steal' })],
    ['release 123', change(123, { verb: 'release' })],
    ['give 123 @bo', change(123, { verb: 'give', to: bo })],
    ['give 123 bo', change(123, { verb: 'give', to: bo })],
    ['give 123 me', change(123, { verb: 'give', to: me })],
    ['give 123 <@U0BO>', change(123, { verb: 'give', to: { person: 'mention', id: 'U0BO' } })],
    ['give 123 <@U0BO|bo>', change(123, { verb: 'give', to: { person: 'mention', id: 'U0BO' } })],
    ['give 123 @"Bo Smith"', change(123, { verb: 'give', to: { person: 'name', name: 'Bo Smith' } })],
    ['give 123 bo@example.com', change(123, { verb: 'give', to: { person: 'mail', address: 'bo@example.com' } })],
    ['give 123', form('give', 123)],
    ['reply 123 We are on it.', change(123, note('reply', 'We are on it.'))],
    ['reply 123', form('reply', 123)],
    ['reply 123 42 hosts are back', change(123, note('reply', '42 hosts are back'))],
    ['reply #123 #124 on it', change([123, 124], note('reply', 'on it'))],
    ['comment 123 two\nlines', change(123, note('comment', 'two\nlines'))],
    ['comment 123', form('comment', 123)],
    ['open 123', change(123, { verb: 'open', text: '', until: null })],
    ['open 123: 124 days later', change(123, { verb: 'open', text: '124 days later', until: null })],
    ['open 123,124: #125', change([123, 124], { verb: 'open', text: '#125', until: null })],
    ['stall 123', change(123, { verb: 'stall', text: '', until: null })],
    ['stall 123 no answer', change(123, { verb: 'stall', text: 'no answer', until: null })],
    [
      'stall #1 #2 until mon 9am waiting',
      change([1, 2], { verb: 'stall', text: 'waiting', until: '2026-03-30T07:00:00.000Z' }),
    ],
    ['stall 1 2 until 2h', change([1, 2], { verb: 'stall', text: '', until: '2026-03-25T16:30:00.000Z' })],
    ['resolve 123', change(123, { verb: 'resolve', text: '', until: null })],
    ['resolve 123 replaced the SFP', change(123, { verb: 'resolve', text: 'replaced the SFP', until: null })],
    ['resolve 123 124', change([123, 124], { verb: 'resolve', text: '', until: null })],
    ['close 123', change(123, { verb: 'resolve', text: '', until: null })],
    ['reject 123 not ours', change(123, { verb: 'reject', text: 'not ours', until: null })],
    ['reopen 123', change(123, { verb: 'reopen', text: '', until: null })],
    ['delete 123 spam', change(123, { verb: 'delete', text: 'spam', until: null })],
    [
      'set 123 subject="BGP down" priority=80 site=LAX next=',
      change(123, {
        verb: 'set',
        settings: [
          { field: 'subject', value: 'BGP down' },
          { field: 'priority', value: '80' },
          { field: 'site', value: 'LAX' },
          { field: 'next', value: '' },
        ],
      }),
    ],
    ['set 123 "rack unit"=12', change(123, set('rack unit', '12'))],
    ['set 123 cf.site=LAX', change(123, set('site', 'LAX'))],
    ['set 123 site=a=b', change(123, set('site', 'a=b'))],
    ['set 123 due="fri 17:00"', change(123, set('due', '2026-03-27T16:00:00.000Z'))],
    [
      'set 123 next= site=LAX',
      change(123, {
        verb: 'set',
        settings: [
          { field: 'next', value: '' },
          { field: 'site', value: 'LAX' },
        ],
      }),
    ],
    ['set 123', form('set', 123)],
    ['p80 123', change(123, set('priority', '80'))],
    ['P0 123 124', change([123, 124], set('priority', '0'))],
    ['priority 123 80', change(123, set('priority', '80'))],
    ['priority 123 p80', change(123, set('priority', '80'))],
    ['priority 123', form('priority', 123)],
    ['move 123 NOC', change(123, set('queue', 'noc'))],
    ['move 123', form('move', 123)],
    ['due 123 fri 17:00', change(123, set('due', '2026-03-27T16:00:00.000Z'))],
    ['due 123 none', change(123, set('due', ''))],
    ['due 123', form('due', 123)],
    ['next 123 call the telco', change(123, set('next', 'call the telco'))],
    ['next 123 none', change(123, set('next', ''))],
    ['cc 123 @bo', change(123, { verb: 'watcher', role: 'cc', person: bo, add: true })],
    ['cc 123 -@bo', change(123, { verb: 'watcher', role: 'cc', person: bo, add: false })],
    ['admincc 123 me', change(123, { verb: 'watcher', role: 'admincc', person: me, add: true })],
    [
      'requestor 123 - <@U1>',
      change(123, { verb: 'watcher', role: 'requestor', person: { person: 'mention', id: 'U1' }, add: false }),
    ],
    ['requestor 123', form('requestor', 123)],
    ['watch 123', change(123, { verb: 'watch' })],
    ['unwatch 123', change(123, { verb: 'unwatch' })],
    ['link 123 depends on 120', change(123, { verb: 'link', kind: 'depends on', ticket: 120, add: true })],
    ['link 123 Member  Of #120', change(123, { verb: 'link', kind: 'member of', ticket: 120, add: true })],
    ['unlink 123 refers to 120', change(123, { verb: 'link', kind: 'refers to', ticket: 120, add: false })],
    ['link 123', form('link', 123)],
    ['merge 123 into 100', change(123, { verb: 'merge', into: 100 })],
    ['merge 123', form('merge', 123)],
    ['time 123 30m', change(123, { verb: 'time', minutes: 30, text: '' })],
    ['time 123 1h30m line card', change(123, { verb: 'time', minutes: 90, text: 'line card' })],
    ['time 123 90', change(123, { verb: 'time', minutes: 90, text: '' })],
    ['undo 123', change(123, { verb: 'undo' })],
    ['form resolve 123', form('resolve', 123)],
    ['form new', form('new', null)],
  ])('%j', (line, request) => {
    expect(parse(line, speaking)).toEqual(request);
  });
});

describe('reminders', () => {
  const remind = (target: object, at: string, words = '') => change(123, { verb: 'remind', target, at, text: words });
  const myself = { to: 'person', person: me };
  test.each<[string, object]>([
    ['remind 123 2h', remind(myself, '2026-03-25T16:30:00.000Z')],
    ['remind me 123 tomorrow call the telco', remind(myself, '2026-03-26T08:00:00.000Z', 'call the telco')],
    ['remind @bo 123 eod', remind({ to: 'person', person: bo }, '2026-03-25T16:00:00.000Z')],
    ['remind 123 @bo eod', remind({ to: 'person', person: bo }, '2026-03-25T16:00:00.000Z')],
    ['remind here 123 2h', remind({ to: 'here' }, '2026-03-25T16:30:00.000Z')],
    ['remind group oncall 123 2h', remind({ to: 'group', group: 'oncall' }, '2026-03-25T16:30:00.000Z')],
    ['remind group "Night Shift" 123 2h', remind({ to: 'group', group: 'night shift' }, '2026-03-25T16:30:00.000Z')],
    ['remind 123', form('remind', 123)],
    ['snooze 123 1d', change(123, { verb: 'snooze', reminder: null, at: '2026-03-26T14:30:00.000Z' })],
    ['snooze 123', change(123, { verb: 'snooze', reminder: null, at: '2026-03-25T15:30:00.000Z' })],
    ['snooze 123 reminder 2 1h', change(123, { verb: 'snooze', reminder: 2, at: '2026-03-25T15:30:00.000Z' })],
    ['done 123', change(123, { verb: 'done', reminder: null })],
    ['done 123 reminder 2', change(123, { verb: 'done', reminder: 2 })],
  ])('%j', (line, request) => {
    expect(parse(line, speaking)).toEqual(request);
  });
});

describe("in a ticket's thread the number can be left out", () => {
  test.each<[string, object]>([
    ['take', change(7, { verb: 'take' })],
    ['take 8', change(8, { verb: 'take' })],
    ['reply', form('reply', 7)],
    ['reply on it', change(7, note('reply', 'on it'))],
    ['reply 7 on it', change(7, note('reply', 'on it'))],
    ['reply #8 on it', change(8, note('reply', 'on it'))],
    ['reply 8', form('reply', 8)],
    ['stall until 2h', change(7, { verb: 'stall', text: '', until: '2026-03-25T16:30:00.000Z' })],
    ['priority 80', change(7, set('priority', '80'))],
    ['priority 7', form('priority', 7)],
    ['priority 8 80', change(8, set('priority', '80'))],
    ['time 30', change(7, { verb: 'time', minutes: 30, text: '' })],
    ['p80', change(7, set('priority', '80'))],
    ['move noc', change(7, set('queue', 'noc'))],
    ['link depends on 120', change(7, { verb: 'link', kind: 'depends on', ticket: 120, add: true })],
    ['merge into 8', change(7, { verb: 'merge', into: 8 })],
    ['set site=LAX', change(7, set('site', 'LAX'))],
    ['history', { do: 'history', ticket: 7, page: 0 }],
    [
      'remind tomorrow call',
      change(7, { verb: 'remind', target: { to: 'person', person: me }, at: '2026-03-26T08:00:00.000Z', text: 'call' }),
    ],
  ])('%j', (line, request) => {
    expect(parse(line, inThread)).toEqual(request);
  });

  test('a bare number before a text is not guessed at', () => {
    const words = said(parse('reply 9 routers are back', inThread));
    expect(words).toContain('reply #9 …');
    expect(words).toContain('reply #7 9 …');
  });
});

describe('refusals say what was not understood, and what to type instead', () => {
  test.each<[string, string]>([
    ['', 'help'],
    ['   ', 'help'],
    ['resovle 123', 'Did you mean /ticket resolve?'],
    ['TKAE 123', 'Did you mean /ticket take?'],
    ['xyzzy', 'I do not know xyzzy.'],
    ['take', 'Which ticket?'],
    ['reply hello', 'Which ticket?'],
    ['123 take', 'For example: /ticket take 123'],
    ['123 rebooted it', 'comment 123'],
    ['take 0', 'numbers run from 1 to 2147483647'],
    ['take 2147483648', 'numbers run from 1 to 2147483647'],
    ['#99999999999999999999', 'numbers run from 1 to 2147483647'],
    ['take 123 please', 'What is please at the end'],
    [`take ${Array.from({ length: 21 }, (_, n) => n + 1).join(' ')}`, 'One line can name 20 tickets'],
    ['show 1 2', 'one ticket at a time'],
    ['reply 1 2', 'all of it in one line'],
    [`find ${'a '.repeat(101)}`, 'A search can have 100 terms; this one has 101'],
    ['new in nox Printer', 'Did you mean noc?'],
    ['new in the office it is dark', 'There are: noc, helpdesk, Abuse'],
    ['new p101 Printer', 'from 0 to 100'],
    ['new : body', 'needs a subject'],
    ['priority 123 101', 'from 0 to 100'],
    ['p101 123', 'from 0 to 100'],
    ['move 123 nok', 'Did you mean noc?'],
    ['due 123 yesterday', 'has passed'],
    ['due 123 fri 17:00 sharp', 'What is sharp after the time?'],
    ['due 123 when pigs fly', 'is not a time'],
    ['stall 123 until', 'is not a time'],
    ['stall 123 until someday', 'tomorrow'],
    ['set 123 subject=BGP down', 'need quotes'],
    ['set 123 due=never', 'never is not a time'],
    ['link 123 blocks 120', 'depends on, depended on by'],
    ['link 123 depends on', 'is not the number of a ticket'],
    ['unlink 123', 'depends on, depended on by'],
    ['merge 123 100', 'For example: /ticket merge 123 into 120'],
    ['merge 123 in 100', 'Merge it into which ticket?'],
    ['time 123 long', '1h30m'],
    ['cc 123 @bo @ada', 'one person at a time: @ada is left'],
    ['remind group onkall 123 2h', 'Did you mean oncall?'],
    ['remind 123 soon', 'soon is not a time'],
    ['history 123 page x', 'Which page?'],
    ['feed', 'Which queue?'],
    ['feed nock', 'Did you mean noc?'],
    ['unfeed noc there', 'What is there at the end'],
    ['find', 'Which words?'],
    ['form jump 123', 'There is no form jump'],
    ['list onwer:me', 'owner: is one'],
  ])('%j', (line, words) => {
    expect(said(parse(line, speaking))).toContain(words);
  });

  test('a long line is cited in short', () => {
    expect(said(parse('x'.repeat(100_000), speaking)).length).toBeLessThan(200);
  });
});

test('every example in the table of commands is understood', () => {
  const examples = commands.map(({ example }) => example);
  expect(examples.filter((example) => isRefusal(parse(example, speaking)))).toEqual([]);
});

test('every verb and alias stands in the table once', () => {
  const names = commands.flatMap(({ verb, aliases }) => [verb, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});

test("a message's text keeps its formatting and its mentions behind the command", () => {
  const strong = { inline: 'strong', inlines: ['now'] } as const;
  const ada = { inline: 'mention', id: 'U2', name: 'Ada' } as const;
  const message = [paragraph('reply 123 ask ', ada, ' ', strong), { block: 'code', code: 'ping' } as const];
  expect(parse(message, speaking)).toEqual(
    change(123, {
      verb: 'reply',
      text: [paragraph('ask ', ada, ' ', strong), { block: 'code', code: 'ping' }],
      attachments: [],
    }),
  );
});

test('someone mentioned in a message can be named in a command', () => {
  const message = [paragraph('give 123 ', { inline: 'mention', id: 'U2', name: 'Ada' })];
  expect(parse(message, speaking)).toEqual(change(123, { verb: 'give', to: { person: 'mention', id: 'U2' } }));
});

test('people named by platform id in a slash command become mentions in the text', () => {
  expect(parse('comment 123 ask <@U2|ada> or <@U3>', speaking)).toEqual(
    change(123, {
      verb: 'comment',
      text: [
        paragraph('ask ', { inline: 'mention', id: 'U2', name: 'ada' }, ' or ', {
          inline: 'mention',
          id: 'U3',
          name: '<@U3>',
        }),
      ],
      attachments: [],
    }),
  );
});
