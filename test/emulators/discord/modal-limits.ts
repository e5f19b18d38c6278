import { ComponentType } from 'discord.js';
import { customIdFaults, duplicates, placed } from './component-limits.ts';
import { tooLong, wrongLength } from './message-limits.ts';
import { type Fault, fault } from './refusal.ts';
import { type Json, recordOf, recordsOf, textOf } from './shapes.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
const most = {
  title: 45,
  components: 5,
  label: 45,
  description: 100,
  placeholder: 100,
  text: 4_000,
  options: 25,
} as const;

/** What can stand at the top of a modal. */
const atTop: ReadonlySet<unknown> = new Set([ComponentType.ActionRow, ComponentType.TextDisplay, ComponentType.Label]);

/** What a label can be put to. */
const inLabel: ReadonlySet<unknown> = new Set([
  ComponentType.TextInput,
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
  ComponentType.FileUpload,
]);

/** What of a modal breaks one of Discord's limits. */
export function modalFaults({ custom_id: id, title, components }: Json): Fault[] {
  const tops = recordsOf(components);
  const all = tops.flatMap((component, at) => placed(['data', 'components', at], component));
  return [
    ...customIdFaults(['data'], id),
    ...wrongLength(['data', 'title'], textOf(title), 1, most.title),
    ...(tops.length < 1 || tops.length > most.components
      ? [fault(['data', 'components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most.components} in length.`)]
      : []),
    ...tops.flatMap((component, at) => topFaults(['data', 'components', at], component)),
    ...duplicates(all),
  ];
}

function topFaults(path: Fault['path'], component: Json): Fault[] {
  const { type, label, description, components } = component;
  if (!atTop.has(type))
    return [fault([...path, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 10, 18).')];
  if (type === ComponentType.TextDisplay) return [];
  if (type === ComponentType.ActionRow) {
    const inside = recordsOf(components);
    const [input = {}] = inside;
    if (inside.length === 1 && input['type'] === ComponentType.TextInput) {
      return [
        ...inputFaults([...path, 'components', 0], input),
        ...wrongLength([...path, 'components', 0, 'label'], textOf(input['label']), 1, most.label),
      ];
    }
    return [fault([...path, 'components'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (4,).')];
  }
  const inner = recordOf(component['component']);
  return [
    ...wrongLength([...path, 'label'], textOf(label), 1, most.label),
    ...tooLong([...path, 'description'], textOf(description), most.description),
    ...(inLabel.has(inner['type'])
      ? inputFaults([...path, 'component'], inner)
      : [
          fault(
            [...path, 'component', 'type'],
            'UNION_TYPE_CHOICES',
            'Value of field "type" is not allowed in a label.',
          ),
        ]),
  ];
}

function inputFaults(path: Fault['path'], input: Json): Fault[] {
  const { custom_id: id, placeholder, value, type, options, min_length: min, max_length: max } = input;
  const isText = type === ComponentType.TextInput;
  const choices = recordsOf(options);
  return [
    ...customIdFaults(path, id),
    ...tooLong([...path, 'placeholder'], textOf(placeholder), isText ? most.placeholder : 150),
    ...tooLong([...path, 'value'], textOf(value), Math.min(most.text, Number(max ?? most.text))),
    ...(isText && Number(min ?? 0) > Number(max ?? most.text)
      ? [fault([...path, 'min_length'], 'TEXT_INPUT_MIN_GREATER_THAN_MAX', 'min_length is greater than max_length')]
      : []),
    ...(type === ComponentType.StringSelect && (choices.length < 1 || choices.length > most.options)
      ? [fault([...path, 'options'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most.options} in length.`)]
      : []),
    ...choices.flatMap(({ label, value: of }, at) => [
      ...wrongLength([...path, 'options', at, 'label'], textOf(label), 1, 100),
      ...wrongLength([...path, 'options', at, 'value'], textOf(of), 1, 100),
    ]),
  ];
}
