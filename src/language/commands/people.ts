import { isRefusal } from '../../ticket/refusal.ts';
import type { WatcherRole } from '../../ticket/ticket.ts';
import { type Command, change, form, onTickets } from '../command.ts';
import { readLastPerson } from '../person.ts';
import { cited, unclear } from '../unclear.ts';

/** `@bo` adds, `-@bo` takes away. */
const watcher = (role: WatcherRole): Command['read'] =>
  onTickets('no numbers', (tickets, typed) => {
    const add = typed.words.take(/-/y) === null;
    const person = readLastPerson(typed.words);
    if (person === null) return form(role, tickets, typed);
    if (isRefusal(person)) return person;
    if (!typed.words.ended) {
      return unclear(
        typed.command.example,
        `Add or remove one person at a time: `,
        cited(typed.words.rest),
        ' is left.',
      );
    }
    return change(tickets, { verb: 'watcher', role, person, add }, typed);
  });

const watch = (verb: 'watch' | 'unwatch'): Command['read'] =>
  onTickets('no numbers', (tickets, typed) => change(tickets, { verb }, typed));

export const people: readonly Command[] = [
  {
    verb: 'cc',
    aliases: [],
    topic: 'people',
    syntax: 'cc 123 [-]@PERSON',
    summary: 'Lets a person hear the replies; with a minus, no longer.',
    example: 'cc 123 @bo',
    onTickets: true,
    read: watcher('cc'),
  },
  {
    verb: 'admincc',
    aliases: [],
    topic: 'people',
    syntax: 'admincc 123 [-]@PERSON',
    summary: 'Lets a person hear replies and comments; with a minus, no longer.',
    example: 'admincc 123 -@bo',
    onTickets: true,
    read: watcher('admincc'),
  },
  {
    verb: 'requestor',
    aliases: [],
    topic: 'people',
    syntax: 'requestor 123 [-]@PERSON',
    summary: 'Adds someone who asks; with a minus, takes one away.',
    example: 'requestor 123 rita@example.com',
    onTickets: true,
    read: watcher('requestor'),
  },
  {
    verb: 'watch',
    aliases: [],
    topic: 'people',
    syntax: 'watch 123',
    summary: 'Keeps you told of what happens to a ticket.',
    example: 'watch 123',
    onTickets: true,
    read: watch('watch'),
  },
  {
    verb: 'unwatch',
    aliases: [],
    topic: 'people',
    syntax: 'unwatch 123',
    summary: 'Ends that.',
    example: 'unwatch 123',
    onTickets: true,
    read: watch('unwatch'),
  },
];
