import { type AnswerErrors, type Form, forms, type Input } from '../language/form.ts';
import type { FormName } from '../language/request.ts';
import type { FormInput, FormView } from './view.ts';

/** What the desk knows that a form shows: what there is to choose from, and what stands in the inputs at first. */
export interface Filling {
  readonly choices: Readonly<Record<string, readonly { value: string; label: string }[]>>;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: AnswerErrors['errors'];
}

/** A form as a view. `command` is what its answers come back with. */
export function formView(name: FormName, title: string, command: string, filling: Filling): FormView {
  const form: Form = forms[name];
  return {
    view: 'form',
    title,
    command,
    submit: form.submit,
    inputs: form.inputs.map((input) => formInput(input, filling)),
  };
}

function formInput(input: Input, filling: Filling): FormInput {
  const fixed = input.choices?.map((value) => ({ value, label: value }));
  const error = filling.errors[input.name];
  return {
    name: input.name,
    label: input.label,
    type: input.type,
    value: filling.values[input.name] ?? '',
    required: input.required,
    hint: input.hint,
    choices: fixed ?? filling.choices[input.name] ?? [],
    error: error?.text ?? [],
  };
}
