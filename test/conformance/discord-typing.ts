import { ApplicationCommandOptionType as Type } from 'discord.js';
import type { Client } from '../emulators/discord/client.ts';
import type { Filled } from '../emulators/discord/command-options.ts';
import { type Json, recordsOf, textOf } from '../emulators/discord/shapes.ts';
import { Unable } from '../emulators/discord/unable.ts';
import { userId } from './discord-guild.ts';

/** A slash command as somebody fills it in at their Discord. */
export interface Typing {
  readonly words: readonly string[];
  readonly filled: Filled;
}

const moment =
  /\d+(?:\.\d+)?\s?[a-z]+\b(?:\d+[a-z]+)?|tomorrow(?: \S*\d\S*)?|(?:mon|tue|wed|thu|fri|sat|sun)\S* \S+|\d{4}-\d\d-\d\d(?: \d[\d:]*)?|\S+/
    .source;
const on = String.raw`(?<on>\d+)`;
const rest = '(?: (?<text>[^]+))?';

/** Which options people fill in for a line, by the names that the options have; the name of a subcommand is `verb`. */
const readings: readonly RegExp[] = [
  /^(?<verb>new)(?: in (?<queue>\S+))?(?: p(?<priority>\d+))?(?: for @(?<requestor>\S+))?(?: (?<subject>.+?)(?: ?: (?<body>.+))?)?$/,
  new RegExp(`^${on}$`),
  new RegExp(`^(?<verb>take|steal|release|watch|unwatch|show|history|undo|done) ${on}$`),
  new RegExp(`^(?<verb>reply|comment|open|reopen|resolve|reject|delete|next) ${on}${rest}$`),
  new RegExp(`^(?<verb>stall) ${on}(?: until (?<until>${moment}))?${rest}$`),
  new RegExp(`^(?<verb>remind) (?:me |@(?<person>\\S+) )?${on}(?: (?<when>${moment}))?${rest}$`),
  new RegExp(`^(?<verb>give|cc|admincc|requestor) ${on}(?: @(?<person>\\S+))?$`),
  new RegExp(`^(?<verb>set) ${on}(?: (?<field>\\w+)=(?<value>"[^"]*"|\\S+))?$`),
  new RegExp(`^(?<verb>priority) ${on}(?: (?<priority>\\d+))?$`),
  new RegExp(`^p(?<priority>\\d+) ${on}$`),
  new RegExp(`^(?<verb>move) ${on}(?: (?<queue>\\S+))?$`),
  new RegExp(`^(?<verb>due|snooze) ${on}(?: (?<when>.+))?$`),
  new RegExp(`^(?<verb>time) ${on}(?: (?<duration>\\S+))?${rest}$`),
  new RegExp(`^(?<verb>link) ${on} (?<kind>[a-z ]+?) (?<ticket>\\d+)$`),
  new RegExp(`^(?<verb>merge) ${on} into (?<ticket>\\d+)$`),
  /^(?<verb>list|mine|unowned)(?: (?<search>.+))?$/,
  /^(?<verb>find) (?<words>.+)$/,
  /^(?<verb>feed) (?<queue>\S+) here(?: (?<search>.+))?$/,
  /^(?<verb>unfeed) (?<queue>\S+) here$/,
  /^(?<verb>help)(?: (?<topic>.+))?$/,
  /^(?<verb>report)(?: (?<name>.+))?$/,
];

/** What a line without a verb is. */
const unspoken: Readonly<Record<string, string>> = { on: 'show', priority: 'priority' };

/** Fills in what a line says: the subcommand that is named so, or, where it does not fit, `/ticket do`. */
export function typed(client: Client, where: string, line: string): Typing {
  for (const reading of readings) {
    const groups = reading.exec(line)?.groups;
    if (groups === undefined) continue;
    const told = Object.entries(groups).filter(([, value]) => value !== undefined);
    const { verb = unspoken[told[0]?.[0] ?? ''] ?? '', ...said } = Object.fromEntries(told);
    const fits = fitting(client, where, verb, said);
    if (fits !== null) return fits;
  }
  return { words: ['ticket', 'do'], filled: { line } };
}

/** What is being typed, and in which option. */
export interface HalfTyped extends Typing {
  readonly option: string;
}

/** Half a line, as somebody types it who waits for what is offered. Null where it is the name of a subcommand yet. */
export function halfTyped(client: Client, where: string, line: string): HalfTyped | null {
  const [verb = '', ...others] = line.split(' ');
  const words = subcommandNamed(client, where, verb);
  if (others.length === 0) return null;
  const half = (option: string, value: string, before: Record<string, string> = {}): HalfTyped | null => {
    const fits = words === null ? null : fitting(client, where, verb, { ...before, [option]: value });
    return fits === null ? null : { ...fits, option };
  };
  const ticket = { on: others[0] ?? '' };
  const tail = others.slice(1).join(' ');
  const found = line.startsWith('new in ')
    ? half('queue', others.slice(1).join(' '))
    : others.length === 1
      ? (half('on', ticket.on) ?? half('queue', ticket.on) ?? half('search', ticket.on) ?? half('words', ticket.on))
      : ['until', 'person', 'queue', 'when', 'field', 'kind']
          .map((option) => half(option, tail.replace(/^(until|into) |^@/, ''), ticket))
          .find((each) => each !== null);
  return found ?? { words: ['ticket', 'do'], filled: { line }, option: 'line' };
}

/** The option of a command by its name. */
export function optionNamed(client: Client, where: string, { words }: Typing, name: string): Json {
  return client.choose(where, words).options.find((each) => each['name'] === name) ?? {};
}

/** The names of all subcommands, as Discord lists them when `/ticket` is typed. */
export function subcommandNames(client: Client, where: string): readonly string[] {
  return subcommands(client, where).map((words) => words.slice(1).join(' '));
}

function fitting(client: Client, where: string, verb: string, said: Readonly<Record<string, string>>): Typing | null {
  const words = subcommandNamed(client, where, verb);
  if (words === null) return null;
  const { options } = client.choose(where, words);
  const filled = Object.entries(said).map(([name, value]): [string, string | number] | null => {
    const option = options.find((each) => each['name'] === name);
    if (option === undefined) return null;
    if (option['type'] === Type.User) return isSomebody(client, value) ? [name, userId(value)] : null;
    return [name, option['type'] === Type.Integer ? Number(value) : value.replace(/^"(.*)"$/, '$1')];
  });
  if (filled.some((each) => each === null)) return null;
  return { words, filled: Object.fromEntries(filled.filter((each) => each !== null)) };
}

/** Discord offers only people who are there. */
function isSomebody(client: Client, name: string): boolean {
  return client.people().some(({ username }) => username === name);
}

function subcommandNamed(client: Client, where: string, verb: string): readonly string[] | null {
  return subcommands(client, where).find((words) => words.at(-1) === verb) ?? null;
}

/** All subcommands of `/ticket`, with the words that lead to them. */
function subcommands(client: Client, where: string): readonly (readonly string[])[] {
  const ticket = client.commands(where).find(({ name }) => name === 'ticket');
  if (ticket === undefined) throw new Unable('there is no /ticket here');
  return recordsOf(ticket.definition['options']).flatMap(({ name, type, options }) =>
    type === Type.SubcommandGroup
      ? recordsOf(options).map((inner) => ['ticket', textOf(name), textOf(inner['name'])])
      : [['ticket', textOf(name)]],
  );
}
