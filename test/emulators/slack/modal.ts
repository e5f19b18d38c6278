import { viewContent } from './content.ts';
import type { Core } from './core.ts';
import type { Outcome } from './deliveries.ts';
import { Refusal } from './refusal.ts';
import { type Json, recordOf, textOf, type View } from './shapes.ts';
import { chosenValue, labelOf, wordsOf } from './view-values.ts';

/** A question of a modal. */
export interface Input {
  readonly block: string;
  readonly action: string;
  readonly label: string;
  readonly element: Json;
  readonly optional: boolean;
}

export function inputsOf(view: View): readonly Input[] {
  return view.blocks
    .filter(({ type }) => type === 'input')
    .map((block) => {
      const element = recordOf(block['element']);
      const named = { block: textOf(block['block_id']), action: textOf(element['action_id']) };
      return { ...named, label: labelOf(block, 'label'), element, optional: block['optional'] === true };
    });
}

/** A modal with answers written into it, by the labels of its inputs. Those that are left out keep what stands in them. */
export function filled(view: View, answers: Readonly<Record<string, string>>): View['values'] {
  const inputs = inputsOf(view);
  const strange = Object.keys(answers).filter((label) => !inputs.some((input) => input.label === label));
  if (strange.length > 0) throw new Error(`the modal “${view.title}” does not ask for ${strange.join(', ')}`);
  const written = inputs.flatMap(({ block, action, label, element }) => {
    const answer = answers[label];
    return answer === undefined ? [] : [[block, { [action]: chosenValue(element, answer) }] as const];
  });
  return { ...view.values, ...Object.fromEntries(written) };
}

/** What Slack's client says at inputs before it sends anything, by `block_id`. */
export function clientErrors(view: View, values: View['values']): Readonly<Record<string, string>> {
  const wrong = inputsOf(view).flatMap(({ block, action, element, optional }) => {
    const words = wordsOf(values[block]?.[action] ?? {});
    const most = Number(element['max_length'] ?? 3_000);
    const least = Number(element['min_length'] ?? 0);
    if (words === '') return optional ? [] : [[block, 'Please complete this required field.']];
    if (words.length > most) return [[block, `This must be less than ${most + 1} characters.`]];
    return words.length < least ? [[block, `This must be at least ${least} characters.`]] : [];
  });
  return Object.fromEntries(wrong);
}

/**
 * Does with a modal that was sent what the app has answered (docs.slack.dev/surfaces/modals): closes it, says at its inputs
 * what is wrong, or shows another. Gives what Slack's client says where that cannot be; null where it can.
 */
export function afterSubmission(core: Core, view: View, outcome: Outcome): string | null {
  if (!outcome.acked) return 'We had some trouble connecting. Try again?';
  const { response_action: action, errors, view: next } = outcome.response;
  try {
    switch (action) {
      case undefined:
        core.views.close(view);
        return null;
      case 'clear':
        core.views.clear(view.owner);
        return null;
      case 'errors':
        return showErrors(core, view, recordOf(errors));
      case 'update':
        core.views.update(view, viewContent(core, recordOf(next), 'modal'));
        return null;
      case 'push':
        core.views.push(view.owner, view.id, viewContent(core, recordOf(next), 'modal'));
        return null;
      default:
        throw new Refusal(`unknown response_action ${String(action)}`);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const what = `the answer to a modal is refused: ${error.code} ${JSON.stringify(error.more)}`;
    core.violations.push(what);
    return what;
  }
}

function showErrors(core: Core, view: View, errors: Json): null {
  const known = new Set(inputsOf(view).map(({ block }) => block));
  const said = Object.entries(errors).map(([block, words]) => [block, textOf(words)] as const);
  if (said.length === 0 || said.some(([block, words]) => !known.has(block) || words === '')) {
    throw new Refusal('errors at what is no input');
  }
  core.views.fill(view, view.values, Object.fromEntries(said));
  return null;
}
