import { say } from '../ticket/inline.ts';
import { nearest } from '../ticket/nearest.ts';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import type { Inline } from '../ticket/text.ts';

const longestQuote = 40;
/** Someone mentioned, as platforms write it. Without `<` in it: a long row of beginnings is read once. */
export const mention = /<@!?([^<>|\s]+)(?:\|([^<>]*))?>/g;

/** A refusal that says what was not understood and shows what would have been. `example` is a command to type. */
export function unclear(example: string, ...why: Inline[]): Refusal {
  return refuse('not understood', ...why, ' For example: ', say(example));
}

/** What somebody typed, cited in a refusal: shortened, for nobody reads their own 100 kB again. */
export function cited(typed: string): Inline {
  const words = typed.replace(mention, (_, id: string, name: string | undefined) => `@${name || id}`);
  const characters = [...words.slice(0, 2 * longestQuote)];
  const short = characters.slice(0, longestQuote).join('');
  return { inline: 'code', code: short.length < words.length ? `${short}…` : words };
}

/** Refuses a name that there is none of: names the nearest one, else all there are. */
export function unknownName(kind: string, name: string, names: readonly string[], example: string): Refusal {
  const meant = nearest(name, names);
  if (meant !== null) {
    return unclear(example, `There is no ${kind} `, cited(name), '. Did you mean ', cited(meant), '?');
  }
  if (names.length === 0) return unclear(example, `There is no ${kind} `, cited(name), '.');
  return unclear(example, `There is no ${kind} `, cited(name), `. There are: ${names.slice(0, 12).join(', ')}.`);
}

/** The name as it is written in the configuration, however it was typed; null when there is none. */
export function knownName(name: string, names: readonly string[]): string | null {
  const typed = name.toLowerCase();
  return names.find((known) => known.toLowerCase() === typed) ?? null;
}
