import type { KnownBlock, ModalView } from '@slack/types';
import { cutText, roomOf } from '../../src/ticket/cut.ts';
import { shorten } from '../../src/ticket/shorten.ts';
import { type Inline, plainInlines, type Text } from '../../src/ticket/text.ts';
import type { FormView } from '../connector.ts';
import { fitted, plainText, richBlock } from './blocks/pieces.ts';
import { blockIdOf, inputBlock, readAnswers } from './input.ts';
import { limits } from './limits.ts';
import { type Drawing, richText, section } from './rich-text.ts';
import { recordOf, textOf } from './shape.ts';
import { coded, decoded } from './wire.ts';

/** The `callback_id` of every form. */
export const formCallback = 'docket:form';

/** A form as a modal. */
export interface Modal {
  readonly view: ModalView;
  /** What was wrong with the last answers, by `block_id`, for `response_action: 'errors'`; empty when nothing was. */
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * Draws a form. `context` is what the connector wants back when the form is sent (where it was asked for); together with
 * the form's command it may take some `limits.privateMetadata` characters. `slackUser` says which Slack user the value of a
 * person input names. An input whose name is no `block_id` or that a modal has no room for is left out.
 *
 * @throws RangeError where command and context are too long for a modal
 */
export function formModal(
  form: FormView,
  { context, slackUser }: { context: string; slackUser: (value: string) => string | null },
  drawing: Drawing,
): Modal {
  const private_metadata = coded(JSON.stringify({ command: form.command, context }));
  if (private_metadata.length > limits.privateMetadata) {
    throw new RangeError(`A form of ${private_metadata.length} characters of context has no place in a modal of Slack`);
  }
  const heading = form.title.length <= limits.viewTitle ? [] : [shorten(form.title, limits.inputLabel)];
  const inputs = form.inputs
    .filter((input) => input.name !== '' && blockIdOf(input).length <= limits.blockId)
    .slice(0, limits.viewBlocks - heading.length);
  const blocks = fittedInputs(inputs, slackUser);
  return {
    view: {
      ...frame(form.title, 'Cancel'),
      callback_id: formCallback,
      submit: plainText(form.submit, limits.viewTitle),
      private_metadata,
      blocks: [
        ...richBlock(
          section(
            heading.map((line) => [line]),
            drawing,
          ),
        ),
        ...blocks,
      ],
    },
    errors: errorsOf(form),
  };
}

/** A form that is shown where its errors cannot be said at its fields: they stand above them. */
export function withErrors({ view, errors }: Modal, drawing: Drawing): ModalView {
  const said = Object.values(errors).map((error): Inline[] => [`❓ ${error}`]);
  return { ...view, blocks: [...richBlock(section(said, drawing)), ...view.blocks].slice(0, limits.viewBlocks) };
}

function fittedInputs(inputs: FormView['inputs'], slackUser: (value: string) => string | null): KnownBlock[] {
  const kept: KnownBlock[] = [];
  let room: number = limits.viewJson;
  for (const input of inputs) {
    const block = inputBlock(input, slackUser);
    room -= JSON.stringify(block).length;
    if (room < 0) break;
    kept.push(block);
  }
  return kept;
}

/** What is wrong with the answers to a form, by `block_id`. */
function errorsOf(form: FormView): Readonly<Record<string, string>> {
  const wrong = form.inputs.filter(({ error }) => error.length > 0);
  return Object.fromEntries(
    wrong.map((input) => [blockIdOf(input), shorten(plainInlines(input.error), limits.inputError)]),
  );
}

/** What stands open while the form is on its way: Slack wants a modal within three seconds of the press. */
export function loadingModal(title: string, drawing: Drawing): ModalView {
  return textModal(title, [{ block: 'paragraph', inlines: ['⏳ One moment…'] }], drawing);
}

/** A text in a modal: that something went wrong, or has no form any more. */
export function textModal(title: string, text: Text, drawing: Drawing): ModalView {
  return {
    ...frame(title, 'Close'),
    blocks: fitted((room) => richBlock(richText(cutText(text, roomOf(room)), drawing)), limits.messageJson),
  };
}

function frame(title: string, close: string): Pick<ModalView, 'type' | 'title' | 'close'> {
  return {
    type: 'modal',
    title: plainText(title, limits.viewTitle),
    close: plainText(close, limits.viewTitle),
  };
}

/** A form that was sent. */
export interface Submission {
  readonly command: string;
  /** As it was given to `formModal`. */
  readonly context: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** Reads the `view` of a `view_submission` payload; null when it is none of Docket's forms. */
export function readSubmission(view: unknown): Submission | null {
  const { callback_id, private_metadata, state } = recordOf(view);
  if (callback_id !== formCallback) return null;
  const { command, context } = metadataOf(textOf(private_metadata));
  return command === '' ? null : { command, context, answers: readAnswers(state) };
}

function metadataOf(json: string): { command: string; context: string } {
  try {
    const { command, context } = recordOf(JSON.parse(decoded(json)));
    return { command: textOf(command), context: textOf(context) };
  } catch (error) {
    if (error instanceof SyntaxError) return { command: '', context: '' };
    throw error;
  }
}
