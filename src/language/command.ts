import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { FormName, Request, Speaking, TypedCommand } from './request.ts';
import { type Follows, readTickets } from './tickets.ts';
import { cited, unclear } from './unclear.ts';
import type { Words } from './words.ts';

export const topics = [
  'tickets',
  'ownership',
  'talk',
  'status',
  'fields',
  'people',
  'links',
  'reminders',
  'lists',
  'more',
] as const;
export type Topic = (typeof topics)[number];

/** One command of the grammar: what help shows, what is completed, and how it is read. */
export interface Command {
  /** One word, or two. */
  readonly verb: string;
  readonly aliases: readonly string[];
  readonly topic: Topic;
  /** In capitals what to fill in, in brackets what may be left out, `|` between choices. Completion reads it too. */
  readonly syntax: string;
  readonly summary: string;
  readonly example: string;
  /** It concerns tickets: it may follow a ticket's number in a message, and needs none in a ticket's thread. */
  readonly onTickets: boolean;
  /** People say it without meaning the command, so that in a message it needs its `!`. */
  readonly needsBang?: true;
  readonly read: (typed: Typed) => Request | Refusal;
}

/** A command line on its way through `read`, the verb behind it. */
export interface Typed {
  readonly command: Command;
  /** The verb as it was typed: an alias, perhaps. */
  readonly verb: string;
  readonly words: Words;
  readonly speaking: Speaking;
  /** The tickets before the verb (`#1 #2 !stall`); empty when there were none. */
  readonly given: readonly TicketId[];
}

/** Reads the tickets, then what `act` reads. */
export function onTickets(
  follows: Follows,
  act: (tickets: readonly TicketId[], typed: Typed) => Request | Refusal,
): Command['read'] {
  return (typed) => {
    const tickets = readTickets(typed, follows);
    return isRefusal(tickets) ? tickets : act(tickets, typed);
  };
}

/** As `onTickets`, for what is done to one ticket at a time. */
export function onTicket(act: (ticket: TicketId, typed: Typed) => Request | Refusal): Command['read'] {
  return onTickets('no numbers', ([ticket, ...others], typed) => {
    if (ticket !== undefined && others.length === 0) return act(ticket, typed);
    return unclear(typed.command.example, cited(typed.verb), ' takes one ticket at a time.');
  });
}

/** A change of tickets, with nothing left on the line. */
export function change(tickets: readonly TicketId[], command: TypedCommand, typed: Typed): Request | Refusal {
  return nothingMore(typed, { do: 'change', tickets, command, hint: null });
}

/** The form of a verb, for a line that ends before all is said. A form asks about one ticket. */
export function form(form: FormName, [ticket, ...others]: readonly TicketId[], typed: Typed): Request | Refusal {
  if (ticket !== undefined && others.length === 0) return { do: 'form', form, ticket, said: {} };
  return unclear(typed.command.example, 'For several tickets at once, say all of it in one line.');
}

/** The request, unless words are left that nothing was made of. */
export function nothingMore(typed: Typed, request: Request): Request | Refusal {
  if (typed.words.ended) return request;
  return unclear(typed.command.example, 'What is ', cited(typed.words.rest), ' at the end of the line?');
}

/** Reads `page N` at the end of a history; 0, the last page, when it is not there. Refuses what is no page. */
export function readPage(words: Words): number | Refusal {
  if (!words.keyword('page')) return 0;
  const word = words.word();
  if (/^[1-9]\d{0,5}$/.test(word)) return Number(word);
  return refuse('not understood', 'Which page? ', cited(word), ' is no number of a page.');
}
