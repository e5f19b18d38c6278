import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { limits } from '../../connectors/slack/limits.ts';
import { recordOf } from '../../connectors/slack/shape.ts';

/** Slack's published types as a schema, where they lie beside the repository. */
const specs = join(
  process.env['DOCKET_SPECS'] ?? join(import.meta.dirname, '../../../shared/specs'),
  'slack/slack-types.schema.json',
);
const validators = existsSync(specs) ? validatorsOf(JSON.parse(readFileSync(specs, 'utf8'))) : null;

function validatorsOf({ schemas }: { schemas: Record<string, object> }) {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  // The published `block` takes any object with a type, beside those that are known.
  const block = ajv.compile({ ...schemas['block'], $ref: '#/definitions/KnownBlock' });
  return { block, view: ajv.compile(schemas['view'] ?? {}) };
}

/** What Slack would refuse in the blocks of a message; empty when it would take them. */
export function refusedInMessage(blocks: readonly unknown[]): string[] {
  return [
    ...(blocks.length > limits.messageBlocks ? ['too many blocks'] : []),
    ...(JSON.stringify(blocks).length > limits.messageJson ? ['msg_blocks_too_long'] : []),
    ...refusedBlocks(blocks),
  ];
}

/** What Slack would refuse in a view; empty when it would take it. */
export function refusedInView(view: object): string[] {
  const { blocks, title, submit, close, private_metadata, callback_id } = recordOf(view);
  return [
    ...(Array.isArray(blocks) && blocks.length <= limits.viewBlocks ? [] : ['too many blocks']),
    ...(JSON.stringify(view).length > 250_000 ? ['view_too_large'] : []),
    ...[title, submit, close].flatMap((part) => tooLong(part, limits.viewTitle)),
    ...(`${private_metadata ?? ''}`.length > limits.privateMetadata ? ['private_metadata'] : []),
    ...(`${callback_id ?? ''}`.length > 255 ? ['callback_id'] : []),
    ...(validators?.view(view) === false ? ['view: not of the published shape'] : []),
    ...refusedBlocks(blocks),
  ];
}

function refusedBlocks(blocks: unknown): string[] {
  const strange = list(blocks).filter((block) => validators?.block(block) === false);
  return [...strange.map((block) => `not of the published shape: ${JSON.stringify(block)}`), ...refused(blocks)];
}

/** Walks through everything, and checks each thing by its `type`. */
function refused(value: unknown): string[] {
  if (Array.isArray(value)) return [...value.flatMap(refused), ...repeated(value)];
  if (typeof value !== 'object' || value === null) return [];
  const thing = recordOf(value);
  const found = checks[`${thing['type']}`]?.(thing) ?? [];
  return [...found, ...Object.values(thing).flatMap(refused)];
}

function repeated(things: readonly unknown[]): string[] {
  return ['action_id', 'block_id'].flatMap((id) => {
    const ids = things.map((thing) => recordOf(thing)[id]).filter((given) => given !== undefined);
    return new Set(ids).size === ids.length && ids.every((given) => `${given}`.length <= 255)
      ? []
      : [`${id} not unique`];
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function tooLong(text: unknown, most: number): string[] {
  if (text === undefined) return [];
  const words = `${recordOf(text)['text']}`;
  return words.length >= 1 && words.length <= most ? [] : [`a text of ${words.length}, ${most} at most`];
}

function options(of: unknown, most: number): string[] {
  const given = list(of);
  return [
    ...(given.length >= 1 && given.length <= most ? [] : [`${given.length} options`]),
    ...given.flatMap((option) => {
      const { text, value } = recordOf(option);
      return [...tooLong(text, 75), ...(`${value}`.length >= 1 && `${value}`.length <= 75 ? [] : ['option value'])];
    }),
  ];
}

const checks: Readonly<Record<string, (thing: Readonly<Record<string, unknown>>) => string[]>> = {
  plain_text: (text) => tooLong(text, 3_000),
  mrkdwn: () => ['mrkdwn, in which typed text cannot be kept from being markup'],
  header: ({ text }) => tooLong(text, 150),
  actions: ({ elements }) => (list(elements).length >= 1 && list(elements).length <= 25 ? [] : ['elements of actions']),
  button: ({ text, value }) => [...tooLong(text, 75), ...(`${value}`.length <= 2_000 ? [] : ['button value'])],
  overflow: (menu) => options(menu['options'], 5),
  static_select: (select) => [...options(select['options'], 100), ...tooLong(select['placeholder'], 150)],
  input: ({ label, hint }) => [...tooLong(label, 2_000), ...tooLong(hint, 2_000)],
  plain_text_input: (input) => [
    ...(`${input['initial_value'] ?? ''}`.length <= 3_000 ? [] : ['initial_value']),
    ...tooLong(input['placeholder'], 150),
  ],
  rich_text: ({ elements }) => (list(elements).length > 0 ? [] : ['rich_text without elements']),
  rich_text_section: ({ elements }) => (list(elements).length > 0 ? [] : ['section without elements']),
  rich_text_quote: ({ elements }) => (list(elements).length > 0 ? [] : ['quote without elements']),
  text: ({ text }) => (`${text}`.length > 0 ? [] : ['text element without text']),
  user: ({ user_id }) => (`${user_id}` === 'U1' ? [] : ['someone called who is nobody here']),
  link: ({ url }) => (/^(https?|mailto):/i.test(`${url}`) && `${url}`.length <= 3_000 ? [] : ['link']),
  date: ({ timestamp }) => (Number.isInteger(timestamp) ? [] : ['timestamp']),
  broadcast: () => ['everybody called'],
  usergroup: () => ['a group called'],
};
