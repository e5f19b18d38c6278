import { expect, test } from 'vitest';
import { parse } from '../../src/language/parse.ts';
import { search } from '../../src/language/search.ts';
import { searchFields, searchRows } from '../../src/language/search-fields.ts';
import { isRefusal } from '../../src/ticket/refusal.ts';
import { now, said, speaking } from './speaking.ts';

const midnight = '2026-03-24T23:00:00.000Z';
const nextMidnight = '2026-03-25T23:00:00.000Z';
const noc = { field: 'queue', is: '=', value: 'noc' };
const notClosed = { field: 'kind', is: '!=', value: 'inactive' };
const words = (typed: string) => ({ words: typed });
const status = (value: string) => ({ field: 'status', is: '=', value });
const owner = (value: object | null, is = '=') => ({ field: 'owner', is, value });

test.each<[string, object]>([
  ['', { all: [] }],
  ['router', words('router')],
  ['router LAX', { all: [words('router'), words('LAX')] }],
  ['"link down"', words('link down')],
  ['“link down”', words('link down')],
  ['queue:noc', noc],
  ['queue=NOC', noc],
  ['QUEUE!=noc', { ...noc, is: '!=' }],
  ['status:stalled', { field: 'status', is: '=', value: 'stalled' }],
  ['is:open', notClosed],
  ['is:closed', { field: 'kind', is: '=', value: 'inactive' }],
  ['is:resolved', { field: 'status', is: '=', value: 'resolved' }],
  ['is!=stalled', { not: { field: 'status', is: '=', value: 'stalled' } }],
  ['is:overdue', { all: [{ field: 'due', is: '<', value: now }, notClosed] }],
  ['is:unowned', owner(null)],
  ['unowned', owner(null)],
  ['owner:nobody', owner(null)],
  ['owner:me', owner({ person: 'me' })],
  ['owner!=me', owner({ person: 'me' }, '!=')],
  ['owner:bo', owner({ person: 'name', name: 'bo' })],
  ['owner:@"Bo Smith"', owner({ person: 'name', name: 'Bo Smith' })],
  ['owner:"Bo Smith"', owner({ person: 'name', name: 'Bo Smith' })],
  ['requestor:@rita', { field: 'requestor', is: '=', value: { person: 'name', name: 'rita' } }],
  ['requestor:r@x.org', { field: 'requestor', is: '=', value: { person: 'mail', address: 'r@x.org' } }],
  ['cc:<@U1>', { field: 'cc', is: '=', value: { person: 'mention', id: 'U1' } }],
  ['subject:"link down"', { field: 'subject', is: '=', value: 'link down' }],
  ['priority>=50', { field: 'priority', is: '>=', value: 50 }],
  ['priority:50', { field: 'priority', is: '=', value: 50 }],
  ['id<100', { field: 'id', is: '<', value: 100 }],
  ['#12', { field: 'id', is: '=', value: 12 }],
  ['time>2h', { field: 'time', is: '>', value: 120 }],
  ['due:none', { field: 'due', is: '=', value: null }],
  [
    'due!=today',
    {
      not: {
        all: [
          { field: 'due', is: '>=', value: midnight },
          { field: 'due', is: '<', value: nextMidnight },
        ],
      },
    },
  ],
  ['due<today', { field: 'due', is: '<', value: midnight }],
  ['due<=today', { field: 'due', is: '<', value: nextMidnight }],
  ['due>today', { field: 'due', is: '>=', value: nextMidnight }],
  ['due>=today', { field: 'due', is: '>=', value: midnight }],
  [
    'due:today',
    {
      all: [
        { field: 'due', is: '>=', value: midnight },
        { field: 'due', is: '<', value: nextMidnight },
      ],
    },
  ],
  ['due<fri', { field: 'due', is: '<', value: '2026-03-26T23:00:00.000Z' }],
  ['created>=mon', { field: 'created', is: '>=', value: '2026-03-22T23:00:00.000Z' }],
  ['created>-7d', { field: 'created', is: '>', value: '2026-03-18T14:30:00.000Z' }],
  ['due<2h', { field: 'due', is: '<', value: '2026-03-25T16:30:00.000Z' }],
  ['due<"2026-12-01 14:00"', { field: 'due', is: '<', value: '2026-12-01T13:00:00.000Z' }],
  ['due<2026-12-01', { field: 'due', is: '<', value: '2026-11-30T23:00:00.000Z' }],
  ['cf.site:LAX', { custom: 'site', is: '=', value: 'LAX' }],
  ['cf."rack unit"!=12', { custom: 'rack unit', is: '!=', value: '12' }],
  ['cf.site:""', { custom: 'site', is: '=', value: '' }],
  ['Site:"New York"', { custom: 'site', is: '=', value: 'New York' }],
  ['-router', { not: words('router') }],
  ['NOT router', { not: words('router') }],
  ['-(a b)', { not: { all: [words('a'), words('b')] } }],
  ['--a', { not: { not: words('a') } }],
  ['a OR b', { any: [words('a'), words('b')] }],
  ['a or b', { all: [words('a'), words('or'), words('b')] }],
  ['a AND b', { all: [words('a'), words('b')] }],
  ['a b OR c d', { any: [{ all: [words('a'), words('b')] }, { all: [words('c'), words('d')] }] }],
  ['queue:noc (owner:me OR unowned)', { all: [noc, { any: [owner({ person: 'me' }), owner(null)] }] }],
  ['priority>=high', { field: 'priority', is: '>=', value: 70 }],
  ['status:open or status:new', { any: [status('open'), status('new')] }],
  ['not status:open', { not: status('open') }],
  ['printer not working', { all: [words('printer'), words('not'), words('working')] }],
  ['printer or status:open', { any: [words('printer'), status('open')] }],
  ['queue:noc and (a or unowned)', { all: [noc, { any: [words('a'), owner(null)] }] }],
  ['#1 or #2', { any: [1, 2].map((value) => ({ field: 'id', is: '=', value })) }],
  ['not not status:open', { not: { not: status('open') } }],
  ['not (a or b)', { not: { all: [words('a'), words('or'), words('b')] } }],
  ['"or" status:open', { all: [words('or'), status('open')] }],
  ['((a))', words('a')],
  ['http://x.org/a:b', words('http://x.org/a:b')],
  ['10:30', words('10:30')],
  ['2001:db8::1', words('2001:db8::1')],
])('%j', (typed, expected) => {
  expect(search(typed, speaking)).toEqual(expected);
});

