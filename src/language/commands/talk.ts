import { type Command, change, form, onTickets } from '../command.ts';

const speak = (verb: 'reply' | 'comment'): Command['read'] =>
  onTickets('text', (tickets, typed) => {
    if (typed.words.ended) return form(verb, tickets, typed);
    return change(tickets, { verb, text: typed.words.text(), attachments: [] }, typed);
  });

export const talk: readonly Command[] = [
  {
    verb: 'reply',
    aliases: ['correspond', 'answer'],
    topic: 'talk',
    syntax: 'reply 123 TEXT',
    summary: 'Writes to the requestor. Without a text, asks for it.',
    example: 'reply 123 We are on it.',
    onTickets: true,
    read: speak('reply'),
  },
  {
    verb: 'comment',
    aliases: ['note'],
    topic: 'talk',
    syntax: 'comment 123 TEXT',
    summary: 'Writes a note that only staff see. Without a text, asks for it.',
    example: 'comment 123 Rebooted the router.',
    onTickets: true,
    read: speak('comment'),
  },
];
