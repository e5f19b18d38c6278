import {
  elementFaults,
  type Fault,
  fault,
  inputsOnly,
  items,
  optionalText,
  optionalTextObject,
  textFaults,
  textObject,
  unique,
} from './element-limits.ts';
import { richTextFaults } from './rich-text-limits.ts';
import { type Json, recordOf, recordsOf } from './shapes.ts';

/** Blocks that a message, and that a view may have. */
export const mostBlocks = { message: 50, view: 100 } as const;

function section(block: Json, at: string): Fault[] {
  const { text, fields, accessory } = block;
  if (text === undefined && fields === undefined) return [fault('missing required field: text or fields', at)];
  return [
    ...(text === undefined ? [] : textObject(text, 3_000, `${at}/text`)),
    ...(fields === undefined ? [] : items(fields, 10, `${at}/fields`)),
    ...recordsOf(fields).flatMap((field, index) => textObject(field, 2_000, `${at}/fields/${index}`)),
    ...(accessory === undefined ? [] : placed(recordOf(accessory), `${at}/accessory`)),
  ];
}

/** An element that stands in no input block. */
function placed(element: Json, at: string): Fault[] {
  if (inputsOnly.has(String(element['type']))) return [fault(`unsupported type: ${element['type']}`, `${at}/type`)];
  return elementFaults(element, at);
}

function actions(block: Json, at: string): Fault[] {
  const elements = recordsOf(block['elements']);
  return [
    ...items(elements, 25, `${at}/elements`),
    ...unique(elements, 'action_id', `${at}/elements`),
    ...elements.flatMap((element, index) => placed(element, `${at}/elements/${index}`)),
  ];
}

function context(block: Json, at: string): Fault[] {
  const elements = recordsOf(block['elements']);
  return [
    ...items(elements, 10, `${at}/elements`),
    ...elements.flatMap((element, index) =>
      element['type'] === 'image'
        ? elementFaults(element, `${at}/elements/${index}`)
        : textObject(element, 2_000, `${at}/elements/${index}`),
    ),
  ];
}

const byType: Readonly<Record<string, (block: Json, at: string) => Fault[]>> = {
  section,
  actions,
  context,
  divider: () => [],
  header: (block, at) => textObject(block['text'], 150, `${at}/text`, 'plain_text'),
  image: (block, at) => [
    ...textFaults(block['image_url'], 3_000, `${at}/image_url`),
    ...textFaults(block['alt_text'], 2_000, `${at}/alt_text`),
    ...optionalTextObject(block['title'], 2_000, `${at}/title`),
  ],
  input: (block, at) => [
    ...textObject(block['label'], 2_000, `${at}/label`, 'plain_text'),
    ...optionalTextObject(block['hint'], 2_000, `${at}/hint`),
    ...elementFaults(recordOf(block['element']), `${at}/element`),
  ],
  markdown: (block, at) => textFaults(block['text'], 12_000, `${at}/text`),
  rich_text: richTextFaults,
};

/**
 * What Slack refuses in blocks (docs.slack.dev/reference/block-kit/blocks); empty when it takes them.
 *
 * @param people who may be mentioned, by id
 */
export function blockFaults(blocks: readonly Json[], most: number, people: ReadonlyMap<string, unknown>): Fault[] {
  return [
    ...(blocks.length > most ? [fault(`no more than ${most} items allowed`, '/blocks')] : []),
    ...unique(blocks, 'block_id', '/blocks'),
    ...blocks.flatMap((block, index) => {
      const at = `/blocks/${index}`;
      const check = byType[String(block['type'])];
      if (check === undefined) return [fault(`unsupported type: ${block['type']}`, `${at}/type`)];
      return [...optionalText(block['block_id'], 255, `${at}/block_id`), ...check(block, at)];
    }),
    ...strangers(blocks, people),
  ];
}

/** People who are chosen or mentioned, and are not there. */
function strangers(value: unknown, people: ReadonlyMap<string, unknown>): Fault[] {
  if (Array.isArray(value)) return value.flatMap((each) => strangers(each, people));
  const thing = recordOf(value);
  const named = thing['type'] === 'user' ? thing['user_id'] : thing['initial_user'];
  return [
    ...(typeof named === 'string' && !people.has(named) ? [fault(`invalid user: ${named}`, '/blocks')] : []),
    ...Object.values(thing).flatMap((each) => strangers(each, people)),
  ];
}
