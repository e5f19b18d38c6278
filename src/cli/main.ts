#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { nearest } from '../ticket/nearest.ts';
import type { Subcommand } from './subcommand.ts';
import { subcommands } from './subcommands.ts';

/** What stands on the command line cannot be understood. */
const misuse = 2;

const status = await run(process.argv.slice(2));
// What `start` has set by itself by now stays.
if (status !== 0) process.exitCode = status;

async function run(typed: readonly string[]): Promise<number> {
  const line = readLine(typed);
  if (typeof line === 'string') return refuse(line);
  if (line.version) {
    console.log(version());
    return 0;
  }
  if (line.help || line.words.length === 0 || line.words[0] === 'help') {
    console.log(help());
    return 0;
  }
  const subcommand = subcommands.find(({ name }) => beginsWith(line.words, name));
  if (subcommand === undefined) return refuse(unknownCommand(line.words));
  const given = line.words.slice(subcommand.name.split(' ').length);
  const least = subcommand.takes.filter((each) => !each.startsWith('[')).length;
  if (given.length < least || given.length > subcommand.takes.length) {
    return refuse(`Write \`docket ${usage(subcommand)}\`.`);
  }
  for (const option of ['url', 'all'] as const) {
    if (line[option] !== undefined && !subcommand.options?.includes(option)) {
      return refuse(`\`docket ${subcommand.name}\` takes no --${option}.`);
    }
  }
  const words = subcommand.takes.map((_, index) => given[index]);
  return subcommand.run(...words, ...(subcommand.options ?? []).map((option) => line[option]));
}

interface Line {
  readonly words: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  readonly url: string | undefined;
  readonly all: 'all' | undefined;
}

function readLine(typed: readonly string[]): Line | string {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const options = {
      help: { ...flag, short: 'h' },
      version: { ...flag, short: 'v' },
      all: flag,
      url: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...typed], allowPositionals: true, options });
    const { help, version, url } = values;
    return { words: positionals, help, version, url, all: values.all ? 'all' : undefined };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      return `${error.message.split('. ')[0]}. \`docket help\` lists what there is.`;
    }
    throw error;
  }
}

function beginsWith(words: readonly string[], name: string): boolean {
  return name.split(' ').every((word, index) => words[index] === word);
}

function unknownCommand(words: readonly string[]): string {
  const names = [...subcommands.map(({ name }) => name), 'help'];
  const typed = words.slice(0, 2).join(' ');
  // `config` alone, or followed by something else, is the beginning of several.
  const longer = names.filter((name) => name.startsWith(`${words[0]} `));
  const meant = nearest(typed, names) ?? nearest(words[0] ?? '', names);
  const instead = meant === null && longer.length > 0 ? longer : [meant ?? 'help'];
  return `There is no command \`${typed}\`. Try ${instead.map((name) => `\`docket ${name}\``).join(' or ')}.`;
}

function refuse(why: string): number {
  console.error(why);
  return misuse;
}

function usage({ name, takes, options = [] }: Pick<Subcommand, 'name' | 'takes' | 'options'>): string {
  return [name, ...takes, ...options.map((option) => (option === 'url' ? '[--url URL]' : `[--${option}]`))].join(' ');
}

/** The version in the package, which lies above the sources by two folders and above what is built from them by three. */
function version(): string {
  for (const up of ['../..', '../../..']) {
    const file = new URL(`${up}/package.json`, import.meta.url);
    if (existsSync(file)) return String(JSON.parse(readFileSync(file, 'utf8')).version);
  }
  return 'unknown';
}

function help(): string {
  const all = [...subcommands, { name: 'help', takes: [], summary: 'Prints this.' }];
  const width = Math.max(...all.map((each) => usage(each).length));
  const rows = all.map((each) => `  docket ${usage(each).padEnd(width)}  ${each.summary}`);
  return `Docket, a ticket desk that lives in chat.\n\n${rows.join('\n')}`;
}
