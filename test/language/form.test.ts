import { describe, expect, test } from 'vitest';
import { forms, submit } from '../../src/language/form.ts';
import { parse } from '../../src/language/parse.ts';
import { formNames } from '../../src/language/request.ts';
import { paragraph, plainInlines, text } from '../../src/ticket/text.ts';
import { change, inThread, said, speaking } from './speaking.ts';

const bo = { person: 'name', name: 'bo' };
const set = (field: string, value: string) => change(123, { verb: 'set', settings: [{ field, value }] });
const at = '2026-03-26T08:00:00.000Z';

test.each<[string, Record<string, string>, object]>([
  [
    'new',
    { subject: ' Printer  on fire ', body: 'Second floor\nagain', queue: 'noc', priority: '80', requestor: '@bo' },
    {
      do: 'new',
      ticket: {
        queue: 'noc',
        subject: 'Printer on fire',
        body: text('Second floor\nagain'),
        attachments: [],
        priority: 80,
        requestor: bo,
      },
    },
  ],
  [
    'new in noc',
    { subject: 'Printer: on fire' },
    {
      do: 'new',
      ticket: { queue: 'noc', subject: 'Printer: on fire', body: [], attachments: [], priority: null, requestor: null },
    },
  ],
  [
    'reply 123',
    { text: '#5 is not a number here\n!nor this' },
    change(123, { verb: 'reply', text: text('#5 is not a number here\n!nor this'), attachments: [] }),
  ],
  [
    'comment #123',
    { text: 'ask <@U1>' },
    change(123, {
      verb: 'comment',
      text: [paragraph('ask ', { inline: 'mention', id: 'U1', name: '<@U1>' })],
      attachments: [],
    }),
  ],
  ['form resolve 123', { text: 'new SFP' }, change(123, { verb: 'resolve', text: 'new SFP', until: null })],
  ['resolve 123', {}, change(123, { verb: 'resolve', text: '', until: null })],
  ['form reject 123', { text: 'not ours' }, change(123, { verb: 'reject', text: 'not ours', until: null })],
  ['form stall 123', { until: 'tomorrow', text: 'telco' }, change(123, { verb: 'stall', text: 'telco', until: at })],
  ['form stall 123', {}, change(123, { verb: 'stall', text: '', until: null })],
  ['give 123', { person: '@bo' }, change(123, { verb: 'give', to: bo })],
  ['give 123', { person: 'Bo Smith' }, change(123, { verb: 'give', to: { person: 'name', name: 'Bo Smith' } })],
  ['give 123', { person: '<@U1>' }, change(123, { verb: 'give', to: { person: 'mention', id: 'U1' } })],
  [
    'remind 123',
    { when: 'tomorrow', text: 'call' },
    change(123, { verb: 'remind', target: { to: 'person', person: { person: 'me' } }, at, text: 'call' }),
  ],
  [
    'remind 123',
    { when: 'tomorrow', person: 'bo' },
    change(123, { verb: 'remind', target: { to: 'person', person: bo }, at, text: '' }),
  ],
  ['set 123', { field: 'site', value: 'New York' }, set('site', 'New York')],
  ['due 123', { when: 'tomorrow' }, set('due', at)],
  ['due 123', {}, set('due', '')],
  ['next 123', { text: 'call' }, set('next', 'call')],
  ['priority 123', { priority: '80' }, set('priority', '80')],
  ['move 123', { queue: 'NOC' }, set('queue', 'noc')],
  [
    'link 123',
    { kind: 'depends on', ticket: '#120' },
    change(123, { verb: 'link', kind: 'depends on', ticket: 120, add: true }),
  ],
  ['merge 123', { ticket: '100' }, change(123, { verb: 'merge', into: 100 })],
  ['time 123', { duration: '1h30m', text: 'swap' }, change(123, { verb: 'time', minutes: 90, text: 'swap' })],
  ['cc 123', { person: 'bo' }, change(123, { verb: 'watcher', role: 'cc', person: bo, add: true })],
  [
    'requestor 123',
    { person: 'r@x.org' },
    change(123, { verb: 'watcher', role: 'requestor', person: { person: 'mail', address: 'r@x.org' }, add: true }),
  ],
])('the form of %j answered with %j', (command, answers, request) => {
  expect(submit(command, answers, speaking)).toEqual(request);
});

describe('what is wrong is told by input, all at once', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['new', {}, { subject: 'left empty' }],
    ['new', { subject: 'x', queue: 'nok', priority: '101' }, { queue: 'Did you mean noc?', priority: 'from 0 to 100' }],
    ['reply 123', { text: '  ' }, { text: 'left empty' }],
    ['form stall 123', { until: 'someday' }, { until: 'is not a time' }],
    ['form stall 123', { until: 'fri 17:00 sharp' }, { until: 'What is sharp after the time?' }],
    ['remind 123', { when: 'yesterday' }, { when: 'has passed' }],
    ['due 123', { when: 'fri nine' }, { when: 'What is nine' }],
    ['priority 123', {}, { priority: 'from 0 to 100' }],
    ['move 123', { queue: '' }, { queue: 'no queue' }],
    ['set 123', { field: 'priority', value: 'higher' }, { value: 'from 0 to 100' }],
    ['link 123', { kind: 'blocks', ticket: 'x' }, { kind: 'depends on', ticket: 'not the number' }],
    ['merge 123', { ticket: '0' }, { ticket: 'numbers run from 1' }],
    ['time 123', { duration: 'long' }, { duration: '1h30m' }],
    ['give 123', { person: 'x'.repeat(101) }, { person: 'too long' }],
  ])('the form of %j answered with %j', (command, answers, expected) => {
    const result = submit(command, answers, speaking);
    const errors = 'errors' in result ? result.errors : {};
    expect(Object.keys(errors)).toEqual(Object.keys(expected));
    for (const [input, why] of Object.entries(expected)) {
      expect(plainInlines(errors[input]?.text ?? [])).toContain(why);
    }
  });
});

test('a forged form is refused', () => {
  expect(said(submit('take 123', {}, speaking))).toContain('has no form');
  expect(said(submit('rm -rf /', {}, speaking))).toContain('has no form');
  expect(said(submit('reply 99999999999', { text: 'x' }, speaking))).toContain('has no form');
});

test.each(formNames)('%s has a form, by the command that says so', (name) => {
  const asked = parse(`form ${name}`, inThread);
  expect(asked).toMatchObject({ do: 'form', form: name });
  expect(forms[name].inputs.length).toBeGreaterThan(0);
});
