import { isRefusal, type Refusal, refuse } from '../ticket/refusal.ts';
import type { Text } from '../ticket/text.ts';
import type { TicketId } from '../ticket/ticket.ts';
import { commandOf } from './commands.ts';
import { blot, type Line, lineOf } from './line.ts';
import { readCommand, readVerb } from './parse.ts';
import type { Request, Speaking } from './request.ts';
import { isHashes, readHashes } from './tickets.ts';
import { Words } from './words.ts';

/** The shorthand, for help. */
export const shorthandRows = [
  {
    syntax: '#123 TEXT',
    summary: 'A comment; where the requestor reads along, a reply.',
    example: '#123 rebooted the router',
  },
  { syntax: '#123 !COMMAND', summary: 'Any command about tickets.', example: '#123 !resolve replaced the SFP' },
  { syntax: '#123 VERB', summary: 'A verb alone needs no !', example: '#123 take' },
  {
    syntax: '#123 #124 …',
    summary: 'Several tickets at once.',
    example: '#123 #124 !stall until mon 9am waiting for the telco',
  },
  { syntax: '#new …', summary: 'A new ticket.', example: '#new in noc BGP down at LAX' },
  {
    syntax: 'TEXT, !COMMAND or VERB',
    summary: "In a ticket's thread the number can be left out.",
    example: '!resolve replaced the SFP',
  },
] as const;

const mostUpdates = 20;

/** What a message asks for, in the order of its lines; null when it is ordinary talk. */
export type ShorthandResult = { readonly updates: readonly (Request | Refusal)[] } | null;

/**
 * Reads the inline shorthand of a chat message. A line that begins with ticket numbers, or with `#new`, is an update;
 * the lines after it belong to it. In a ticket's thread the message may begin without a number. A line `!VERB …` is an
 * update of the tickets above it. What stands in code or in a quote is never shorthand.
 * More than twenty updates in one message are refused as a whole.
 */
export function shorthand(text: Text, speaking: Speaking): ShorthandResult {
  const line = lineOf(text);
  const starts = openings(line, speaking);
  if (starts.length === 0) return null;
  if (starts.length > mostUpdates) {
    return {
      updates: [refuse('too large', `One message can hold ${mostUpdates} updates. Send the rest in a second one.`)],
    };
  }
  const updates: (Request | Refusal)[] = [];
  let tickets: readonly TicketId[] = speaking.ticket === null ? [] : [speaking.ticket];
  for (const [index, start] of starts.entries()) {
    const words = new Words(line, start, starts[index + 1] ?? line.words.length);
    if (line.talk[start] === blot) {
      updates.push(write(words, tickets, speaking));
      continue;
    }
    if (words.take(/#(?=new(?!\S))/iy) !== null) {
      updates.push(readCommand(words, speaking, []));
      continue;
    }
    const named = readHashes(words);
    if (isRefusal(named)) {
      updates.push(named);
      tickets = [];
    } else if (named.length > 0) {
      tickets = named;
      updates.push(...readUpdate(words, named, speaking));
    } else updates.push(readUnnumbered(words, tickets, speaking));
  }
  return { updates };
}

/** Whether a message outside of ticket threads may hold shorthand: a cheap look at how its lines begin. */
export function concerns(text: Text): boolean {
  return linesOf(lineOf(text).talk).some(({ talk }) => opens(talk));
}

function opens(talk: string): boolean {
  if (!talk.startsWith('#')) return false;
  const [word = ''] = talk.split(/\s/, 1);
  return isHashes(word) || /^#new$/i.test(word);
}

/** The offsets at which updates begin. */
function openings(line: Line, speaking: Speaking): readonly number[] {
  const starts: number[] = [];
  let onTickets = false;
  for (const { talk, at } of linesOf(line.talk)) {
    if (opens(talk)) {
      starts.push(at);
      onTickets = !/^#new/i.test(talk);
    } else if (speaking.ticket !== null && starts.length === 0) {
      starts.push(at);
      onTickets = true;
    } else if (onTickets && isCommand(talk)) {
      starts.push(at);
    }
  }
  return starts;
}

/** `!VERB …`, of a verb that there is. */
function isCommand(talk: string): boolean {
  const words = new Words(lineOf(talk), 0, talk.length);
  return takeBang(words) && readVerb(words) !== null;
}

/** The lines that are not empty, without the blanks before them. */
function linesOf(talk: string): { readonly talk: string; readonly at: number }[] {
  let start = 0;
  return talk.split('\n').flatMap((line) => {
    const trimmed = line.trimStart();
    const at = start + line.length - trimmed.length;
    start += line.length + 1;
    return trimmed === '' ? [] : [{ talk: trimmed, at }];
  });
}

/** What stands after the tickets of an update: several requests only where several tickets are to be shown. */
function readUpdate(words: Words, tickets: readonly TicketId[], speaking: Speaking): readonly (Request | Refusal)[] {
  if (words.ended) return tickets.map((ticket) => ({ do: 'show', ticket }));
  const asksCommand = takeBang(words) || isBareVerb(words);
  return [asksCommand ? readCommand(words, speaking, tickets) : write(words, tickets, speaking)];
}

/** An update without numbers: a command may name other tickets than those above it, or none at all. */
function readUnnumbered(words: Words, above: readonly TicketId[], speaking: Speaking): Request | Refusal {
  if (!takeBang(words) && !isBareVerb(words)) return write(words, above, speaking);
  const [ticket, ...others] = above;
  if (ticket === undefined || others.length > 0) return readCommand(words, speaking, above);
  return readCommand(words, { ...speaking, ticket }, []);
}

const bang = /!(?=\p{L}|\?)/uy;
const spacedBang = /!(?=[^\S\n]+(\p{L}+)(?!\S))/uy;

/** Reads the `!` of a command; one with a blank behind it only before a verb, for `! important` is talk. */
function takeBang(words: Words): boolean {
  const verb = words.peek(spacedBang)?.[1];
  const pattern = verb === undefined || commandOf(verb) === null ? bang : spacedBang;
  return words.take(pattern) !== null;
}

/** A verb about tickets that is the whole of its line. */
function isBareVerb(words: Words): boolean {
  const [line = ''] = words.rest.split('\n', 1);
  const command = commandOf(line.trim());
  return command?.onTickets === true && command.needsBang !== true;
}

/** What plain words become: a reply only to the ticket whose requestor reads here, for another's must not read along. */
export function bareVerb(tickets: readonly TicketId[], speaking: Speaking): 'reply' | 'comment' {
  const here = speaking.ticket === null || tickets.every((ticket) => ticket === speaking.ticket);
  return here ? speaking.plainText : 'comment';
}

function write(words: Words, tickets: readonly TicketId[], speaking: Speaking): Request {
  const verb = bareVerb(tickets, speaking);
  // "#123 resolve the DNS first" may be advice: it is not guessed at, but offered.
  const hint = /^resolve\s/i.test(words.rest) ? 'resolve instead' : null;
  return { do: 'change', tickets, command: { verb, text: words.text(), attachments: [] }, hint };
}