test.each<[string, string]>([
  ['queue:nok', 'At character 1: There is no queue nok. Did you mean noc?'],
  ['a queue:nok', 'At character 3:'],
  ['status:opne', 'Did you mean open?'],
  ['is:broken', 'There is no status broken'],
  ['owner:', '(character 1) has no value'],
  ['owner>me', 'knows only owner: and owner!='],
  ['onwer:me', 'owner: is one'],
  ['host:lax1', 'in quotes'],
  ['cf.site>LAX', 'knows only : and !='],
  ['priority>=higher', 'from 0 to 100'],
  ['priority>=1000', 'from 0 to 100'],
  ['id>9999999999', 'numbers run from 1'],
  ['#9999999999', 'numbers run from 1'],
  ['created>-999999w', 'is not a time'],
  ['due<someday', 'someday is not a time'],
  ['due<none', 'none is not a time'],
  ['due<3/4', '3/4 is one day here and another there'],
  ['time>long', 'is not a length of time'],
  ['(a', '(character 1) is never closed'],
  ['a)', '(character 2) closes no bracket'],
  ['a OR', '(character 3) has nothing after it'],
  ['OR a', '(character 1) has nothing before it'],
  ['a OR OR b', 'has nothing before it'],
  ['NOT', 'has nothing after it'],
  ['"never closed', 'is never closed'],
  ['('.repeat(10_000), 'can have 2000 characters'],
  ['('.repeat(1000), 'lies deeper than 40 brackets'],
  [`${'-'.repeat(1000)}a`, 'lies deeper than 40 brackets'],
  ['a '.repeat(101), 'can have 100 terms'],
  [Array.from({ length: 21 }, (_, nth) => `word${nth}`).join(' OR '), 'can look for 20 words'],
  [Array.from({ length: 21 }, (_, nth) => `subject:word${nth}`).join(' OR '), 'can look for 20 words'],
  ['zq OR zx OR zy OR (zw zu -zv)', 'can look for 5 words of fewer than 3 characters'],
])('%j is refused, with the place and an example', (typed, why) => {
  expect(said(search(typed, speaking))).toContain(why);
});

test('every example that help gives is understood', () => {
  const refused = [...searchFields, ...searchRows].filter(({ example }) => isRefusal(parse(example, speaking)));
  expect(refused).toEqual([]);
});
