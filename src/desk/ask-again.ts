import { formOf, forms } from '../language/form.ts';
import type { FormName, Speaking } from '../language/request.ts';
import type { Actor } from '../ticket/actor.ts';
import { limits } from '../ticket/limits.ts';
import { isRefusal, type Refusal, type RefusalCode } from '../ticket/refusal.ts';
import type { Desk } from './desk.ts';
import { fillForm } from './fill.ts';
import type { Inbound } from './inbound.ts';
import type { Outcome } from './outcome.ts';

type Answers = Readonly<Record<string, string>>;

/**
 * What came of a form's answers, with the form again in the place of a refusal: with what was written in it, which would
 * be lost otherwise, and with the refusal at the input that it is about.
 */
export async function askAgain(
  desk: Desk,
  asked: { readonly inbound: Inbound; readonly speaker: Actor; readonly speaking: Speaking },
  outcomes: readonly Outcome[],
): Promise<readonly Outcome[]> {
  const { inbound, speaker, speaking } = asked;
  if (inbound.kind !== 'submit') return outcomes;
  const { command, answers } = inbound;
  const again = outcomes.map(async (outcome): Promise<Outcome> => {
    if (outcome.was !== 'refused') return outcome;
    const form = formOf(command, speaking);
    if (isRefusal(form)) return outcome;
    const errors = { [inputAbout(form.form, outcome.refusal, answers)]: outcome.refusal };
    const filled = await fillForm(desk, speaker, form, { values: answers, errors });
    return isRefusal(filled) ? outcome : { was: 'asked', form: filled };
  });
  return Promise.all(again);
}

/** What a refusal of a form is about, where that is not its first input. */
const about: Readonly<Partial<Record<FormName, Partial<Record<RefusalCode | 'anything else', string>>>>> = {
  new: { 'not allowed': 'queue', 'not found': 'requestor', 'too large': 'body' },
  stall: { 'too large': 'text' },
  remind: { 'too large': 'text', 'not found': 'person', 'not allowed': 'person' },
  set: { 'anything else': 'value' },
  link: { 'anything else': 'ticket' },
};

/** The input of a form that a refusal of its answers is about. */
export function inputAbout(form: FormName, { refused }: Pick<Refusal, 'refused'>, answers: Answers): string {
  if (form === 'new' && refused === 'too large' && (answers['subject'] ?? '').length > limits.subject) return 'subject';
  return about[form]?.[refused] ?? about[form]?.['anything else'] ?? forms[form].inputs[0]?.name ?? '';
}
