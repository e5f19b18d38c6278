import { ButtonStyle, ComponentType } from 'discord.js';
import { flag } from './flags.ts';
import { required, tooLong, tooMany, wrongLength } from './message-limits.ts';
import { type Fault, fault } from './refusal.ts';
import { type Json, recordOf, recordsOf, textOf } from './shapes.ts';

/** https://docs.discord.com/developers/components/reference */
const most = {
  rows: 5,
  buttons: 5,
  options: 25,
  inAll: 40,
  text: 4_000,
  label: 80,
  customId: 100,
  placeholder: 150,
} as const;

/** The kinds that a message without the flag for new components cannot have. */
const onlyV2: ReadonlySet<unknown> = new Set([
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.Thumbnail,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
]);

/** A component, and where it stands. */
export interface Placed {
  readonly path: Fault['path'];
  readonly component: Json;
}

/** What of a message's components breaks one of Discord's limits. */
export function componentFaults(components: unknown, flags: number): Fault[] {
  const all = recordsOf(components).flatMap((component, at) => placed(['components', at], component));
  const isV2 = (flags & flag.v2) !== 0;
  const faults = [...all.flatMap(faultsOf), ...duplicates(all)];
  if (isV2) return [...faults, ...sizeFaults(all)];
  const strange = all.filter(({ component }) => onlyV2.has(component['type']));
  return [
    ...faults,
    ...tooMany(['components'], recordsOf(components), most.rows),
    ...strange.map(({ path }) =>
      fault([...path, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).'),
    ),
    ...recordsOf(components).flatMap(({ type }, at) =>
      type === ComponentType.ActionRow || onlyV2.has(type)
        ? []
        : [fault(['components', at, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).')],
    ),
  ];
}

/** A component, and all that is inside of it. */
export function placed(path: Fault['path'], component: Json): readonly Placed[] {
  const { components, accessory, component: inner } = component;
  return [
    { path, component },
    ...recordsOf(components).flatMap((each, at) => placed([...path, 'components', at], each)),
    ...(accessory === undefined ? [] : placed([...path, 'accessory'], recordOf(accessory))),
    ...(inner === undefined ? [] : placed([...path, 'component'], recordOf(inner))),
  ];
}

/** Of all components of a message together. */
function sizeFaults(all: readonly Placed[]): Fault[] {
  const text = all.reduce((length, { component }) => length + textOf(component['content']).length, 0);
  return [
    ...(all.length > most.inAll
      ? [
          fault(
            ['components'],
            'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
            `The total number of components cannot exceed ${most.inAll}`,
          ),
        ]
      : []),
    ...(text > most.text
      ? [
          fault(
            ['components'],
            'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
            `The total displayable text size exceeds the maximum size of ${most.text}`,
          ),
        ]
      : []),
  ];
}

/** No two components share a custom id. */
export function duplicates(all: readonly Placed[]): Fault[] {
  const seen = new Set<string>();
  return all.flatMap(({ path, component }) => {
    const id = textOf(component['custom_id']);
    if (id === '' || !seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      fault([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'),
    ];
  });
}

function faultsOf({ path, component }: Placed): Fault[] {
  switch (component['type']) {
    case ComponentType.ActionRow:
      return rowFaults(path, recordsOf(component['components']));
    case ComponentType.Button:
      return buttonFaults(path, component);
    case ComponentType.StringSelect:
      return [...selectFaults(path, component), ...optionFaults(path, component)];
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return selectFaults(path, component);
    case ComponentType.TextDisplay:
      return wrongLength([...path, 'content'], textOf(component['content']), 1, most.text);
    case ComponentType.Section:
      return sectionFaults(path, component);
    default:
      return [];
  }
}

function rowFaults(path: Fault['path'], inside: readonly Json[]): Fault[] {
  if (inside.length === 0)
    return [fault([...path, 'components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.')];
  const width = inside.reduce((all, { type }) => all + (type === ComponentType.Button ? 1 : most.buttons), 0);
  return width <= most.buttons
    ? []
    : [
        fault(
          [...path, 'components'],
          'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          'The specified component exceeds the maximum width',
        ),
      ];
}

function sectionFaults(path: Fault['path'], { components, accessory }: Json): Fault[] {
  return [
    ...(recordsOf(components).length < 1 || recordsOf(components).length > 3
      ? [fault([...path, 'components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 3 in length.')]
      : []),
    ...required([...path, 'accessory'], accessory),
  ];
}

function buttonFaults(path: Fault['path'], { style, label, emoji, custom_id: id, url }: Json): Fault[] {
  const isLink = style === ButtonStyle.Link;
  return [
    ...tooLong([...path, 'label'], textOf(label), most.label),
    ...(textOf(label) === '' && emoji === undefined
      ? [fault([...path], 'BUTTON_COMPONENT_INVALID_EMOJI_OR_LABEL', 'A button must have a label or an emoji')]
      : []),
    ...(isLink ? required([...path, 'url'], url) : [...customIdFaults(path, id)]),
    ...(isLink && id !== undefined && id !== null
      ? [
          fault(
            [...path, 'custom_id'],
            'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
            'A custom id and url cannot both be specified',
          ),
        ]
      : []),
  ];
}

/** @returns what is wrong with the name under which the application will know a component */
export function customIdFaults(path: Fault['path'], id: unknown): Fault[] {
  return textOf(id) === ''
    ? required([...path, 'custom_id'], null)
    : wrongLength([...path, 'custom_id'], textOf(id), 1, most.customId);
}

function selectFaults(path: Fault['path'], { custom_id: id, placeholder }: Json): Fault[] {
  return [...customIdFaults(path, id), ...tooLong([...path, 'placeholder'], textOf(placeholder), most.placeholder)];
}

function optionFaults(path: Fault['path'], { options, max_values: max, min_values: min }: Json): Fault[] {
  const all = recordsOf(options);
  const at = [...path, 'options'];
  const values = all.map(({ value }) => value);
  return [
    ...(all.length < 1 || all.length > most.options
      ? [fault(at, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most.options} in length.`)]
      : []),
    ...all.flatMap(({ label, value, description }, index) => [
      ...wrongLength([...at, index, 'label'], textOf(label), 1, 100),
      ...wrongLength([...at, index, 'value'], textOf(value), 1, 100),
      ...tooLong([...at, index, 'description'], textOf(description), 100),
      ...(values.indexOf(value) < index
        ? [
            fault(
              [...at, index, 'value'],
              'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
              'The specified option value is already used',
            ),
          ]
        : []),
    ]),
    ...(Number(max ?? 1) > all.length || Number(min ?? 1) > Number(max ?? 1)
      ? [
          fault(
            [...path, 'max_values'],
            'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE',
            'max_values exceeds the number of options',
          ),
        ]
      : []),
  ];
}
