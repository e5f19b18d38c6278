import { linkKinds, type TicketId } from '../ticket/ticket.ts';
import type { Command } from './command.ts';
import { commandOf, commands } from './commands.ts';
import { searchFields } from './search-fields.ts';
import { type Slot, slotsAfter } from './syntax.ts';

/** What the end of a line wants to be, and as much of it as is typed. */
export interface Expectation {
  readonly what: 'verb' | 'ticket' | 'person' | 'queue' | 'status' | 'group' | 'field' | 'when' | 'text' | 'none';
  /** Without `#`, `@` and quotes. Of a ticket the beginning of its number, or words of its subject. */
  readonly prefix: string;
  /** For `text`: the ticket that it is written on. */
  readonly ticket?: TicketId;
}

/** One thing that the word at the end of a line could become. */
export interface Want {
  readonly what: Expectation['what'] | 'search field' | 'word' | 'form' | 'topic' | 'link' | 'order';
  readonly prefix: string;
  /** The line up to what is to be completed. */
  readonly before: string;
  /** For `word`: the word. */
  readonly word: string;
  /** For `text`: the ticket that it is written on. */
  readonly ticket?: TicketId;
}

/** Nobody types a longer command by hand; what is pasted needs no completion. */
const longest = 500;

/** All that the end of a line could become and that must be looked up, so that only that need be. */
export function expects(line: string): readonly Expectation[] {
  return wants(line).flatMap(({ what, prefix, ticket }): readonly Expectation[] => {
    switch (what) {
      case 'word':
      case 'form':
      case 'topic':
      case 'link':
      case 'order':
        return [];
      case 'search field':
        return [{ what: 'field', prefix }];
      default:
        return [{ what, prefix, ...(ticket === undefined ? {} : { ticket }) }];
    }
  });
}

/** All that the word at the end of a line could become, the likeliest first. */
export function wants(line: string): readonly Want[] {
  if (line.length > longest) return [];
  const words: string[] = line.match(word) ?? [];
  const typed = line.endsWith(words.at(-1) ?? ' ') ? (words.pop() ?? '') : '';
  const before = line.slice(0, line.length - typed.length);
  const [first, second = ''] = words;
  if (first === undefined) return wantsAtStart(typed, before);
  if (/^#\d+$/.test(first) && typed.startsWith('!')) return [want('verb', typed.slice(1), `${before}!`)];
  const two = commandOf(`${first} ${second}`);
  const command = two ?? commandOf(first);
  if (command === null) return [];
  const syntax = command.syntax.slice(command.verb.length + 1);
  const given = words.slice(two === null ? 1 : 2);
  const slots = slotsAfter(syntax, given);
  // One ticket is enough, unless someone begins to type another.
  const enough = typed === '' && words.some((word) => /^#?\d/.test(word));
  const wanted = slots
    .filter(({ slot }) => !(enough && slot === 'ticket'))
    .flatMap((slot) => wantsOf(slot, typed, before))
    .concat(subjectWant(syntax, [...given, typed], line), talkWant(command, line));
  const whole = line.trimStart();
  return commands.some(({ verb }) => verb.startsWith(whole.toLowerCase()))
    ? [...wanted, want('verb', whole, '')]
    : wanted;
}

/** Where nothing stands before it: a verb, the number of a ticket, or in plain talk `#` and `@` for one to name. */
function wantsAtStart(typed: string, before: string): readonly Want[] {
  if (typed.startsWith('@')) return [personWant(typed, before)];
  if (typed.startsWith('#')) return ticketWant(typed.slice(1), `${before}#`);
  const verb = want('verb', typed, before);
  return typed === '' ? [verb] : [...ticketWant(typed, before), verb];
}

/** A link's kind is one word here, and so is what stands in quotes, closed or not. */
const word = new RegExp(`(?:${linkKinds.join('|')})(?!\\S)|(?:[^\\s"]|"[^"]*(?:"|$))+`, 'gi');

function want(what: Want['what'], prefix: string, before: string, word = ''): Want {
  return { what, prefix, before, word };
}

function wantsOf({ slot, word }: Slot, typed: string, before: string): readonly Want[] {
  switch (slot) {
    case 'free':
      return [];
    case 'ticket':
    case 'other ticket':
      return ticketWant(typed, before);
    case 'person':
      return typed.startsWith('-') ? [personWant(typed.slice(1), `${before}-`)] : [personWant(typed, before)];
    case 'setting':
      return settingWant(typed, before);
    case 'search':
      return searchWant(typed, before);
    default:
      return [want(slot, typed, before, word)];
  }
}

function ticketWant(typed: string, before: string): readonly Want[] {
  return /^#?\d*$/.test(typed) ? [want('ticket', typed.replace('#', ''), before)] : [];
}

/** Words of a ticket's subject, where its number could stand and nothing that is free: `take printer fire`. */
function subjectWant(syntax: string, words: readonly string[], line: string): readonly Want[] {
  for (const [first, word] of words.entries()) {
    const slots = slotsAfter(syntax, words.slice(0, first)).map(({ slot }) => slot);
    if (slots.length === 0) return [];
    if (!/^\p{L}./u.test(word) || slots.includes('free')) continue;
    // Behind a ticket another is meant only where nothing else can stand.
    if (first === 0 ? !slots.includes('ticket') : !slots.every((slot) => slot.endsWith('ticket'))) continue;
    const typed = words.slice(first);
    const from = typed.reduceRight((end, each) => line.lastIndexOf(each, end - 1), line.length);
    return [want('ticket', line.slice(from), line.slice(0, from))];
  }
  return [];
}

/** What is said on a ticket could be a text that is often written. */
function talkWant({ verb }: Command, line: string): readonly Want[] {
  const [head, ticket, prefix] = /^\s*\S+\s+#?(\d{1,9})\s+(.*)$/su.exec(line) ?? [];
  if ((verb !== 'reply' && verb !== 'comment') || head === undefined || prefix === undefined) return [];
  return [{ ...want('text', prefix, line.slice(0, line.length - prefix.length)), ticket: Number(ticket) }];
}

function personWant(typed: string, before: string): Want {
  return want('person', typed.replace(/^@?"?/, ''), before);
}

function settingWant(typed: string, before: string): readonly Want[] {
  const [field = '', value] = typed.split('=', 2);
  if (value === undefined) return [want('field', field, before)];
  const head = `${before}${field}=`;
  switch (field.toLowerCase()) {
    case 'queue':
      return [want('queue', value, head)];
    case 'status':
      return [want('status', value, head)];
    case 'due':
      return [want('when', value, head)];
    default:
      return [];
  }
}

/** `-owner:@b`: a person after `-owner:`; the beginning of a field's name otherwise. */
function searchWant(typed: string, before: string): readonly Want[] {
  const [, lead = '', name = '', compares = '', value = ''] = /^([-(]*)([^:=<>!]*)([:=<>!]*)(.*)$/.exec(typed) ?? [];
  if (compares === '') return [want('search field', name, before + lead)];
  const field = searchFields.find((known) => known.name === name.toLowerCase());
  const head = before + lead + name + compares;
  if (field === undefined || field.value === 'other') return [];
  return [field.value === 'person' ? personWant(value, head) : want(field.value, value, head)];
}
