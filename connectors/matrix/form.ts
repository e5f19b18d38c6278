import { z } from 'zod';
import { shorten } from '../../src/ticket/shorten.ts';
import { type Inline, paragraph, plainInlines, type Text } from '../../src/ticket/text.ts';
import type { Address, FormInput, FormView } from '../connector.ts';

/**
 * Matrix has no forms: Docket asks one question after the other in a thread of the direct conversation, so that nobody else
 * reads what is answered. How far it came stands in the question that was asked last, under this key.
 */
export const formKey = 'org.docket.form';

const addressShape = z.object({
  platform: z.string(),
  workspace: z.string(),
  channel: z.string(),
  thread: z.string().nullable(),
  direct: z.boolean(),
});

const formShape = z.object({
  view: z.literal('form'),
  title: z.string(),
  command: z.string(),
  submit: z.string(),
  inputs: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.enum(['line', 'text', 'number', 'choice', 'person', 'when']),
      value: z.string(),
      required: z.boolean(),
      hint: z.string(),
      choices: z.array(z.object({ value: z.string(), label: z.string() })),
      error: z.string(),
    }),
  ),
});

type AskedInput = Omit<FormInput, 'error'> & {
  /** What was wrong with the last answer, in words; empty when nothing was. */
  readonly error: string;
};

/** A form as it is remembered while it is being asked. */
type AskedForm = Omit<FormView, 'inputs'> & { readonly inputs: readonly AskedInput[] };

/** A form that is being asked. */
export interface Asking {
  readonly form: AskedForm;
  /** Where it was asked for. */
  readonly where: Address;
  /** What is answered, or stands there. */
  readonly answers: Readonly<Record<string, string>>;
  /** The names of the inputs that are still to be asked, the one that is asked now first. None: it was submitted. */
  readonly left: readonly string[];
}

const askingShape: z.ZodType<Asking> = z.object({
  form: formShape,
  where: addressShape,
  answers: z.record(z.string(), z.string()),
  left: z.array(z.string()),
});

/** Reads what was remembered of a form; null where it is none any more. */
export function readAsking(remembered: string | null): Asking | null {
  return remembered === null ? null : (askingShape.safeParse(JSON.parse(remembered)).data ?? null);
}

/** A form from its beginning: all of it, or what was answered wrongly. Null where it has no inputs. */
export function ask(view: FormView, where: Address): Asking | null {
  const form = asked(view);
  const wrong = form.inputs.filter(({ error }) => error !== '');
  const open = wrong.length > 0 ? wrong : form.inputs;
  const answers = Object.fromEntries(form.inputs.map(({ name, value }) => [name, value]));
  return open.length === 0 ? null : { form, where, answers, left: open.map(({ name }) => name) };
}

/** A form with what was wrong in words: it is remembered as plain JSON. */
export function asked(form: FormView): AskedForm {
  return { ...form, inputs: form.inputs.map((input) => ({ ...input, error: inWords(input.error) })) };
}

/** The same form, with what is wrong with the answer to the input that is asked for now. */
export function refusing(asking: Asking, error: readonly Inline[]): Asking {
  const now = askedNow(asking);
  const inputs = asking.form.inputs.map((input) => (input.name === now ? { ...input, error: inWords(error) } : input));
  return { ...asking, form: { ...asking.form, inputs } };
}

/** In Matrix a command is typed with `!ticket`. */
function inWords(error: readonly Inline[]): string {
  const shown = error.map((inline) =>
    typeof inline !== 'string' && inline.inline === 'command' ? `!ticket ${inline.command}` : inline,
  );
  return plainInlines(shown);
}

/** What leaves an input as it stands, and what sends the form with all the rest as it stands. */
const keep = '-';
const send = '--';

/** The input that is asked for now; null where nothing is left to be asked. */
export function askedNow(asking: Asking): string | null {
  return inputsLeft(asking)[0]?.name ?? null;
}

