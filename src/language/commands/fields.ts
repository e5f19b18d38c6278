import { limits } from '../../ticket/limits.ts';
import { isRefusal } from '../../ticket/refusal.ts';
import { type Command, change, form, onTickets, type Typed } from '../command.ts';
import { readDuration } from '../duration.ts';
import { readSettings, setting } from '../settings.ts';
import type { Follows } from '../tickets.ts';

/** A verb of its own for one field: all the rest of the line is its value. */
const single = (field: 'due' | 'next' | 'priority', follows: Follows): Command['read'] =>
  onTickets(follows, (tickets, typed) => {
    if (typed.words.ended) return form(field, tickets, typed);
    return set(field, typed.words.plain(), tickets, typed);
  });

function set(field: string, value: string, tickets: readonly number[], typed: Typed) {
  const read = setting(field, value, typed.speaking);
  return isRefusal(read) ? read : change(tickets, { verb: 'set', settings: [read] }, typed);
}

const hundred = Array.from({ length: limits.priority + 1 }, (_, priority) => `p${priority}`);

export const fields: readonly Command[] = [
  {
    verb: 'set',
    aliases: [],
    topic: 'fields',
    syntax: 'set 123 FIELD=VALUE …',
    summary: 'Changes fields. Quotes hold words together; nothing after the = clears the field.',
    example: 'set 123 subject="BGP down at LAX" site=LAX',
    onTickets: true,
    read: onTickets('no numbers', (tickets, typed) => {
      if (typed.words.ended) return form('set', tickets, typed);
      const settings = readSettings(typed.words, typed.speaking);
      return isRefusal(settings) ? settings : change(tickets, { verb: 'set', settings }, typed);
    }),
  },
  {
    verb: 'priority',
    aliases: ['prio'],
    topic: 'fields',
    syntax: 'priority 123 NUMBER|low|normal|high|urgent',
    summary: 'Sets the priority: 0 to 100, and 100 is the most urgent; low is 20, normal 50, high 70, urgent 90.',
    example: 'priority 123 80',
    onTickets: true,
    read: single('priority', 'a number'),
  },
  {
    verb: 'p80',
    aliases: hundred.filter((verb) => verb !== 'p80'),
    topic: 'fields',
    syntax: 'p80 123',
    summary: 'The same in short: p0 to p100.',
    example: 'p80 123',
    onTickets: true,
    read: onTickets('no numbers', (tickets, typed) => set('priority', typed.verb, tickets, typed)),
  },
  {
    verb: 'move',
    aliases: [],
    topic: 'fields',
    syntax: 'move 123 QUEUE',
    summary: 'Moves a ticket to another queue.',
    example: 'move 123 noc',
    onTickets: true,
    read: onTickets('no numbers', (tickets, typed) => {
      typed.words.keyword('to');
      return typed.words.ended ? form('move', tickets, typed) : set('queue', typed.words.word(), tickets, typed);
    }),
  },
  {
    verb: 'due',
    aliases: [],
    topic: 'fields',
    syntax: 'due 123 WHEN|none',
    summary: 'Sets when it must be done, or that it need not be done at any time.',
    example: 'due 123 fri 17:00',
    onTickets: true,
    read: single('due', 'a time'),
  },
  {
    verb: 'next',
    aliases: [],
    topic: 'fields',
    syntax: 'next 123 TEXT',
    summary: 'Writes down what is to be done next; “none” clears it.',
    example: 'next 123 Call the telco about the splice.',
    onTickets: true,
    read: single('next', 'text'),
  },
  {
    verb: 'time',
    aliases: ['worked'],
    topic: 'fields',
    syntax: 'time 123 DURATION [TEXT]',
    summary: 'Records time that you worked: 30m, 1h30m, 2 hours, 1.5h, or minutes.',
    example: 'time 123 1h30m Swapped the line card.',
    onTickets: true,
    read: onTickets('a length of time', (tickets, typed) => {
      if (typed.words.ended) return form('time', tickets, typed);
      const read = readDuration(typed.words.rest);
      if (isRefusal(read)) return read;
      typed.words.skip(read.length);
      typed.words.take(/[,;:]+/y);
      return change(tickets, { verb: 'time', minutes: read.minutes, text: typed.words.plain() }, typed);
    }),
  },
];
