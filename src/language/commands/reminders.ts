import { isRefusal, type Refusal } from '../../ticket/refusal.ts';
import { type Command, change, form, nothingMore, onTickets, type Typed } from '../command.ts';
import { readPerson } from '../person.ts';
import type { ReminderRef } from '../request.ts';
import { readTickets, ticketNumber } from '../tickets.ts';
import { knownName, unknownName } from '../unclear.ts';
import { readWhen, when } from '../when.ts';

const me: ReminderRef = { to: 'person', person: { person: 'me' } };

/** The one to be reminded stands before or after the tickets: `remind me 123 2h`, `remind 123 here eod`. */
const remind: Command['read'] = (typed) => {
  const before = readTarget(typed);
  if (isRefusal(before)) return before;
  const tickets = readTickets(typed, 'a time');
  if (isRefusal(tickets)) return tickets;
  const target = before ?? readTarget(typed) ?? me;
  if (isRefusal(target)) return target;
  if (typed.words.ended) return form('remind', tickets, typed);
  const at = readWhen(typed.words, typed.speaking);
  if (isRefusal(at)) return at;
  return change(tickets, { verb: 'remind', target, at, text: typed.words.plain() }, typed);
};

function readTarget({ words, speaking, command }: Typed): ReminderRef | Refusal | null {
  if (words.keyword('here')) return { to: 'here' };
  if (words.keyword('group')) {
    const name = words.take(/"([^"]+)"/y)?.[1] ?? words.word();
    const group = knownName(name, speaking.groups);
    return group === null ? unknownName('group', name, speaking.groups, command.example) : { to: 'group', group };
  }
  const person = readPerson(words, false);
  return person === null || isRefusal(person) ? person : { to: 'person', person };
}

/** `reminder 2` names one of the ticket's reminders; a button does. */
function readReminder({ words }: Typed): number | Refusal | null {
  return words.keyword('reminder') ? ticketNumber(words.word()) : null;
}

export const reminders: readonly Command[] = [
  {
    verb: 'reminders',
    aliases: [],
    topic: 'reminders',
    syntax: 'reminders',
    summary: 'Lists your reminders: those you are still to get, and those that are not done yet.',
    example: 'reminders',
    onTickets: false,
    read: (typed) => nothingMore(typed, { do: 'reminders' }),
  },
  {
    verb: 'remind',
    aliases: [],
    topic: 'reminders',
    syntax: 'remind [me|@PERSON|here|group GROUP] 123 WHEN [TEXT]',
    summary: 'Reminds you, somebody, a group or this place of a ticket.',
    example: 'remind me 123 tomorrow call the telco',
    onTickets: true,
    read: remind,
  },
  {
    verb: 'snooze',
    aliases: [],
    topic: 'reminders',
    syntax: 'snooze 123 [reminder NUMBER] [WHEN]',
    summary: 'Lets your reminder ring again later: in an hour, if you do not say when.',
    example: 'snooze 123 1h',
    onTickets: true,
    read: onTickets('a time', (tickets, typed) => {
      const reminder = readReminder(typed);
      if (isRefusal(reminder)) return reminder;
      const { now, zone } = typed.speaking;
      const at = typed.words.ended ? anHour(now, zone) : readWhen(typed.words, typed.speaking);
      return isRefusal(at) ? at : change(tickets, { verb: 'snooze', reminder, at }, typed);
    }),
  },
  {
    verb: 'done',
    aliases: [],
    topic: 'reminders',
    syntax: 'done 123 [reminder NUMBER]',
    summary: 'Ends your reminder.',
    example: 'done 123',
    onTickets: true,
    needsBang: true,
    read: onTickets('no numbers', (tickets, typed) => {
      const reminder = readReminder(typed);
      return isRefusal(reminder) ? reminder : change(tickets, { verb: 'done', reminder }, typed);
    }),
  },
];

function anHour(now: string, zone: string): string | Refusal {
  const read = when('1h', now, zone);
  return isRefusal(read) ? read : read.at;
}