/**
 * What is wrong with an answer, as far as the form itself can tell: a choice that is not offered. Null where nothing is; all
 * else is for the desk to say when the form is complete.
 */
export function wrongIn(asking: Asking, answer: string): string | null {
  const [input] = inputsLeft(asking);
  const typed = answer.trim();
  if (input?.type !== 'choice' || input.choices.length === 0 || typed === keep || typed === send) return null;
  const value = chosen(input, typed);
  if (input.choices.some((choice) => choice.value === value)) return null;
  return `There is no \`${shorten(typed, 50)}\` to choose. Reply with a name or a number from the list.`;
}

/** Takes an answer. The form is complete when nothing is left to be asked. */
export function take(asking: Asking, answer: string): Asking {
  const [input, ...later] = inputsLeft(asking);
  if (input === undefined) return asking;
  const typed = answer.trim();
  const stands = typed === keep || typed === send;
  const answers = stands ? asking.answers : { ...asking.answers, [input.name]: chosen(input, typed) };
  // What is sent early is asked on for what cannot be left out.
  const open = typed === send ? later.filter(({ name, required }) => required && (answers[name] ?? '') === '') : later;
  return { ...asking, answers, left: open.map(({ name }) => name) };
}

/** A choice by its label, its value or its number in the list. */
function chosen({ type, choices }: AskedInput, typed: string): string {
  if (type !== 'choice') return typed;
  const same = (text: string) => text.toLowerCase() === typed.toLowerCase();
  const found = choices.find(({ value, label }) => same(value) || same(label));
  return (found ?? (/^\d{1,3}$/.test(typed) ? choices[Number(typed) - 1] : undefined))?.value ?? typed;
}

function inputsLeft({ form, left }: Asking): readonly AskedInput[] {
  return left.flatMap((name) => form.inputs.find((input) => input.name === name) ?? []);
}

/** All that a form asks, a line each, with what stands there. */
export function overview({ title, inputs }: AskedForm): Text {
  return [paragraph({ inline: 'strong', inlines: [shorten(title, 200)] }), ...inputs.flatMap(line)];
}

function line({ label, required, value, choices, error }: AskedInput, nth: number): Text {
  const standing = shorten(value.replaceAll(/\s+/g, ' '), 200);
  return [
    paragraph(`${nth + 1}. ${shorten(label, 100)}${required ? ' (needed)' : ''}: ${standing}`),
    ...(choices.length === 0 ? [] : [paragraph(`one of: ${shorten(labels(choices), 1_000)}`)]),
    ...(error === '' ? [] : [paragraph(`❓ ${shorten(error, 500)}`)]),
  ];
}

/** The question that is to be answered now; the first one tells how. */
export function question(asking: Asking, first: boolean): Text {
  const [input] = inputsLeft(asking);
  if (input === undefined) return [];
  const { label, hint, choices, type, error } = input;
  const standing = asking.answers[input.name] ?? '';
  const now = standing === '' ? [] : [` Now: ${shorten(standing.replaceAll(/\s+/g, ' '), 200)}.`];
  const offered = choices.map(({ label }, nth) => `${nth + 1} ${label}`).join(' · ');
  return [
    ...(error === '' || first ? [] : [paragraph(`❓ ${shorten(error, 500)}`)]),
    paragraph(
      '➡️ ',
      { inline: 'strong', inlines: [shorten(label, 100)] },
      `${label.endsWith('?') ? '' : '?'}${hint === '' ? '' : ` ${hint}`}`,
      ...now,
    ),
    ...(type === 'choice' && offered !== '' ? [paragraph(shorten(offered, 1_000))] : []),
    ...(first ? [how] : []),
  ];
}

const how = paragraph(
  ...([
    'Reply to this message. ',
    { inline: 'code', code: keep },
    ' keeps the current value, ',
    { inline: 'code', code: send },
    ' submits the form with the current values.',
  ] satisfies Inline[]),
);

function labels(choices: FormInput['choices']): string {
  return choices.map(({ label }) => label).join(' · ');
}
