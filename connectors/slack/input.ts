import type { InputBlock, PlainTextInput, PlainTextOption } from '@slack/types';
import type { FormInput } from '../connector.ts';
import { plainText } from './blocks/pieces.ts';
import { limits } from './limits.ts';
import { recordOf, textOf } from './shape.ts';
import { coded, decoded } from './wire.ts';

/**
 * One question of a form as an input block, whose `block_id` stands for the input's name
 * (docs.slack.dev/reference/block-kit/blocks/input-block). `slackUser` says which Slack user a person input's value names.
 */
export function inputBlock(input: FormInput, slackUser: (value: string) => string | null): InputBlock {
  const { element, hint } = question(input, slackUser);
  return {
    type: 'input',
    block_id: blockIdOf(input),
    label: plainText(input.label, limits.inputLabel),
    optional: !input.required,
    element: { ...element, action_id: answerId },
    ...(hint === '' ? {} : { hint: plainText(hint, limits.inputHint) }),
  };
}

const answerId = 'answer';

/** The id of the block that asks for an input, to which errors are told. */
export function blockIdOf({ name }: Pick<FormInput, 'name'>): string {
  return coded(name);
}

interface Question {
  readonly element: InputBlock['element'];
  readonly hint: string;
}

function question(input: FormInput, slackUser: (value: string) => string | null): Question {
  const { type, value, hint } = input;
  switch (type) {
    case 'line':
    case 'number':
    case 'when':
      // Numbers too: Slack's own number input answers a wrong one itself, in other words than everywhere else.
      return typed(input, false);
    case 'text':
      return typed(input, true);
    case 'choice': {
      const options = input.choices.map(option);
      if (!input.choices.every(inMenu) || options.length === 0 || options.length > limits.selectOptions) {
        return typed(input, false);
      }
      const chosen = options[input.choices.findIndex((choice) => choice.value === value)];
      return { element: { type: 'static_select', options, ...(chosen && { initial_option: chosen }) }, hint };
    }
    case 'person': {
      const user = slackUser(value);
      // Somebody whom Slack does not know can be named in words alone.
      if (value !== '' && user === null) return typed(input, false);
      return { element: { type: 'users_select', ...(user !== null && { initial_user: user }) }, hint: '' };
    }
  }
}

function typed({ value, hint }: FormInput, multiline: boolean): Question {
  const element: PlainTextInput = { type: 'plain_text_input', multiline, max_length: limits.inputText };
  if (value === '') return { element, hint };
  if (value.length <= limits.inputText) return { element: { ...element, initial_value: value.toWellFormed() }, hint };
  return { element, hint: `What stands here is too long for Slack, and is replaced by what you write. ${hint}`.trim() };
}

/** Slack takes no empty value: each begins with `=`. */
function option({ value, label }: FormInput['choices'][number]): PlainTextOption {
  return { text: plainText(label, limits.optionText), value: `=${coded(value)}` };
}

/** A value cannot be shortened, for it would be another. */
function inMenu({ value }: FormInput['choices'][number]): boolean {
  return coded(value).length < limits.optionValue;
}

/**
 * The answers of a view that was sent, by input, from its `state.values`; people as `<@U1>`, as the grammar reads them.
 * An input that was left empty is answered with nothing (docs.slack.dev/reference/interaction-payloads/view-interactions-payload).
 */
export function readAnswers(state: unknown): Readonly<Record<string, string>> {
  const values = Object.entries(recordOf(recordOf(state)['values']));
  return Object.fromEntries(values.map(([id, block]) => [decoded(id), answer(recordOf(recordOf(block)[answerId]))]));
}

function answer(given: Readonly<Record<string, unknown>>): string {
  switch (given['type']) {
    case 'static_select':
      return decoded(textOf(recordOf(given['selected_option'])['value']).slice(1));
    case 'users_select': {
      const user = textOf(given['selected_user']);
      return user === '' ? '' : `<@${user}>`;
    }
    default:
      return textOf(given['value']);
  }
}
