import { describe, expect, test } from 'vitest';
import { complete, type Expectation, expects, type Known } from '../../src/language/complete.ts';

const known: Known = {
  queues: ['noc', 'helpdesk'],
  statuses: ['new', 'open', 'stalled'],
  groups: ['oncall'],
  fields: ['site', 'rack unit'],
  people: [
    { name: 'bo', label: 'Bo Smith' },
    { name: 'Ada L', label: 'Ada L' },
  ],
  tickets: [
    { id: 123, subject: 'BGP down' },
    { id: 45, subject: 'Printer on fire' },
  ],
  texts: [
    { name: 'on it', text: 'We are on it.' },
    { name: 'restart', text: 'Please switch it off,\nand on again.' },
  ],
};

const texts = (line: string) => complete(line, known).map(({ text }) => text);

describe('what comes next is offered from the syntax of the command', () => {
  test.each<[string, string[]]>([
    ['rea', []],
    ['reo', ['reopen ']],
    ['RES', ['resolve ']],
    ['12', ['123 ']],
    ['#4', ['#45 ']],
    ['@b', ['@bo ']],
    ['#123 !reo', ['#123 !reopen ']],
    ['#123 reo', []],
    ['take ', ['take 123 ', 'take 45 ']],
    ['take #1', ['take 123 ']],
    ['take 123 ', []],
    ['take 123 4', ['take 123 45 ']],
    ['p50 4', ['p50 45 ']],
    ['give 123 ', ['give 123 @bo ', 'give 123 @"Ada L" ']],
    ['give 123 @smi', ['give 123 @bo ']],
    ['give 123 @"ada', ['give 123 @"Ada L" ']],
    ['give @b', ['give @bo ']],
    ['cc 123 -@b', ['cc 123 -@bo ']],
    ['move 123 ', ['move 123 noc ', 'move 123 helpdesk ']],
    ['stall 123 ', ['stall 123 until ']],
    ['stall 123 until to', ['stall 123 until tomorrow ']],
    ['stall 123 until mon wait', []],
    ['due 123 n', ['due 123 next week ', 'due 123 none ']],
    ['set 123 s', ['set 123 status=', 'set 123 subject=', 'set 123 site=']],
    ['set 123 status=o', ['set 123 status=open ']],
    ['set 123 subject="a b" r', ['set 123 subject="a b" "rack unit"=']],
    ['set 123 queue=n', ['set 123 queue=noc ']],
    ['set 123 due=to', ['set 123 due=tomorrow ']],
    ['set 123 site=', []],
    ['link 123 dep', ['link 123 depends on ', 'link 123 depended on by ']],
    ['link 123 depends on 4', ['link 123 depends on 45 ']],
    ['merge 123 ', ['merge 123 into ']],
    ['merge 123 into ', ['merge 123 into 123 ', 'merge 123 into 45 ']],
    ['remind m', ['remind me ', 'remind mon 9am ']],
    ['remind group ', ['remind group oncall ']],
    ['remind me 123 eo', ['remind me 123 eod ']],
    ['list st', ['list status:', 'list started:']],
    ['list status:st', ['list status:stalled ']],
    ['list queue:noc -owner:@b', ['list queue:noc -owner:@bo ']],
    ['list (cf', ['list (cf.site:', 'list (cf."rack unit":']],
    ['list due<to', ['list due<tomorrow ']],
    ['list queue:noc by d', ['list queue:noc by due ']],
    ['new ', ['new in ', 'new p80 ', 'new for ']],
    ['new in n', ['new in noc ']],
    ['new in noc BGP d', []],
    ['feed h', ['feed helpdesk ']],
    ['feed noc ', ['feed noc here ']],
    ['help rem', ['help reminders ']],
    ['form res', ['form resolve ']],
    ['reply 123 hello @b', []],
    ['take fire', ['take 45 ']],
    ['take printer on f', ['take 45 ']],
    ['take 123 print', ['take 123 45 ']],
    ['show  BGP', ['show  123 ']],
    ['link 123 depends on print', ['link 123 depends on 45 ']],
    ['merge 123 into fire pri', ['merge 123 into 45 ']],
    ['give pri', ['give 45 ']],
    ['take nothing like it', []],
    ['comment printer', []],
    ['reply 123 ', ['reply 123 We are on it.', 'reply 123 Please switch it off,\nand on again.']],
    ['reply 123 On i', ['reply 123 We are on it.']],
    ['reply 123 We are', []],
    ['comment #123 re', ['comment #123 Please switch it off,\nand on again.']],
    ['resolve 123 on', []],
    ['xyzzy ', []],
  ])('%j', (line, offered) => {
    expect(texts(line)).toEqual(offered);
  });
});

test('at the beginning stand the verbs, with what they do', () => {
  expect(complete('', known)).toHaveLength(12);
  expect(complete('', known)[0]).toEqual({
    text: 'new ',
    label: 'new [in QUEUE] [p80] [for @PERSON] SUBJECT [: BODY]',
    detail: 'Opens a ticket. The text follows after a colon between blanks, or on the next line.',
  });
});

test('a ticket is offered with its subject, a person with their whole name', () => {
  expect(complete('take 12', known)).toEqual([{ text: 'take 123 ', label: '#123', detail: 'BGP down' }]);
  expect(complete('give 1 @b', known)).toEqual([{ text: 'give 1 @bo ', label: 'Bo Smith', detail: '@bo' }]);
});

describe('what the end of a line wants is told, so that only that is looked up', () => {
  test.each<[string, Expectation['what'], string, object?]>([
    ['', 'verb', ''],
    ['res', 'verb', 'res'],
    ['12', 'ticket', '12'],
    ['take #12', 'ticket', '12'],
    ['give 1 ', 'person', ''],
    ['give 1 @"Bo S', 'person', 'Bo S'],
    ['move 1 n', 'queue', 'n'],
    ['list status:o', 'status', 'o'],
    ['list -requestor:@r', 'person', 'r'],
    ['list cre', 'field', 'cre'],
    ['set 1 si', 'field', 'si'],
    ['remind group on', 'group', 'on'],
    ['stall 1 until m', 'when', 'm'],
    ['reply 1 hello', 'text', 'hello', { ticket: 1 }],
    ['take printer on', 'ticket', 'printer on'],
    ['xyzzy 1', 'none', ''],
    [`take ${'1 '.repeat(10_000)}`, 'none', ''],
  ])('%j', (line, what, prefix, more = {}) => {
    const [first = { what: 'none', prefix: '' }] = expects(line);
    expect(first).toEqual({ what, prefix, ...more });
  });
});
