import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuDefaultValue,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { z } from 'zod';
import { shorten } from '../../src/ticket/shorten.ts';
import { plainInlines } from '../../src/ticket/text.ts';
import type { FormInput, FormView } from '../connector.ts';
import type { FormState } from './form-state.ts';
import { limits } from './limits.ts';

/**
 * One page of a form as a modal (docs.discord.com/developers/components/reference, "Label"). What was answered before
 * stands in it.
 *
 * @param customId what comes back with the answers
 */
export function modalOf(
  form: FormView,
  { page, pages, answers }: FormState,
  customId: string,
): APIModalInteractionResponseCallbackData {
  const from = page * limits.modalInputs;
  const part = pages > 1 ? ` (${page + 1} of ${pages})` : '';
  return {
    custom_id: customId,
    title: (shorten(form.title, limits.modalTitle - part.length) || '–') + part,
    components: form.inputs
      .slice(from, from + limits.modalInputs)
      .map((input) => labelled({ ...input, value: answers[input.name] ?? input.value })),
  };
}

function labelled(input: FormInput): APILabelComponent {
  const { element, hint } = question(input);
  const said = input.error.length === 0 ? hint : `❓ ${plainInlines(input.error)}`;
  return {
    type: ComponentType.Label,
    label: shorten(input.label, limits.inputLabel) || '–',
    ...(said === '' ? {} : { description: shorten(said, limits.inputDescription) }),
    component: element,
  };
}

interface Question {
  readonly element: APILabelComponent['component'];
  readonly hint: string;
}

function question(input: FormInput): Question {
  const { name, type, value, hint, required, choices } = input;
  switch (type) {
    case 'line':
    case 'number':
    case 'when':
      return typed(input, TextInputStyle.Short);
    case 'text':
      return typed(input, TextInputStyle.Paragraph);
    case 'choice': {
      if (!inMenu(choices)) {
        const known = choices.length === 0 ? '' : `One of ${choices.map((choice) => choice.value).join(', ')}`;
        return typed({ ...input, hint: hint || known }, TextInputStyle.Short);
      }
      const options = choices.map((choice) => ({
        label: shorten(choice.label, limits.optionLabel) || '–',
        // Discord takes no empty value: each begins with `=`.
        value: `=${choice.value}`,
        default: choice.value === value,
      }));
      return { element: { type: ComponentType.StringSelect, custom_id: name, required, options }, hint };
    }
    case 'person': {
      const user = /^<@!?(\d{1,20})>$/.exec(value)?.[1];
      // Somebody whom Discord does not know can be named in words alone.
      if (value !== '' && user === undefined) return typed(input, TextInputStyle.Short);
      const chosen: APISelectMenuDefaultValue<SelectMenuDefaultValueType.User>[] =
        user === undefined ? [] : [{ id: user, type: SelectMenuDefaultValueType.User }];
      const element = { type: ComponentType.UserSelect as const, custom_id: name, required, default_values: chosen };
      return { element, hint: '' };
    }
  }
}

/** A value cannot be shortened, for it would be another; and Discord takes none twice. */
function inMenu(choices: FormInput['choices']): boolean {
  const values = new Set(choices.map(({ value }) => value));
  return (
    values.size === choices.length &&
    values.size > 0 &&
    values.size <= limits.selectOptions &&
    choices.every(({ value }) => value.length < limits.optionValue)
  );
}

function typed({ name, value, hint, required }: FormInput, style: TextInputStyle): Question {
  const element = {
    type: ComponentType.TextInput as const,
    custom_id: name,
    style,
    required,
    max_length: limits.inputText,
  };
  if (value === '') return { element, hint };
  if (value.length <= limits.inputText) return { element: { ...element, value: value.toWellFormed() }, hint };
  return {
    element,
    hint: `What stands here is too long for Discord, and is replaced by what you write. ${hint}`.trim(),
  };
}

const componentShape = z.object({
  type: z.int(),
  custom_id: z.string(),
  value: z.string().nullish(),
  values: z.array(z.string()).nullish(),
});

const submissionShape = z.object({
  custom_id: z.string(),
  components: z.array(z.object({ component: componentShape.nullish() })).max(limits.modalInputs),
});

/**
 * A modal that was sent: its custom id, and its answers by input; people as `<@1>`, as the grammar reads them.
 *
 * @param data the `data` of the interaction
 */
export function readModal(data: unknown): { readonly id: string; readonly answers: Readonly<Record<string, string>> } {
  const { custom_id, components } = submissionShape.parse(data);
  const given = components.flatMap(({ component }) => component ?? []);
  return { id: custom_id, answers: Object.fromEntries(given.map((each) => [each.custom_id, answerOf(each)])) };
}

function answerOf({ type, value, values }: z.infer<typeof componentShape>): string {
  const [chosen = ''] = values ?? [];
  switch (type) {
    case ComponentType.StringSelect:
      return chosen.slice(1);
    case ComponentType.UserSelect:
      return chosen === '' ? '' : `<@${chosen}>`;
    default:
      return value ?? '';
  }
}
