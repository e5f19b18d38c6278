import { ComponentType } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormInput, FormView } from '../../connectors/connector.ts';
import { begun, type FormState, readState, stateId } from '../../connectors/discord/form-state.ts';
import { modalOf, readModal } from '../../connectors/discord/modal.ts';
import { modalFaults } from '../emulators/discord/modal-limits.ts';
import { type Json, recordOf, recordsOf } from '../emulators/discord/shapes.ts';
import { typedLine } from '../support/texts.ts';
import { anyForm } from '../support/views.ts';

function input(given: Partial<FormInput>): FormInput {
  const plain = { name: 'text', label: 'Reply', type: 'line', value: '', required: true, hint: '', error: [] } as const;
  return { ...plain, choices: [], ...given };
}

function form(...inputs: FormInput[]): FormView {
  return { view: 'form', title: 'Reply · #12', command: 'form reply 12', submit: 'Reply', inputs };
}

function modal(view: FormView, state: Partial<FormState> = {}): Json {
  return recordOf(JSON.parse(JSON.stringify(modalOf(view, { ...begun(view), ...state }, 'm:reply 12'))));
}

/** The label that a form of one input is drawn as, and what is to be filled in. */
function drawn(given: Partial<FormInput>, answers: FormState['answers'] = {}) {
  const label = recordsOf(modal(form(input(given)), { answers })['components'])[0] ?? {};
  return { label, element: recordOf(label['component']) };
}

/** What comes back when somebody fills these in. */
function sent(...components: object[]) {
  return readModal({ custom_id: 'm:reply 12', components: components.map((component) => ({ type: 18, component })) });
}

describe('a form as a modal', () => {
  it('keeps all of Discord’s limits on every page, whatever the form holds', () => {
    fc.assert(
      fc.property(anyForm, (view) => {
        const { pages } = begun(view);
        for (const page of new Set([0, pages - 1])) {
          if (view.inputs.length > 0) expect(modalFaults(modal(view, { page }))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has each input once, over all its pages', () => {
    const view = form(...Array.from({ length: 12 }, (_, nth) => input({ name: `input ${nth}` })));
    const { pages } = begun(view);
    expect(pages).toBe(3);
    const names = Array.from({ length: pages }, (_, page) => recordsOf(modal(view, { page })['components']))
      .flat()
      .map((label) => recordOf(label['component'])['custom_id']);
    expect(names).toEqual(view.inputs.map(({ name }) => name));
    expect(modal(view, { page: 1 })['title']).toBe('Reply · #12 (2 of 3)');
  });

  it('stands with what was answered before, and with what was wrong about it', () => {
    const { label, element } = drawn({ value: 'old', hint: 'a time', error: ['“soon” is no time.'] }, { text: 'soon' });
    expect(element['value']).toBe('soon');
    expect(label['description']).toBe('❓ “soon” is no time.');
    expect(drawn({ value: 'old', hint: 'a time' }).label['description']).toBe('a time');
  });

  it.each<[type: FormInput['type'], style: number]>([
    ['line', 1],
    ['number', 1],
    ['when', 1],
    ['text', 2],
  ])('an input for a %s is typed', (type, style) => {
    expect(drawn({ type }).element).toMatchObject({ type: ComponentType.TextInput, style });
  });

  it('shows a person as a choice of users while Discord knows them, and in words otherwise', () => {
    expect(drawn({ type: 'person', value: '<@1>' }).element).toMatchObject({
      type: ComponentType.UserSelect,
      default_values: [{ id: '1', type: 'user' }],
    });
    expect(drawn({ type: 'person' }).element).toMatchObject({ type: ComponentType.UserSelect });
    expect(drawn({ type: 'person', value: 'bo@example.org' }).element).toMatchObject({
      type: ComponentType.TextInput,
      value: 'bo@example.org',
    });
  });

  it('shows a choice that no menu of Discord can hold as a line to type', () => {
    const long = [{ value: 'x'.repeat(100), label: 'Long' }];
    const many = Array.from({ length: 26 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const twice = [
      { value: 'a', label: 'One' },
      { value: 'a', label: 'Two' },
    ];
    const few = [
      { value: 'General', label: 'General' },
      { value: '', label: 'None' },
    ];
    for (const choices of [long, many, twice, []]) {
      expect(drawn({ type: 'choice', choices }).element['type']).toBe(ComponentType.TextInput);
    }
    expect(drawn({ type: 'choice', choices: few, value: '' }).element).toMatchObject({
      type: ComponentType.StringSelect,
      options: [
        { value: '=General', default: false },
        { value: '=', default: true },
      ],
    });
  });

  it('tells what can be chosen where that has to be typed', () => {
    const many = Array.from({ length: 26 }, (_, index) => ({ value: `q${index}`, label: `q${index}` }));
    expect(drawn({ type: 'choice', choices: many }).label['description']).toMatch(/^One of q0, q1, q2, .*…$/);
  });

  it('leaves out a value that no input of Discord can hold, and says so, instead of half of it', () => {
    const { label, element } = drawn({ value: 'x'.repeat(4_001) });
    expect(element).not.toHaveProperty('value');
    expect(label['description']).toContain('too long for Discord');
  });
});

describe('a modal that was sent', () => {
  it.each([
    [{ type: ComponentType.TextInput, value: '*as typed* @everyone' }, '*as typed* @everyone'],
    [{ type: ComponentType.TextInput, value: '' }, ''],
    [{ type: ComponentType.UserSelect, values: ['2'] }, '<@2>'],
    [{ type: ComponentType.UserSelect, values: [] }, ''],
    [{ type: ComponentType.StringSelect, values: ['=General'] }, 'General'],
    [{ type: ComponentType.StringSelect, values: ['='] }, ''],
    [{ type: ComponentType.StringSelect, values: [] }, ''],
  ])('answers with what is chosen or typed: %j', (component, answer) => {
    expect(sent({ ...component, custom_id: 'text' })).toEqual({ id: 'm:reply 12', answers: { text: answer } });
  });

  it('answers a choice with its value, whatever that is', () => {
    fc.assert(
      fc.property(typedLine, (value) => {
        const { element } = drawn({ type: 'choice', choices: [{ value, label: 'It' }] });
        if (element['type'] !== ComponentType.StringSelect) return;
        const [option = {}] = recordsOf(element['options']);
        const back = sent({ type: ComponentType.StringSelect, custom_id: 'text', values: [option['value']] });
        expect(back.answers).toEqual({ text: value });
      }),
    );
  });
});

describe('how far somebody has come with a form', () => {
  const state: FormState = { command: 'form new', page: 1, pages: 2, answers: { subject: 'Down' } };

  it('is read back by its key', async () => {
    expect(await readState(stateId('key'), async (key) => (key === 'key' ? JSON.stringify(state) : null))).toEqual(
      state,
    );
  });

  it.each(['g:gone', 'c:take 12', '', 'g:', 'g:other'])('of %j nothing is read', async (id) => {
    const kept: Readonly<Record<string, string>> = { other: '{"page":1}', 'take 12': '{}' };
    expect(await readState(id, async (key) => kept[key] ?? null)).toBeNull();
  });
});
