import { ApplicationCommandOptionType as Type } from 'discord.js';
import { z } from 'zod';
import { shorten } from '../../src/ticket/shorten.ts';
import type { Suggestion } from '../connector.ts';
import { limits } from './limits.ts';
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
export type Asked = (
  | { readonly line: string }
  | { readonly command: string; readonly answers: Readonly<Record<string, string>> }
) & {
  /** A form is likely to follow. */
  readonly asks: boolean;
};

interface Typed {
  readonly subcommand: Subcommand;
  readonly values: ReadonlyMap<string, string>;
  /** The option that is being typed; null when all is. */
  readonly focused: Option | null;
}

/**
 * What `/ticket` was told. Null for a subcommand that is not known, for the commands were registered by another version; and
 * where a text was chosen that is forgotten by now.
 *
 * @param data the `data` of the interaction
 * @param recall gives the text of a key
 */
export async function askedBy(data: unknown, recall: (key: string) => Promise<string | null>): Promise<Asked | null> {
  const typed = read(data);
  if (typed === null) return null;
  const { subcommand } = typed;
  const { form, asks: needed, options } = subcommand;
  const values = new Map(typed.values);
  for (const [name, value] of values) {
    const [, key] = chosenByKey.exec(value) ?? [];
    const text = key === undefined ? value : await recall(key);
    if (text === null) return null;
    values.set(name, text);
  }
  const on = values.get('on');
  if (on !== undefined && !tickets.test(on)) return { line: `find ${on}`, asks: false };
  const asks = options.length > 0 && needed.some((name) => !values.has(name));
  const answers = Object.fromEntries([...values].filter(([name]) => name !== 'on'));
  if (form !== null && Object.keys(answers).length > 0) return { command: filled(form, values), answers, asks };
  return { line: filled(subcommand.line, values), asks };
}

/** What a choice holds in the place of a text that is too long for one: the key by which it is remembered. */
const chosenByKey = /^⟦([\w-]{22})⟧$/;

/** Numbers of tickets. Words, where somebody chose none of those that were offered for them, are looked for. */
const tickets = /^#?\d+(?:[,\s]+#?\d+)*$/;

/** The line of the grammar that what is being typed belongs to; null where nothing can be offered. */
export function lineToComplete(data: unknown): string | null {
  const typed = read(data);
  const begin = typed === null ? null : begins(typed);
  return typed?.focused && begin !== null ? begin + (typed.values.get(typed.focused.name) ?? '') : null;
}

/**
 * Suggestions as choices for what is being typed.
 *
 * @param remember keeps a text, and gives its key
 */
export async function choicesFor(
  data: unknown,
  suggestions: readonly Suggestion[],
  remember: (text: string) => Promise<string>,
): Promise<{ name: string; value: string }[]> {
  const typed = read(data);
  const begin = typed === null ? null : begins(typed);
  if (typed === null || begin === null) return [];
  const choices = suggestions
    .filter(({ text }) => text.toLowerCase().startsWith(begin.toLowerCase()))
    .map(({ text, label, detail }) => ({
      name: shorten(detail === '' ? label : `${label} ${detail}`, limits.choice),
      value: chosen(text.slice(begin.length).trim(), typed),
    }))
    .filter(({ value }) => value !== '')
    .slice(0, limits.choices);
  const short = async (value: string) => (value.length <= limits.choice ? value : `⟦${await remember(value)}⟧`);
  return Promise.all(choices.map(async ({ name, value }) => ({ name, value: await short(value) })));
}

/** The answer to a form's input that a piece of a line is: there, neither quotes nor signs have to hold a name together. */
function chosen(piece: string, { subcommand, focused }: Typed): string {
  if (subcommand.form === null || focused?.name === 'text') return piece;
  return piece.replace(/=$/, '').replace(/^"([^"]*)"$/, '$1');
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
    if (typeOf(name) === 'person') return [name, `<@${value}>`] as const;
    const words = `${value}`.trim();
    // As one word they are nothing but numbers, whatever comes next.
    return [name, name === 'on' && tickets.test(words) ? words.replace(/[,\s]+/g, ',') : words] as const;
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
