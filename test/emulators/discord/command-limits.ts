import { ApplicationCommandType, ApplicationCommandOptionType as OptionType } from 'discord.js';
import { required, tooLong, tooMany, wrongLength } from './message-limits.ts';
import { type Fault, fault } from './refusal.ts';
import { type Json, recordsOf, textOf } from './shapes.ts';

/** https://docs.discord.com/developers/interactions/application-commands */
const most = { options: 25, choices: 25, inAll: 8_000, chatInput: 100, contextMenu: 15 } as const;

/** What commands and options in chat can be called; without capitals, where a letter has a small one. */
const validName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

type Path = Fault['path'];

const isGroup = ({ type }: Json) => type === OptionType.SubcommandGroup;
const isSubcommand = ({ type }: Json) => type === OptionType.Subcommand;

/** What of a command's definition breaks one of Discord's limits. */
export function commandFaults(path: Path, command: Json): Fault[] {
  const { name, type = ApplicationCommandType.ChatInput, description, options } = command;
  if (type !== ApplicationCommandType.ChatInput) {
    return [
      ...wrongLength([...path, 'name'], textOf(name), 1, 32),
      ...(textOf(description) === ''
        ? []
        : [
            fault(
              [...path, 'description'],
              'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED',
              'Context menu commands cannot have description',
            ),
          ]),
      ...(recordsOf(options).length === 0
        ? []
        : [
            fault(
              [...path, 'options'],
              'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED',
              'Context menu commands cannot have options',
            ),
          ]),
    ];
  }
  const size = sizeOf(command);
  return [
    ...namedFaults(path, command),
    ...levelFaults([...path, 'options'], recordsOf(options), 0),
    ...(size > most.inAll
      ? [fault(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${most.inAll})`)]
      : []),
  ];
}

/** What a set of commands is too many of, or names twice. */
export function setFaults(commands: readonly Json[]): Fault[] {
  const kind = ({ type = ApplicationCommandType.ChatInput }: Json) => Number(type);
  const chat = commands.filter((each) => kind(each) === ApplicationCommandType.ChatInput);
  const menus = [ApplicationCommandType.User, ApplicationCommandType.Message].map((type) =>
    commands.filter((each) => kind(each) === type),
  );
  const names = commands.map((each) => `${kind(each)} ${textOf(each['name'])}`);
  return [
    ...tooMany([], chat, most.chatInput),
    ...menus.flatMap((each) => tooMany([], each, most.contextMenu)),
    ...names.flatMap((name, at) =>
      names.indexOf(name) < at
        ? [fault([at], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')]
        : [],
    ),
  ];
}

function namedFaults(path: Path, { name, description }: Json): Fault[] {
  const text = textOf(name);
  const valid = validName.test(text) && text === text.toLowerCase();
  return [
    ...(valid ? [] : [fault([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')]),
    ...wrongLength([...path, 'description'], textOf(description), 1, 100),
  ];
}

/** @param depth 0 of a command, 1 of a group, 2 of a subcommand */
function levelFaults(path: Path, options: readonly Json[], depth: number): Fault[] {
  const nested = options.filter((each) => isGroup(each) || isSubcommand(each));
  const names = options.map(({ name }) => name);
  return [
    ...tooMany(path, options, most.options),
    ...(nested.length > 0 && nested.length < options.length
      ? [
          fault(
            path,
            'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
            'Sub-command and sub-command group option types are mutually exclusive to all other types',
          ),
        ]
      : []),
    ...options.flatMap((option, at) => {
      const here = [...path, at];
      if (names.indexOf(option['name']) < at) {
        return [
          fault([...here, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists'),
        ];
      }
      return [...namedFaults(here, option), ...innerFaults(here, option, depth), ...orderFaults(here, options, at)];
    }),
  ];
}

function innerFaults(path: Path, option: Json, depth: number): Fault[] {
  const inside = recordsOf(option['options']);
  const misplaced = fault(
    [...path, 'type'],
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    'Nesting of multiple sub-command groups is not allowed',
  );
  if (isGroup(option)) {
    if (depth > 0) return [misplaced];
    return [...levelFaults([...path, 'options'], inside, 1), ...(inside.every(isSubcommand) ? [] : [misplaced])];
  }
  if (isSubcommand(option)) return depth > 1 ? [misplaced] : levelFaults([...path, 'options'], inside, 2);
  return choiceFaults(path, option);
}

/** "Required options must be listed before optional options." */
function orderFaults(path: Path, options: readonly Json[], at: number): Fault[] {
  const late =
    options[at]?.['required'] === true &&
    options.slice(0, at).some((each) => isPlain(each) && each['required'] !== true);
  return late
    ? [
        fault(
          path,
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        ),
      ]
    : [];
}

function isPlain(option: Json): boolean {
  return !isGroup(option) && !isSubcommand(option);
}

function choiceFaults(path: Path, { choices, autocomplete, type }: Json): Fault[] {
  const all = recordsOf(choices);
  const values = all.map(({ value }) => value);
  const known = Number(type) >= OptionType.String && Number(type) <= OptionType.Attachment;
  return [
    ...(known ? [] : required([...path, 'type'], null)),
    ...tooMany([...path, 'choices'], all, most.choices),
    ...all.flatMap(({ name, value }, at) => [
      ...wrongLength([...path, 'choices', at, 'name'], textOf(name), 1, 100),
      ...(typeof value === 'string' ? tooLong([...path, 'choices', at, 'value'], value, 100) : []),
      ...(values.indexOf(value) < at
        ? [
            fault(
              [...path, 'choices', at],
              'APPLICATION_COMMAND_OPTIONS_CHOICE_DUPLICATE',
              'Choice values must be unique',
            ),
          ]
        : []),
    ]),
    ...(autocomplete === true && all.length > 0
      ? [
          fault(
            [...path, 'autocomplete'],
            'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
            'Autocomplete cannot be used together with choices',
          ),
        ]
      : []),
  ];
}

/** The characters of names, descriptions and choices' values together, with all that is inside. */
function sizeOf(option: Json): number {
  const own = [option['name'], option['description']].reduce<number>((all, text) => all + textOf(text).length, 0);
  const choices = recordsOf(option['choices']).reduce(
    (all, { name, value }) => all + textOf(name).length + `${value}`.length,
    0,
  );
  return recordsOf(option['options']).reduce((all, each) => all + sizeOf(each), own + choices);
}
