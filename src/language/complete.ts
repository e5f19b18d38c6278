import { settableFields } from '../ticket/settings.ts';
import { linkKinds, type TicketId } from '../ticket/ticket.ts';
import { orders } from './commands/lists.ts';
import { commands } from './commands.ts';
import { type Want, wants } from './expect.ts';
import { helpTopics } from './help.ts';
import { formNames } from './request.ts';
import { searchFields } from './search-fields.ts';
import { whenExamples } from './when.ts';

export { type Expectation, expects } from './expect.ts';

/** One entry of the autocompletion. */
export interface Suggestion {
  /** What the composer's text becomes, without the prefix. */
  readonly text: string;
  readonly label: string;
  readonly detail: string;
}

/** What is there to complete with, as far as the person may see it. */
export interface Known {
  readonly queues: readonly string[];
  readonly statuses: readonly string[];
  readonly groups: readonly string[];
  /** The custom fields of those queues. */
  readonly fields: readonly string[];
  readonly people: readonly { readonly name: string; readonly label: string }[];
  readonly tickets: readonly { readonly id: TicketId; readonly subject: string }[];
  /** Texts that are often written on the ticket of the line. */
  readonly texts: readonly { readonly name: string; readonly text: string }[];
}

const most = 12;
/** The owner has verbs of their own. */
const settable = settableFields.filter((field) => field !== 'owner');

/** What could come next in a line that is being typed; the likeliest first, twelve at most. */
export function complete(line: string, known: Known): readonly Suggestion[] {
  const suggestions = wants(line).flatMap((want) => offers(want, known).map((offer) => suggestion(want, offer)));
  return [...new Map(suggestions.map((offered) => [offered.text, offered])).values()].slice(0, most);
}

interface Offer {
  readonly insert: string;
  readonly label: string;
  readonly detail: string;
}

function suggestion({ before }: Want, { insert, label, detail }: Offer): Suggestion {
  return { text: before + insert, label, detail };
}

function offers(want: Want, known: Known): readonly Offer[] {
  const { prefix } = want;
  switch (want.what) {
    case 'none':
      return [];
    case 'verb':
      return commands
        .filter(({ verb }) => begins(verb, prefix))
        .map(({ verb, syntax, summary }) => ({ insert: `${verb} `, label: syntax, detail: summary }));
    case 'ticket':
      return known.tickets
        .filter(({ id, subject }) => (/^\d*$/.test(prefix) ? begins(`${id}`, prefix) : hasWords(subject, prefix)))
        .map(({ id, subject }) => ({ insert: `${id} `, label: `#${id}`, detail: subject }));
    case 'person':
      return people(prefix, known);
    case 'text':
      return known.texts
        .filter(({ name }) => begins(name, prefix))
        .map(({ name, text }) => ({ insert: text, label: name, detail: text.replace(/\s+/g, ' ').slice(0, 80) }));
    case 'queue':
      return words(prefix, known.queues);
    case 'status':
      return words(prefix, known.statuses);
    case 'group':
      return words(prefix, known.groups);
    case 'field':
      return [...settable, ...known.fields]
        .filter((field) => begins(field, prefix))
        .map((field) => ({ insert: `${quoted(field)}=`, label: field, detail: '' }));
    case 'when':
      return whenExamples
        .filter(({ example }) => begins(example, prefix))
        .map(({ example, summary }) => ({ insert: `${example} `, label: example, detail: summary }));
    case 'search field':
      return searchTerms(prefix, known);
    case 'word':
      return words(prefix, [want.word]);
    case 'form':
      return words(prefix, formNames);
    case 'topic':
      return words(prefix, helpTopics);
    case 'link':
      return words(prefix, linkKinds);
    case 'order':
      return words(prefix, orders);
  }
}

function begins(name: string, prefix: string): boolean {
  return name.toLowerCase().startsWith(prefix.toLowerCase());
}

function hasWords(text: string, typed: string): boolean {
  const lower = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

function words(prefix: string, known: readonly string[]): readonly Offer[] {
  return known.filter((word) => begins(word, prefix)).map((word) => ({ insert: `${word} `, label: word, detail: '' }));
}

/** By any of the names that a person has: `@smi` finds Bo Smith. */
function people(prefix: string, known: Known): readonly Offer[] {
  return known.people
    .filter(({ name, label }) => [name, ...label.split(/\s+/), label].some((called) => begins(called, prefix)))
    .map(({ name, label }) => ({ insert: `@${quoted(name)} `, label, detail: `@${name}` }));
}

function searchTerms(prefix: string, known: Known): readonly Offer[] {
  const own = searchFields
    .filter(({ name }) => begins(name, prefix))
    .map(({ name, syntax, summary }) => ({ insert: `${name}:`, label: syntax, detail: summary }));
  const custom = known.fields
    .filter((field) => begins(field, prefix) || begins(`cf.${field}`, prefix))
    .map((field) => ({ insert: `cf.${quoted(field)}:`, label: `cf.${field}`, detail: '' }));
  return [...own, ...custom];
}

function quoted(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}
