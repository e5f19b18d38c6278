import type { StatusVerb } from '../../ticket/policy.ts';
import { isRefusal } from '../../ticket/refusal.ts';
import { type Command, change, onTickets } from '../command.ts';
import { readWhen } from '../when.ts';

const move = (verb: StatusVerb): Command['read'] =>
  onTickets('text', (tickets, typed) => change(tickets, { verb, text: typed.words.plain(), until: null }, typed));

const stall = onTickets('text', (tickets, typed) => {
  const until = typed.words.keyword('until') ? readWhen(typed.words, typed.speaking) : null;
  if (isRefusal(until)) return until;
  return change(tickets, { verb: 'stall', text: typed.words.plain(), until }, typed);
});

export const status: readonly Command[] = [
  {
    verb: 'resolve',
    aliases: ['close'],
    topic: 'status',
    syntax: 'resolve 123 [TEXT]',
    summary: 'Closes a ticket that is dealt with. The text is kept as its resolution.',
    example: 'resolve 123 Replaced the SFP.',
    onTickets: true,
    read: move('resolve'),
  },
  {
    verb: 'stall',
    aliases: [],
    topic: 'status',
    syntax: 'stall 123 [until WHEN] [TEXT]',
    summary: 'Sets a ticket aside; with a time, it opens again by itself.',
    example: 'stall 123 until mon 9am waiting for the telco',
    onTickets: true,
    read: stall,
  },
  {
    verb: 'open',
    aliases: [],
    topic: 'status',
    syntax: 'open 123 [TEXT]',
    summary: 'Marks a ticket as being worked on.',
    example: 'open 123',
    onTickets: true,
    read: move('open'),
  },
  {
    verb: 'reopen',
    aliases: [],
    topic: 'status',
    syntax: 'reopen 123 [TEXT]',
    summary: 'Opens a closed ticket again.',
    example: 'reopen 123 It is down again.',
    onTickets: true,
    read: move('reopen'),
  },
  {
    verb: 'reject',
    aliases: [],
    topic: 'status',
    syntax: 'reject 123 [TEXT]',
    summary: 'Closes a ticket that will not be dealt with.',
    example: 'reject 123 Not our network.',
    onTickets: true,
    read: move('reject'),
  },
  {
    verb: 'delete',
    aliases: [],
    topic: 'status',
    syntax: 'delete 123 [TEXT]',
    summary: 'Closes a ticket that should never have been one, such as spam.',
    example: 'delete 123',
    onTickets: true,
    read: move('delete'),
  },
];
