import { isRefusal } from '../../ticket/refusal.ts';
import { type LinkKind, linkKinds, type TicketId } from '../../ticket/ticket.ts';
import { type Command, change, form, onTickets, type Typed } from '../command.ts';
import { ticketNumber } from '../tickets.ts';
import { cited, unclear } from '../unclear.ts';
import type { Words } from '../words.ts';

const kinds = new RegExp(`(${linkKinds.join('|').replaceAll(' ', '\\s+')})(?!\\S)`, 'iy');

const link = (add: boolean): Command['read'] =>
  onTickets('no numbers', (tickets, typed) => {
    if (typed.words.ended && add) return form('link', tickets, typed);
    const kind = readKind(typed.words);
    if (kind === null) {
      return unclear(
        typed.command.example,
        cited(typed.words.rest),
        ` is no link. It is one of: ${linkKinds.join(', ')}.`,
      );
    }
    const ticket = ticketNumber(typed.words.word());
    return isRefusal(ticket) ? ticket : change(tickets, { verb: 'link', kind, ticket, add }, typed);
  });

function readKind(words: Words): LinkKind | null {
  const typed = words.take(kinds)?.[1]?.toLowerCase().replace(/\s+/g, ' ');
  return linkKinds.find((kind) => kind === typed) ?? null;
}

function merge(tickets: readonly TicketId[], typed: Typed) {
  if (typed.words.ended) return form('merge', tickets, typed);
  if (!typed.words.keyword('into')) return unclear(typed.command.example, 'Merge it into which ticket?');
  const into = ticketNumber(typed.words.word());
  return isRefusal(into) ? into : change(tickets, { verb: 'merge', into }, typed);
}

export const links: readonly Command[] = [
  {
    verb: 'link',
    aliases: [],
    topic: 'links',
    syntax: 'link 123 LINK 120',
    summary: `Ties two tickets together: ${linkKinds.join(', ')}.`,
    example: 'link 123 depends on 120',
    onTickets: true,
    read: link(true),
  },
  {
    verb: 'unlink',
    aliases: [],
    topic: 'links',
    syntax: 'unlink 123 LINK 120',
    summary: 'Takes such a tie away.',
    example: 'unlink 123 depends on 120',
    onTickets: true,
    read: link(false),
  },
  {
    verb: 'merge',
    aliases: [],
    topic: 'links',
    syntax: 'merge 123 into 120',
    summary: 'Makes one ticket of two; the old number goes on working.',
    example: 'merge 123 into 120',
    onTickets: true,
    read: onTickets('no numbers', merge),
  },
];
