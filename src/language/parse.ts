import { say } from '../ticket/inline.ts';
import { nearest } from '../ticket/nearest.ts';
import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Text } from '../ticket/text.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { Command } from './command.ts';
import { commandOf, verbs } from './commands.ts';
import { lineOf } from './line.ts';
import type { Request, Speaking } from './request.ts';
import { readPriority } from './settings.ts';
import { ticketNumber } from './tickets.ts';
import { cited, unclear } from './unclear.ts';
import { Words } from './words.ts';

/**
 * What a command line asks for: a slash command without its prefix, the command of a button, the words of a direct
 * message, the arguments of the CLI. Given as a message's text, the formatting of what is written onto a ticket is kept.
 * Refuses, with an example, what it does not understand.
 */
export function parse(line: string | Text, speaking: Speaking): Request | Refusal {
  const typed = lineOf(line, speaking.markup);
  return readCommand(new Words(typed, 0, typed.words.length), speaking, []);
}

/** Reads a command from its verb on; `given` are the tickets that stood before it. */
export function readCommand(words: Words, speaking: Speaking, given: readonly TicketId[]): Request | Refusal {
  if (words.ended) return unclear('help', 'What shall I do?');
  if (/^#?\d/.test(words.next)) return readNumber(words);
  const found = readVerb(words);
  if (found === null) return unknownVerb(words.next);
  if (given.length > 0 && !found.command.onTickets) {
    return unclear(
      found.command.example,
      cited(found.verb),
      ' is not something to do to a ticket. Say it without the number.',
    );
  }
  return found.command.read({ ...found, words, speaking, given });
}

/** Reads a verb of one or two words; null when none stands here, and then nothing is read. */
export function readVerb(words: Words): { readonly command: Command; readonly verb: string } | null {
  for (const pattern of [/\S{1,20}\s+\S{1,20}(?!\S)/y, /\S{1,20}(?!\S)/y]) {
    const verb = words.peek(pattern)?.[0].replace(/\s+/, ' ') ?? '';
    const command = commandOf(verb);
    if (command === null) continue;
    words.take(pattern);
    return { command, verb: verb.toLowerCase() };
  }
  return null;
}

/** A number alone shows the ticket. */
function readNumber(words: Words): Request | Refusal {
  const word = words.word();
  const ticket = ticketNumber(word);
  if (isRefusal(ticket)) return ticket;
  if (words.ended) return { do: 'show', ticket };
  const verb = readVerb(words)?.verb;
  if (verb === undefined) return unclear(`comment ${ticket} …`, 'What shall I do with #', `${ticket}?`);
  return unclear(`${verb} ${ticket}`, 'The verb comes first.');
}

function unknownVerb(word: string): Refusal {
  const priority = /^p\d+$/i.test(word) ? readPriority(word) : null;
  if (isRefusal(priority)) return priority;
  const meant = nearest(word, verbs);
  if (meant === null) return unclear('help', 'I do not know ', cited(word), '.');
  return refuse('not understood', 'I do not know ', cited(word), '. Did you mean ', say(meant), '?');
}
