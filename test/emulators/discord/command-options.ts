import { ApplicationCommandOptionType as Type } from 'discord.js';
import type { Command } from './commands.ts';
import type { Core } from './core.ts';
import { type Channel, type Json, recordsOf, textOf } from './shapes.ts';
import { Unable } from './unable.ts';

/** What somebody fills in, by the names of options. People, roles and channels by their ids. */
export type Filled = Readonly<Record<string, string | number | boolean>>;

/** A command with its subcommand: what Discord's client offers to fill in. */
export interface Chosen {
  readonly command: Command;
  /** The names of the group and the subcommand. */
  readonly path: readonly string[];
  readonly options: readonly Json[];
}

/** Finds what somebody chooses: `['ticket', 'people', 'cc']`. @throws Unable where it was not registered */
export function choose(commands: readonly Command[], type: number, words: readonly string[]): Chosen {
  const [name = '', ...path] = words;
  const command = commands.find((each) => each.type === type && each.name === name);
  if (command === undefined) throw new Unable(`there is no command ${name}`);
  let options = recordsOf(command.definition['options']);
  for (const step of path) {
    const next = options.find((each) => each['name'] === step && isLevel(each));
    if (next === undefined) throw new Unable(`there is no /${words.join(' ')}`);
    options = recordsOf(next['options']);
  }
  if (options.some(isLevel)) throw new Unable(`/${words.join(' ')} takes one more word`);
  return { command, path, options };
}

export function isLevel({ type }: Json): boolean {
  return type === Type.Subcommand || type === Type.SubcommandGroup;
}

/**
 * The options as they are sent.
 *
 * @param typing the option that is being typed; null where the command is sent, and all that is required is to be there
 * @throws Unable where the definition does not allow what was filled in
 */
export function optionsJson(core: Core, where: Channel, chosen: Chosen, filled: Filled, typing: string | null): Json[] {
  for (const name of Object.keys(filled)) {
    if (!chosen.options.some((each) => each['name'] === name)) throw new Unable(`${name} is no option of this command`);
  }
  const sent = chosen.options.flatMap((option) => {
    const name = textOf(option['name']);
    const value = filled[name];
    if (name === typing) return [{ name, type: option['type'], value: value ?? '', focused: true }];
    if (value !== undefined) {
      const wrong = typing === null ? wrongIn(core, where, option, value) : null;
      if (wrong !== null) throw new Unable(`${name}: ${wrong}`);
      return [{ name, type: option['type'], value }];
    }
    if (typing === null && option['required'] === true) throw new Unable(`${name}: This option is required.`);
    return [];
  });
  return nested(chosen, sent);
}

/** Options inside of their subcommand and group. */
function nested({ path }: Chosen, sent: readonly Json[]): Json[] {
  const [outer, inner] = path;
  if (outer === undefined) return [...sent];
  if (inner === undefined) return [{ name: outer, type: Type.Subcommand, options: sent }];
  return [
    { name: outer, type: Type.SubcommandGroup, options: [{ name: inner, type: Type.Subcommand, options: sent }] },
  ];
}

/** The ids of people and channels among what was filled in. */
export function namedIn(options: readonly Json[], filled: Filled): { users: string[]; channels: string[] } {
  const of = (...types: readonly number[]) =>
    options
      .filter(({ type }) => types.includes(Number(type)))
      .flatMap(({ name }) => (filled[textOf(name)] === undefined ? [] : [`${filled[textOf(name)]}`]));
  return { users: of(Type.User), channels: of(Type.Channel) };
}

/** What is wrong with what was filled in, as Discord's client says it in red; null where nothing is. */
function wrongIn(core: Core, where: Channel, option: Json, value: string | number | boolean): string | null {
  const { type, choices, min_length: least = 1, max_length: most = 6_000, min_value, max_value } = option;
  const offered = recordsOf(choices);
  if (offered.length > 0 && !offered.some((each) => each['value'] === value)) return 'is none of the choices';
  switch (type) {
    case Type.String:
      if (typeof value !== 'string') return 'is no text';
      if (value.length < Number(least)) return `must be at least ${least} characters`;
      return value.length > Number(most) ? `must be at most ${most} characters` : null;
    case Type.Integer:
    case Type.Number:
      if (typeof value !== 'number' || (type === Type.Integer && !Number.isInteger(value))) return 'is no number';
      if (value < Number(min_value ?? value)) return `must be at least ${min_value}`;
      return value > Number(max_value ?? value) ? `must be at most ${max_value}` : null;
    case Type.Boolean:
      return typeof value === 'boolean' ? null : 'is neither true nor false';
    case Type.User:
      return isThere(core, where, `${value}`) ? null : 'is nobody here';
    case Type.Role:
      return core.world.guildOf(where)?.roles.has(`${value}`) ? null : 'is no role here';
    case Type.Channel:
      return core.world.channels.get(`${value}`)?.guild === where.guild ? null : 'is no channel here';
    default:
      return 'is of a kind that is not known';
  }
}

function isThere({ world }: Core, where: Channel, user: string): boolean {
  return world.guildOf(where)?.members.has(user) ?? where.members.has(user);
}
