import { ApplicationCommandOptionType as Type } from 'discord.js';
import { z } from 'zod';
import type { Suggestion } from '../connector.ts';
import { groups, type Option, type Subcommand, subcommands } from './subcommands.ts';

interface RawOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean | undefined;
  readonly focused?: boolean | undefined;
  readonly options?: readonly RawOption[] | undefined;
}

const optionShape: z.ZodType<RawOption> = z.object({
  name: z.string(),
  type: z.int(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
  get options() {
    return z.array(optionShape).optional();
  },
});

const typedShape = z.object({ options: z.array(optionShape).default([]) });

/** What a slash command asks for: a line of the grammar, or the answers to a command's form. */
export type Asked =
  | { readonly line: string /** A form is likely to follow. */; readonly asks: boolean }
  | { readonly command: string; readonly answers: Readonly<Record<string, string>> };

interface Typed {
  readonly subcommand: Subcommand;
  readonly values: ReadonlyMap<string, string>;
  /** The option that is being typed; null when all is. */
  readonly focused: Option | null;
}

/**
 * What `/ticket` was told. Null for a subcommand that is not known: the commands were registered by another version.
 *
 * @param data the `data` of the interaction
 */
export function askedBy(data: unknown): Asked | null {
  const typed = read(data);
  if (typed === null) return null;
  const { subcommand, values } = typed;
  const { form, asks, options } = subcommand;
  const missing = asks.some((name) => !values.has(name));
  const answers = Object.fromEntries([...values].filter(([name]) => name !== 'on'));
  if (form !== null && Object.keys(answers).length > 0) return { command: filled(form, values), answers };
  return { line: filled(subcommand.line, values), asks: missing && options.length > 0 };
}

/** The line of the grammar that what is being typed belongs to; null where nothing can be offered. */
export function lineToComplete(data: unknown): string | null {
  const typed = read(data);
  const begin = typed === null ? null : begins(typed);
  return typed?.focused && begin !== null ? begin + (typed.values.get(typed.focused.name) ?? '') : null;
}

/** Characters of a choice's name and value, and how many there can be (docs.discord.com, "Option Choice Structure"). */
const most = { characters: 100, choices: 25 };

/** Suggestions as choices for what is being typed. */
export function choicesFor(data: unknown, suggestions: readonly Suggestion[]): { name: string; value: string }[] {
  const typed = read(data);
  const begin = typed === null ? null : begins(typed);
  if (begin === null) return [];
  return suggestions
    .filter(({ text }) => text.toLowerCase().startsWith(begin.toLowerCase()))
    .map(({ text, label, detail }) => ({
      name: cut(detail === '' ? label : `${label} ${detail}`),
      value: text.slice(begin.length).trim().replace(/=$/, ''),
    }))
    .filter(({ value }) => value !== '' && value.length <= most.characters)
    .slice(0, most.choices);
}

function cut(words: string): string {
  const letters = [...words];
  return letters.length <= most.characters ? words : `${letters.slice(0, most.characters - 1).join('')}…`;
}

function begins({ focused, values }: Typed): string | null {
  return focused === null || focused.complete === null ? null : filled(focused.complete, values);
}

function read(data: unknown): Typed | null {
  const parsed = typedShape.safeParse(data);
  const [first] = parsed.data?.options ?? [];
  if (first === undefined) return null;
  const inGroup = first.type === Type.SubcommandGroup ? groups.find(({ name }) => name === first.name) : undefined;
  const chosen = inGroup === undefined ? first : first.options?.[0];
  const subcommand = (inGroup?.subcommands ?? subcommands).find(({ name }) => name === chosen?.name);
  if (subcommand === undefined || chosen === undefined) return null;
  const told = chosen.options ?? [];
  const typeOf = (name: string) => subcommand.options.find((option) => option.name === name)?.type;
  const values = told.map(({ name, value = '' }) => {
    return [name, typeOf(name) === 'person' ? `<@${value}>` : `${value}`.trim()] as const;
  });
  const focused = told.find((option) => option.focused === true)?.name;
  return {
    subcommand,
    values: new Map(values.filter(([name, value]) => value !== '' || name === focused)),
    focused: subcommand.options.find(({ name }) => name === focused) ?? null,
  };
}

/** A template with what was told in its places; a part in brackets goes where its option was not told. */
function filled(template: string, values: ReadonlyMap<string, string>): string {
  const said = template.replace(/\[([^\]]*\{(\w+)\}[^\]]*)\]/g, (_, part: string, name: string) =>
    values.has(name) ? part : '',
  );
  return said.replace(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? '');
}
