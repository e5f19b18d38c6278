import type { FormInput, FormView } from '../desk/view.ts';
import { plainInlines } from '../ticket/text.ts';
import { esc, type Html } from './html.ts';

/** A form as a dialog. The answers are sent to `to` as `answer.NAME`; `dismiss` is told when it is put away. */
export function FormDialog({
  id,
  form,
  to,
  extra,
  dismiss,
}: {
  id: string;
  form: FormView;
  to: string;
  /** Sent along with the answers. */
  extra: Readonly<Record<string, string>>;
  dismiss: string;
}): Html {
  return (
    <dialog
      id={esc(id)}
      class="form"
      aria-labelledby={`${esc(id)}-title`}
      data-into="dialogs"
      data-dismiss={esc(dismiss)}
    >
      <form
        hx-post={esc(to)}
        hx-vals={esc(JSON.stringify({ command: form.command, ...extra }))}
        hx-swap="none"
        hx-sync="this:drop"
      >
        <h2 id={`${esc(id)}-title`} safe>
          {form.title}
        </h2>
        {form.inputs.map((input) => (
          <Field id={`${id}-${input.name}`} input={input} />
        ))}
        <div class="buttons">
          <button type="submit" class="primary" safe>
            {form.submit}
          </button>
          <button type="button" data-close>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Field({ id, input }: { id: string; input: FormInput }): Html {
  const notes = [input.hint === '' ? '' : `${id}-hint`, input.error.length === 0 ? '' : `${id}-error`].join(' ').trim();
  const common = {
    id: esc(id),
    name: esc(`answer.${input.name}`),
    required: input.required,
    'aria-describedby': notes === '' ? undefined : esc(notes),
    'aria-invalid': input.error.length === 0 ? undefined : 'true',
  } as const;
  return (
    <p class="field">
      <label for={esc(id)} safe>
        {input.label}
      </label>
      <Control input={input} common={common} />
      {input.hint === '' ? null : (
        <small id={`${esc(id)}-hint`} safe>
          {input.hint}
        </small>
      )}
      {input.error.length === 0 ? null : (
        <strong class="error" id={`${esc(id)}-error`} safe>
          {plainInlines(input.error)}
        </strong>
      )}
    </p>
  );
}

function Control({
  input,
  common,
}: {
  input: FormInput;
  common: Readonly<Record<string, string | boolean | undefined>>;
}): Html {
  switch (input.type) {
    case 'text':
      // The first line break after <textarea> is not part of its text.
      return <textarea {...common} rows="5">{`\n${esc(input.value)}`}</textarea>;
    case 'choice':
      return (
        <select {...common}>
          {input.choices.map(({ value, label }) => (
            <option value={esc(value)} selected={value === input.value} safe>
              {label}
            </option>
          ))}
        </select>
      );
    case 'number':
      return <input {...common} type="number" value={esc(input.value)} />;
    case 'line':
    case 'person':
    case 'when':
      return <input {...common} type="text" value={esc(input.value)} autocomplete="off" />;
  }
}
