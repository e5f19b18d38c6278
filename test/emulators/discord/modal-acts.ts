import { ComponentType } from 'discord.js';
import { type Json, type Modal, recordOf, recordsOf, textOf } from './shapes.ts';
import { Unable } from './unable.ts';

/** Something that a modal asks for. */
export interface Input {
  readonly label: string;
  readonly description: string;
  readonly component: Json;
}

/** What a modal asks for, in order. */
export function inputsOf({ components }: Modal): readonly Input[] {
  return components.flatMap(({ type, component, components: inside, label, description }) => {
    if (type === ComponentType.Label) {
      return [{ label: textOf(label), description: textOf(description), component: recordOf(component) }];
    }
    if (type !== ComponentType.ActionRow) return [];
    return recordsOf(inside).map((each) => ({ label: textOf(each['label']), description: '', component: each }));
  });
}

/** What stands in an input before anybody changes it: a text, or the values that are chosen. */
export function standing({ component }: Input): readonly string[] {
  const { type, value, options, default_values } = component;
  if (type === ComponentType.TextInput) return [textOf(value)];
  if (type === ComponentType.StringSelect) {
    return recordsOf(options)
      .filter((each) => each['default'] === true)
      .map((each) => textOf(each['value']));
  }
  return recordsOf(default_values).map(({ id }) => textOf(id));
}

/**
 * A modal as it is sent. Inputs that are not answered keep what stands in them.
 *
 * @param answers by label: the text; of menus the labels or values of options, ids of people, with commas between
 * @throws Unable as Discord's client says it at the input
 */
export function submission(modal: Modal, answers: Readonly<Record<string, string>>): readonly Json[] {
  const inputs = inputsOf(modal);
  for (const label of Object.keys(answers)) {
    if (!inputs.some((input) => input.label === label)) throw new Unable(`the form does not ask for ${label}`);
  }
  const sent = new Map(inputs.map((input) => [input.component['custom_id'], answered(input, answers[input.label])]));
  return modal.components.flatMap((component): readonly Json[] => {
    const { type, id, component: inner, components } = component;
    if (type === ComponentType.Label) return [{ type, id, component: sent.get(recordOf(inner)['custom_id']) }];
    if (type !== ComponentType.ActionRow) return [];
    return [{ type, id, components: recordsOf(components).map((each) => sent.get(each['custom_id'])) }];
  });
}

function answered(input: Input, answer: string | undefined): Json {
  const { type, id, custom_id } = input.component;
  const basis = { type, id, custom_id };
  if (type === ComponentType.TextInput) return { ...basis, value: text(input, answer ?? standing(input)[0] ?? '') };
  return { ...basis, values: answer === undefined ? chosen(input, standing(input)) : chosen(input, words(answer)) };
}

function words(answer: string): readonly string[] {
  return answer === '' ? [] : answer.split(',').map((each) => each.trim());
}

function text({ label, component }: Input, answer: string): string {
  const { required = true, min_length: min = 0, max_length: max = 4_000, style } = component;
  if (answer === '' && required === true) throw new Unable(`${label}: This field is required.`);
  if (answer !== '' && answer.length < Number(min)) throw new Unable(`${label}: Must be ${min} or more in length.`);
  if (answer.length > Number(max)) throw new Unable(`${label}: Must be ${max} or fewer in length.`);
  // An input of one line takes no other.
  return style === 1 ? answer.replaceAll('\n', ' ') : answer;
}

function chosen({ label, component }: Input, answers: readonly string[]): readonly string[] {
  const { type, options, required = true, min_values: min, max_values: max = 1 } = component;
  const values = answers.map((answer) => {
    if (type !== ComponentType.StringSelect) return answer;
    const option = recordsOf(options).find((each) => each['label'] === answer || each['value'] === answer);
    if (option === undefined) throw new Unable(`${label}: there is no ${answer} to choose`);
    return textOf(option['value']);
  });
  const least = Number(min ?? (required === true ? 1 : 0));
  if (values.length < least && (required === true || values.length > 0)) {
    throw new Unable(`${label}: Select at least ${least}.`);
  }
  if (values.length > Number(max)) throw new Unable(`${label}: Select at most ${max}.`);
  return values;
}
