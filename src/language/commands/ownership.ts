import { isRefusal } from '../../ticket/refusal.ts';
import { type Command, change, form, onTickets } from '../command.ts';
import { readLastPerson } from '../person.ts';

const simple = (verb: 'take' | 'steal' | 'release'): Command['read'] =>
  onTickets('no numbers', (tickets, typed) => change(tickets, { verb }, typed));

export const ownership: readonly Command[] = [
  {
    verb: 'take',
    aliases: ['claim'],
    topic: 'ownership',
    syntax: 'take 123',
    summary: 'Makes you the owner of a ticket that nobody owns.',
    example: 'take 123 124',
    onTickets: true,
    read: simple('take'),
  },
  {
    verb: 'steal',
    aliases: [],
    topic: 'ownership',
    syntax: 'steal 123',
    summary: "Makes you the owner of somebody else's ticket.",
    example: 'steal 123',
    onTickets: true,
    read: simple('steal'),
  },
  {
    verb: 'release',
    aliases: ['untake'],
    topic: 'ownership',
    syntax: 'release 123',
    summary: 'Gives your ticket back: nobody owns it then.',
    example: 'release 123',
    onTickets: true,
    read: simple('release'),
  },
  {
    verb: 'give',
    aliases: ['assign'],
    topic: 'ownership',
    syntax: 'give 123 @PERSON',
    summary: 'Makes another person the owner.',
    example: 'give 123 @bo',
    onTickets: true,
    read: onTickets('no numbers', (tickets, typed) => {
      const to = readLastPerson(typed.words);
      if (to === null) return form('give', tickets, typed);
      return isRefusal(to) ? to : change(tickets, { verb: 'give', to }, typed);
    }),
  },
];
