import { type Fault, fault, items, textFaults } from './element-limits.ts';
import { type Json, recordsOf } from './shapes.ts';

const containers: ReadonlySet<string> = new Set([
  'rich_text_section',
  'rich_text_list',
  'rich_text_quote',
  'rich_text_preformatted',
]);

const leaves: Readonly<Record<string, (leaf: Json, at: string) => Fault[]>> = {
  text: (leaf, at) => textFaults(leaf['text'], 40_000, `${at}/text`),
  link: (leaf, at) => (/^(https?|mailto|tel):/i.test(String(leaf['url'])) ? [] : [fault('invalid url', `${at}/url`)]),
  user: (leaf, at) => textFaults(leaf['user_id'], 255, `${at}/user_id`),
  usergroup: (leaf, at) => textFaults(leaf['usergroup_id'], 255, `${at}/usergroup_id`),
  channel: (leaf, at) => textFaults(leaf['channel_id'], 255, `${at}/channel_id`),
  emoji: (leaf, at) => textFaults(leaf['name'], 255, `${at}/name`),
  broadcast: (leaf, at) =>
    ['here', 'channel', 'everyone'].includes(String(leaf['range'])) ? [] : [fault('invalid range', `${at}/range`)],
  date: (leaf, at) => [
    ...(Number.isInteger(leaf['timestamp']) ? [] : [fault('must be an integer', `${at}/timestamp`)]),
    ...textFaults(leaf['format'], 255, `${at}/format`),
  ],
  color: (leaf, at) => textFaults(leaf['value'], 255, `${at}/value`),
};

/** What is wrong with a rich text block (docs.slack.dev/reference/block-kit/blocks/rich-text-block). */
export function richTextFaults(block: Json, at: string): Fault[] {
  const elements = recordsOf(block['elements']);
  return [
    ...items(elements, 1_000, `${at}/elements`),
    ...elements.flatMap((element, index) => containerFaults(element, `${at}/elements/${index}`)),
  ];
}

function containerFaults(element: Json, at: string): Fault[] {
  const type = String(element['type']);
  if (!containers.has(type)) return [fault(`unsupported type: ${type}`, `${at}/type`)];
  return recordsOf(element['elements']).flatMap((child, index) => {
    const place = `${at}/elements/${index}`;
    if (type === 'rich_text_list') return containerFaults(child, place);
    const check = leaves[String(child['type'])];
    return check === undefined ? [fault(`unsupported type: ${child['type']}`, `${place}/type`)] : check(child, place);
  });
}
