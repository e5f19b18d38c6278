import { type Json, recordOf, recordsOf } from './shapes.ts';

/** Says what is wrong at a place of a payload: `must be less than 76 characters [json-pointer:/blocks/0/text/text]`. */
export type Fault = string;

export function fault(what: string, pointer: string): Fault {
  return `${what} [json-pointer:${pointer}]`;
}

/** A text that must be there, and no longer than so many characters. */
export function textFaults(value: unknown, most: number, pointer: string): Fault[] {
  if (typeof value !== 'string') return [fault('must be a string', pointer)];
  if (value === '') return [fault('must be more than 0 characters', pointer)];
  return value.length > most ? [fault(`must be less than ${most + 1} characters`, pointer)] : [];
}

/** A text that may be left out. */
export function optionalText(value: unknown, most: number, pointer: string): Fault[] {
  return value === undefined || value === '' ? [] : textFaults(value, most, pointer);
}

/** A text object. `kind`: the types that it may be of. */
export function textObject(value: unknown, most: number, pointer: string, kind: 'plain_text' | 'any' = 'any'): Fault[] {
  const { type, text } = recordOf(value);
  if (value === undefined) return [fault('missing required field: text', pointer)];
  if (type !== 'plain_text' && (kind === 'plain_text' || type !== 'mrkdwn')) {
    return [fault(`unsupported type: ${type}`, `${pointer}/type`)];
  }
  return textFaults(text, most, `${pointer}/text`);
}

export function optionalTextObject(value: unknown, most: number, pointer: string): Fault[] {
  return value === undefined ? [] : textObject(value, most, pointer, 'plain_text');
}

/** A list with at least one item. */
export function items(value: unknown, most: number, pointer: string): Fault[] {
  const count = recordsOf(value).length;
  if (count === 0) return [fault('must provide at least 1 item', pointer)];
  return count > most ? [fault(`no more than ${most} items allowed`, pointer)] : [];
}

/** Texts that have to differ among each other, as ids do. */
export function unique(things: readonly Json[], name: string, pointer: string): Fault[] {
  const given = things.map((thing) => thing[name]).filter((id) => id !== undefined);
  return new Set(given).size === given.length ? [] : [fault(`\`${name}\` must be unique`, pointer)];
}

function options(value: unknown, most: number, pointer: string): Fault[] {
  return [
    ...items(value, most, pointer),
    ...recordsOf(value).flatMap((option, index) => [
      ...textObject(option['text'], 75, `${pointer}/${index}/text`),
      ...textFaults(option['value'], 75, `${pointer}/${index}/value`),
    ]),
  ];
}

function select(element: Json, at: string): Fault[] {
  const grouped = element['option_groups'] !== undefined;
  const groups = recordsOf(element['option_groups']);
  const offered = grouped ? groups.flatMap((group) => recordsOf(group['options'])) : recordsOf(element['options']);
  const initial = recordOf(element['initial_option'])['value'];
  return [
    ...(grouped ? items(groups, 100, `${at}/option_groups`) : options(element['options'], 100, `${at}/options`)),
    ...(initial !== undefined && !offered.some(({ value }) => value === initial)
      ? [fault('provided option is not among the options', `${at}/initial_option`)]
      : []),
  ];
}

function typed(element: Json, at: string): Fault[] {
  const { initial_value: initial, max_length: most, min_length: least } = element;
  const room = typeof most === 'number' ? most : 3_000;
  return [
    ...(room < 1 || room > 3_000 ? [fault('must be between 1 and 3000', `${at}/max_length`)] : []),
    ...(typeof least === 'number' && (least < 0 || least > room) ? [fault('must be less', `${at}/min_length`)] : []),
    ...optionalText(initial, room, `${at}/initial_value`),
  ];
}

const byType: Readonly<Record<string, (element: Json, at: string) => Fault[]>> = {
  button: (element, at) => [
    ...textObject(element['text'], 75, `${at}/text`, 'plain_text'),
    ...optionalText(element['value'], 2_000, `${at}/value`),
    ...optionalText(element['url'], 3_000, `${at}/url`),
    ...([undefined, 'primary', 'danger'].includes(element['style'] as undefined) ? [] : [fault('unknown style', at)]),
  ],
  overflow: (element, at) => options(element['options'], 5, `${at}/options`),
  static_select: select,
  multi_static_select: select,
  radio_buttons: (element, at) => options(element['options'], 10, `${at}/options`),
  checkboxes: (element, at) => options(element['options'], 10, `${at}/options`),
  plain_text_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  number_input: () => [],
  users_select: () => [],
  multi_users_select: () => [],
  conversations_select: () => [],
  multi_conversations_select: () => [],
  channels_select: () => [],
  multi_channels_select: () => [],
  datepicker: () => [],
  timepicker: () => [],
  datetimepicker: () => [],
  image: (element, at) => [
    ...textFaults(element['image_url'], 3_000, `${at}/image_url`),
    ...textFaults(element['alt_text'], 2_000, `${at}/alt_text`),
  ],
};

/** Elements that only an input block can hold. */
export const inputsOnly: ReadonlySet<string> = new Set([
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
]);

/** What is wrong with an element of a block (docs.slack.dev/reference/block-kit/block-elements). */
export function elementFaults(element: Json, at: string): Fault[] {
  const check = byType[String(element['type'])];
  if (check === undefined) return [fault(`unsupported type: ${element['type']}`, `${at}/type`)];
  return [
    ...optionalText(element['action_id'], 255, `${at}/action_id`),
    ...optionalTextObject(element['placeholder'], 150, `${at}/placeholder`),
    ...check(element, at),
  ];
}
