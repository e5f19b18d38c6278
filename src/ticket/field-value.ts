import { isIP } from 'node:net';
import type { FieldDefinition, FieldValue } from './field.ts';
import { code, row } from './inline.ts';
import { limits } from './limits.ts';
import { nearest } from './nearest.ts';
import { matchesPattern } from './pattern.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Inline } from './text.ts';

/**
 * Reads what was typed for a custom field.
 *
 * @returns null for nothing typed, which clears the field; else the value, or a refusal that names the field, what it
 * takes, and an example.
 */
export function readFieldValue(field: FieldDefinition, typed: string): FieldValue | null | Refusal {
  const words = typed.trim();
  if (words === '') return null;
  if (words.length > limits.field) {
    return refuse('too large', code(field.name), ` can have ${limits.field} characters.`);
  }
  switch (field.type) {
    case 'text':
      return readText(field, words);
    case 'number':
      return readNumber(field, words);
    case 'yesno':
      return readYesNo(field, words);
    case 'date':
      return readDate(field, words);
    case 'choice':
      return readChoice(field, words);
    case 'choices':
      return readChoices(field, words);
    case 'address':
      return readAddress(field, words);
  }
}

function readText(field: FieldDefinition, words: string): string | Refusal {
  if (field.pattern === null || matchesPattern(field.pattern, words)) return words;
  return no(field, words, 'It has to look like ', code(field.pattern), '.');
}

function readNumber(field: FieldDefinition, words: string): number | Refusal {
  const { min, max } = field;
  const number = /^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(words) ? Number(words) : Number.NaN;
  if (Number.isFinite(number) && number >= (min ?? number) && number <= (max ?? number)) return number;
  const example = code(`${min ?? max ?? 42}`);
  if (min !== null && max !== null)
    return no(field, words, `It takes a number from ${min} to ${max}, such as `, example, '.');
  if (min !== null) return no(field, words, `It takes a number from ${min} on, such as `, example, '.');
  if (max !== null) return no(field, words, `It takes a number up to ${max}, such as `, example, '.');
  return no(field, words, 'It takes a number, such as ', example, '.');
}

function readYesNo(field: FieldDefinition, words: string): boolean | Refusal {
  if (/^(y|yes|true|on|1)$/i.test(words)) return true;
  if (/^(n|no|false|off|0)$/i.test(words)) return false;
  return no(field, words, 'It takes ', code('yes'), ' or ', code('no'), '.');
}

function readDate(field: FieldDefinition, words: string): string | Refusal {
  // A day that there is not (31 February) comes back from Date as another one, or not at all.
  const time = /^\d{4}-\d{2}-\d{2}$/.test(words) ? Date.parse(`${words}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(words)) return words;
  return no(field, words, 'It takes a day, such as ', code('2026-12-01'), '.');
}

function readChoice(field: FieldDefinition, words: string): string | Refusal {
  return field.values.find((value) => same(value, words)) ?? notAmong(field, words);
}

function readChoices(field: FieldDefinition, words: string): readonly string[] | Refusal {
  const chosen = new Set<string>();
  for (const part of words.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const value = field.values.find((each) => same(each, part));
    if (value === undefined) return notAmong(field, part);
    chosen.add(value);
  }
  if (chosen.size === 0) return notAmong(field, words);
  return field.values.filter((value) => chosen.has(value));
}

/** An IP address or a network: `192.0.2.1`, `2001:db8::/32`. */
function readAddress(field: FieldDefinition, words: string): string | Refusal {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(words) ?? [];
  const version = address.includes('%') ? 0 : isIP(address);
  if (version !== 0 && Number(bits ?? 0) <= (version === 4 ? 32 : 128)) return words.toLowerCase();
  return no(
    field,
    words,
    'It takes an IP address or a network, such as ',
    code('192.0.2.1'),
    ' or ',
    code('2001:db8::/32'),
    '.',
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function notAmong(field: FieldDefinition, words: string): Refusal {
  const meant = nearest(words, field.values);
  const allowed = row(field.values.map((value) => code(value)));
  return meant === null
    ? no(field, words, 'It takes one of: ', ...allowed, '.')
    : no(field, words, 'Did you mean ', code(meant), '? It takes one of: ', ...allowed, '.');
}

function no(field: FieldDefinition, words: string, ...takes: Inline[]): Refusal {
  return refuse('invalid', code(field.name), ' cannot be ', code(words.slice(0, 80)), '. ', ...takes);
}
