import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormInput, FormView } from '../../connectors/connector.ts';
import { formModal, loadingModal, readSubmission, textModal } from '../../connectors/slack/modal.ts';
import { recordOf, textOf } from '../../connectors/slack/shape.ts';
import { anyText, anyWords, typed, typedLine } from '../support/texts.ts';
import { anyForm } from '../support/views.ts';
import { refusedInView } from './accepted.ts';
import { drawing } from './texts.ts';

const asked = { context: '{"channel":"C1"}', slackUser: (value: string) => (value === '@ada' ? 'U1' : null) };

function input(given: Partial<FormInput>): FormInput {
  const plain = { name: 'text', label: 'Reply', type: 'line', value: '', required: true, hint: '', error: [] } as const;
  return { ...plain, choices: [], ...given };
}

function form(...inputs: FormInput[]): FormView {
  return { view: 'form', title: 'Reply · #12', command: 'form reply 12', submit: 'Reply', inputs };
}

function elementOf(given: Partial<FormInput>) {
  const [block] = formModal(form(input(given)), asked, drawing).view.blocks;
  return recordOf(recordOf(block)['element']);
}

/** What Slack sends when somebody fills these in. */
function sent(view: object, answers: Readonly<Record<string, object>>) {
  const values = Object.entries(answers).map(([name, answer]) => [name, { answer }]);
  return readSubmission({ ...view, state: { values: Object.fromEntries(values) } });
}

describe('a form as a modal', () => {
  it('keeps all of Slack’s limits, whatever the form holds', () => {
    fc.assert(
      fc.property(anyForm, (view) => {
        const modal = formModal(view, asked, drawing);
        expect(refusedInView(modal.view)).toEqual([]);
        expect(Object.values(modal.errors).every((error) => error.length <= 300)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps them while it loads, and when there is only a text to show', () => {
    fc.assert(
      fc.property(anyWords, anyText, (title, body) => {
        expect(refusedInView(loadingModal(title, drawing))).toEqual([]);
        expect(refusedInView(textModal(title, body, drawing))).toEqual([]);
      }),
    );
  });

  it('comes back with its command, its context and its answers', () => {
    const { view } = formModal(form(input({})), asked, drawing);
    expect(sent(view, { text: { type: 'plain_text_input', value: '*as typed* <!channel>' } })).toEqual({
      command: 'form reply 12',
      context: asked.context,
      answers: { text: '*as typed* <!channel>' },
    });
  });

  it.each([
    { type: 'plain_text_input', value: null, answer: '' },
    { type: 'users_select', selected_user: 'U2', answer: '<@U2>' },
    { type: 'users_select', selected_user: null, answer: '' },
    { type: 'static_select', selected_option: { value: '=General' }, answer: 'General' },
    { type: 'static_select', selected_option: { value: '=' }, answer: '' },
    { type: 'static_select', selected_option: null, answer: '' },
  ])('what is chosen or typed is the answer: %j', ({ answer, ...element }) => {
    const { view } = formModal(form(input({})), asked, drawing);
    expect(sent(view, { text: element })?.answers).toEqual({ text: answer });
  });

  it('comes back unchanged whatever is in its command, its names and its choices', () => {
    fc.assert(
      fc.property(typed, typedLine, fc.string({ minLength: 1, maxLength: 20 }), (command, value, name) => {
        const choice = input({ name, type: 'choice', value, choices: [{ value, label: 'It' }] });
        const { view } = formModal({ ...form(choice), command }, { ...asked, context: command }, drawing);
        const [block] = view.blocks.map(recordOf);
        const chosen = recordOf(block?.['element'])['initial_option'] ?? { value: '=' };
        const given = { [textOf(block?.['block_id'])]: { type: 'static_select', selected_option: chosen } };
        const kept = JSON.stringify(chosen) === '{"value":"="}' ? '' : value;
        expect(sent(view, given)).toEqual({ command, context: command, answers: { [name]: kept } });
        expect(JSON.stringify([view.private_metadata, given])).not.toMatch(/[&<>]/);
      }),
    );
  });

  it('says what was wrong at the field it was wrong in', () => {
    const wrong = form(input({ name: 'until', error: ['No such day.'] }), input({ name: 'text' }));
    expect(formModal(wrong, asked, drawing).errors).toEqual({ until: 'No such day.' });
  });

  it('shows a person as a choice of users while Slack knows them, and in words otherwise', () => {
    expect(elementOf({ type: 'person', value: '@ada' })).toMatchObject({ type: 'users_select', initial_user: 'U1' });
    expect(elementOf({ type: 'person' })).toMatchObject({ type: 'users_select' });
    expect(elementOf({ type: 'person', value: 'bo@example.org' })).toMatchObject({
      type: 'plain_text_input',
      initial_value: 'bo@example.org',
    });
  });

  it('shows a choice that no menu of Slack can hold as a line to type', () => {
    const long = [{ value: 'x'.repeat(80), label: 'Long' }];
    const many = Array.from({ length: 101 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const few = [
      { value: 'General', label: 'General' },
      { value: '', label: 'None' },
    ];
    expect(elementOf({ type: 'choice', choices: long })['type']).toBe('plain_text_input');
    expect(elementOf({ type: 'choice', choices: many })['type']).toBe('plain_text_input');
    expect(elementOf({ type: 'choice', choices: few, value: '' })).toMatchObject({
      type: 'static_select',
      initial_option: { value: '=' },
    });
  });

  it('leaves out a value that no input of Slack can hold, and says so, instead of half of it', () => {
    const [block] = formModal(form(input({ value: 'x'.repeat(3_001) })), asked, drawing).view.blocks;
    expect(recordOf(recordOf(block)['element'])).not.toHaveProperty('initial_value');
    expect(JSON.stringify(block)).toContain('too long for Slack');
  });

  it('shows the whole of a title that is too long for the bar of a modal', () => {
    const title = 'Resolve with a note · #1234567';
    const { view } = formModal({ ...form(input({})), title }, asked, drawing);
    expect(view.title.text).toBe('Resolve with a note ·…');
    expect(JSON.stringify(view.blocks[0])).toContain(title);
  });

  it.each([
    null,
    {},
    { callback_id: 'docket:form' },
    { callback_id: 'docket:form', private_metadata: '{' },
    { callback_id: 'of another app', private_metadata: '{"command":"take 1"}' },
  ])('nothing is read from %j', (view) => {
    expect(readSubmission(view)).toBeNull();
  });
});
