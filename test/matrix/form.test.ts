import { describe, expect, it } from 'vitest';
import type { FormInput, FormView } from '../../connectors/connector.ts';
import {
  type Asking,
  ask,
  overview,
  question,
  readAsking,
  refusing,
  take,
  wrongIn,
} from '../../connectors/matrix/form.ts';
import { words } from '../../connectors/matrix/words.ts';
import { drawing } from './drawing.ts';

const where = { platform: 'matrix', workspace: 'example.org', channel: '!noc', thread: null, direct: false };

const input = (name: string, more: Partial<FormInput> = {}): FormInput => ({
  ...{ name, label: name, type: 'line', value: '', required: false, hint: '', choices: [], error: [] },
  ...more,
});
const queues = ['helpdesk', 'noc'].map((value) => ({ value, label: value }));
const queue = input('Queue', { type: 'choice', value: 'helpdesk', choices: queues });
const subject = input('Subject', { required: true, hint: 'In one line.' });
const form = (...inputs: FormInput[]): FormView => ({
  ...{ view: 'form', title: 'New ticket', command: 'new', submit: 'Create', inputs },
});

function begun(view: FormView): Asking {
  const asking = ask(view, where);
  if (asking === null) throw new Error('nothing was asked');
  return asking;
}

const answered = (asking: Asking, ...answers: string[]) => answers.reduce(take, asking);

describe('a form as questions', () => {
  it('shows all that is asked, and asks one after the other', () => {
    const asking = begun(form(queue, subject));
    expect(words(overview(asking.form), drawing)).toBe(
      'New ticket\n1. Queue: helpdesk\none of: helpdesk · noc\n2. Subject (needed): ',
    );
    expect(words(question(asking, false), drawing)).toBe('➡️ Queue? Now: helpdesk.\n1 helpdesk · 2 noc');
    expect(words(question(take(asking, '-'), false), drawing)).toBe('➡️ Subject? In one line.');
    expect(words(question(asking, true), drawing)).toContain('Reply to this message.');
  });

  const ways: readonly (readonly [string, string[], Record<string, string>])[] = [
    ['answers', ['noc', 'Printer on fire'], { Queue: 'noc', Subject: 'Printer on fire' }],
    ['a choice by its number', ['2', 'Fire'], { Queue: 'noc', Subject: 'Fire' }],
    ['a choice in capitals', ['NOC', 'Fire'], { Queue: 'noc', Subject: 'Fire' }],
    ['`-`, which leaves what stands there', ['-', 'Fire'], { Queue: 'helpdesk', Subject: 'Fire' }],
    ['`--`, but for what is needed', ['--', 'Fire'], { Queue: 'helpdesk', Subject: 'Fire' }],
    ['an answer of many lines', ['-', 'Fire\nand smoke'], { Queue: 'helpdesk', Subject: 'Fire\nand smoke' }],
  ];
  it.each(ways)('takes %s', (_, answers, expected) => {
    const done = answered(begun(form(queue, subject)), ...answers);
    expect(done).toMatchObject({ answers: expected, left: [] });
  });

  it('says at once that a choice is not offered, by name or by number', () => {
    const asking = begun(form(queue, subject));
    for (const nope of ['nope', '3', '999', '']) expect(wrongIn(asking, nope)).toMatch(/^There is no `.*` to choose\./);
    for (const good of ['noc', 'NOC', '2', '-', '--']) expect(wrongIn(asking, good)).toBe(null);
    expect(wrongIn(take(asking, 'noc'), 'any subject')).toBe(null);
  });

  it('shows what is wrong with an answer in the words of Matrix', () => {
    const again = refusing(begun(form(queue, subject)), [
      'Try ',
      { inline: 'command', command: 'new in noc Fire' },
      '.',
    ]);
    expect(words(question(again, false), drawing)).toMatch(/^❓ Try !ticket new in noc Fire\.\n➡️ Queue\?/);
  });

  it('asks a label that is a question as it is', () => {
    expect(words(question(begun(form(input('What happened?'))), false), drawing)).toBe('➡️ What happened?');
  });

  it('that comes back with mistakes asks for those alone, with what else was answered', () => {
    const back = begun(
      form(queue, { ...subject, error: ['That is too long.'] }, input('Body', { value: 'It burns.' })),
    );
    expect(back.left).toEqual(['Subject']);
    expect(words(overview(back.form), drawing)).toContain('2. Subject (needed): \n❓ That is too long.');
    expect(take(back, 'Fire').answers).toEqual({ Queue: 'helpdesk', Subject: 'Fire', Body: 'It burns.' });
  });

  it('without inputs asks nothing', () => {
    expect(ask(form(), where)).toBe(null);
  });

  it('is remembered as it stands, and what is no form is none', () => {
    const asking = take(begun(form(queue, subject)), 'noc');
    expect(readAsking(JSON.stringify(asking))).toEqual(asking);
    expect([readAsking(null), readAsking('{"form":1}')]).toEqual([null, null]);
  });
});
