import { type Json, recordOf, recordsOf, textOf, type View } from './shapes.ts';

/** What stands in the inputs of a view before anybody has written anything. */
export function initialValues(blocks: readonly Json[]): View['values'] {
  return Object.fromEntries(
    blocks
      .filter(({ type }) => type === 'input')
      .map((block) => {
        const element = recordOf(block['element']);
        return [textOf(block['block_id']), { [textOf(element['action_id'])]: initialValue(element) }];
      }),
  );
}

function initialValue(element: Json): Json {
  const type = textOf(element['type']);
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: element['initial_option'] ?? null };
    case 'users_select':
      return { type, selected_user: element['initial_user'] ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: element['initial_options'] ?? [] };
    case 'datepicker':
      return { type, selected_date: element['initial_date'] ?? null };
    default:
      return { type, value: element['initial_value'] ?? null };
  }
}

/** The value of an element when somebody has written or chosen this: words, an option's label or value, a user's id. */
export function chosenValue(element: Json, answer: string): Json {
  const type = textOf(element['type']);
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: answer === '' ? null : optionOf(element, answer) };
    case 'users_select':
      return { type, selected_user: answer === '' ? null : answer };
    case 'datepicker':
      return { type, selected_date: answer === '' ? null : answer };
    default:
      return { type, value: answer === '' ? null : answer };
  }
}

/** The option with this label, or else with this value. */
export function optionOf(element: Json, wanted: string): Json {
  const groups = recordsOf(element['option_groups']).flatMap((group) => recordsOf(group['options']));
  const all = [...recordsOf(element['options']), ...groups];
  const found =
    all.find((option) => labelOf(option) === wanted) ?? all.find((option) => textOf(option['value']) === wanted);
  if (found === undefined) {
    throw new Error(`there is no option “${wanted}” but: ${all.map((option) => labelOf(option)).join(', ')}`);
  }
  return { text: found['text'], value: found['value'] };
}

/** The words on a button, an option, or an input. */
export function labelOf(thing: Json, name = 'text'): string {
  return textOf(recordOf(thing[name])['text']);
}

/** What is in an input, in words. */
export function wordsOf(value: Json): string {
  const option = recordOf(value['selected_option']);
  return textOf(value['value']) || labelOf(option) || textOf(value['selected_user']) || textOf(value['selected_date']);
}
