import type { Arguments } from './arguments.ts';
import { blockFaults, mostBlocks } from './block-limits.ts';
import type { Core } from './core.ts';
import { argumentFaults, describedBlockFaults, describedViewFaults } from './description.ts';
import { type Fault, fault, optionalText, optionalTextObject, textObject } from './element-limits.ts';
import { Refusal, refusedFor } from './refusal.ts';
import { type Json, recordsOf } from './shapes.ts';

/** Characters of JSON. Not documented: where `msg_blocks_too_long` is seen (slackapi/bolt-js issues 2509, 2867). */
const mostMessageJson = 13_200;
const mostViewJson = 250_000;
/** Characters of a message's text: posts are cut there, changes are refused from the second on. */
const cutText = 40_000;
const mostChangedText = 4_000;
const mostAttachments = 100;

/** What a message holds, as it was asked for. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
}

type Checking = Pick<Core, 'workspace' | 'violations'>;

/**
 * What a message is to say.
 *
 * @param changed it takes the place of what a message said before
 * @throws Refusal no_text, msg_too_long, invalid_blocks, msg_blocks_too_long, too_many_attachments
 */
export function messageContent(core: Checking, args: Arguments, changed: boolean): Content {
  const text = args.text('text');
  const blocks = args.records('blocks');
  const attachments = args.records('attachments');
  if (text === '' && blocks.length === 0 && attachments.length === 0) throw new Refusal('no_text');
  if (changed && text.length > mostChangedText) throw new Refusal('msg_too_long');
  if (attachments.length > mostAttachments) throw new Refusal('too_many_attachments');
  checkBlocks(core, blocks);
  for (const attachment of attachments) checkBlocks(core, recordsOf(attachment['blocks']));
  if (JSON.stringify(blocks).length > mostMessageJson) throw new Refusal('msg_blocks_too_long');
  return { text: tidy(text.slice(0, cutText)), blocks: withIds(blocks), attachments };
}

/** @throws Refusal invalid_blocks */
export function checkBlocks({ workspace, violations }: Checking, blocks: readonly Json[]): void {
  const faults = blockFaults(blocks, mostBlocks.message, workspace.people);
  if (faults.length > 0) throw refusedFor('invalid_blocks', faults);
  const strange = blocks.flatMap(describedBlockFaults);
  violations.push(...strange);
  if (strange.length > 0) throw refusedFor('invalid_blocks', strange);
}

/**
 * A view as it is to be shown, each block and element with an id.
 *
 * @throws Refusal invalid_arguments, view_too_large
 */
export function viewContent({ workspace, violations }: Checking, view: Json, type: 'modal' | 'home'): Json {
  if (JSON.stringify(view).length > mostViewJson) throw new Refusal('view_too_large');
  const faults = viewFaults(view, type, workspace.people).map((each) => each.replace('pointer:/', 'pointer:/view/'));
  if (faults.length > 0) throw refusedFor('invalid_arguments', faults);
  const strange = [...describedViewFaults(view), ...recordsOf(view['blocks']).flatMap(describedBlockFaults)];
  violations.push(...strange);
  if (strange.length > 0) throw refusedFor('invalid_arguments', strange);
  return { ...view, blocks: withIds(recordsOf(view['blocks'])) };
}

function viewFaults(view: Json, type: 'modal' | 'home', people: ReadonlyMap<string, unknown>): Fault[] {
  const { title, submit, close, private_metadata, callback_id, external_id } = view;
  const blocks = recordsOf(view['blocks']);
  const asks = blocks.some((block) => block['type'] === 'input');
  return [
    ...(view['type'] === type ? [] : [fault(`must be of the type ${type}`, '/type')]),
    ...(type === 'modal' ? textObject(title, 24, '/title', 'plain_text') : []),
    ...optionalTextObject(submit, 24, '/submit'),
    ...optionalTextObject(close, 24, '/close'),
    ...(type === 'modal' && asks && submit === undefined ? [fault('missing required field: submit', '')] : []),
    ...optionalText(private_metadata, 3_000, '/private_metadata'),
    ...optionalText(callback_id, 255, '/callback_id'),
    ...optionalText(external_id, 255, '/external_id'),
    ...(Array.isArray(view['blocks']) ? [] : [fault('missing required field: blocks', '')]),
    ...blockFaults(blocks, mostBlocks.view, people),
  ];
}

/** @throws Refusal invalid_arguments where the arguments of a call are not as Slack's types have them */
export function checkArguments({ violations }: Checking, method: string, args: Json): void {
  // What is in blocks and views is checked by itself, with errors of its own.
  const { blocks, view, attachments, ...others } = args;
  const emptied = Object.fromEntries(
    Object.entries({ blocks, attachments }).flatMap(([name, value]) => (Array.isArray(value) ? [[name, []]] : [])),
  );
  const shown = view === undefined ? {} : { view: method === 'views.publish' ? emptyHome : emptyModal };
  const faults = argumentFaults(method, { ...others, ...emptied, ...shown });
  violations.push(...faults.map((each) => `${method}: ${each}`));
  if (faults.length > 0) throw refusedFor('invalid_arguments', faults);
}

const emptyHome = { type: 'home', blocks: [] };
const emptyModal = { type: 'modal', title: { type: 'plain_text', text: 'Title' }, blocks: [] };

function withIds(blocks: readonly Json[]): readonly Json[] {
  return blocks.map((block, nth) => {
    const named = (element: Json, index: number): Json => ({ action_id: `a${nth}${index}`, ...element });
    return {
      block_id: `b${nth}`,
      ...block,
      ...(block['type'] === 'actions' ? { elements: recordsOf(block['elements']).map(named) } : {}),
      ...(block['type'] === 'input' ? { element: named(block['element'] as Json, 0) } : {}),
      ...(block['accessory'] === undefined ? {} : { accessory: named(block['accessory'] as Json, 0) }),
    };
  });
}

/** Slack writes the three signs that mean something as entities, wherever they mean nothing. */
function tidy(text: string): string {
  return text.replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;').replaceAll(/<(?![@#!]|https?:|mailto:)/g, '&lt;');
}
