import { isRefusal, type Refusal } from '../../ticket/refusal.ts';
import { type Command, nothingMore, onTicket, onTickets, readPage, type Typed } from '../command.ts';
import { readPerson } from '../person.ts';
import { type FormName, formNames, type PersonRef, type Request, type Speaking } from '../request.ts';
import { readPriority } from '../settings.ts';
import { knownName, unclear, unknownName } from '../unclear.ts';

/**
 * `[in QUEUE] [p80] [for @PERSON]` in any order, then the subject. The subject ends at the first line break, or at a
 * colon between blanks (`BGP down : since 9:00`); `BGP: session down` is a subject as a whole. Without a subject, the form
 * comes up with what was said.
 */
function open(typed: Typed): Request | Refusal {
  const { words, speaking, command } = typed;
  let queue: string | null = null;
  let priority: number | null = null;
  let requestor: PersonRef | null = null;
  const said: Record<string, string> = {};
  for (;;) {
    if (queue === null && words.keyword('in')) {
      const name = words.word();
      queue = knownName(name, speaking.queues);
      if (queue === null) return unknownName('queue', name, speaking.queues, command.example);
      said['queue'] = queue;
    } else if (priority === null && /^p\d{1,3}$/i.test(words.next)) {
      const word = words.word();
      said['priority'] = word.slice(1);
      const read = readPriority(word);
      if (isRefusal(read)) return read;
      priority = read;
    } else if (requestor === null && /^for\s+(?:<?@|[^\s@]+@[^\s@]+\.)/i.test(words.rest.slice(0, 120))) {
      words.word();
      const from = words.rest;
      const person = readPerson(words, false);
      if (isRefusal(person)) return person;
      requestor = person;
      const typed = from.slice(0, from.length - words.rest.length).trim();
      said['requestor'] = person?.person === 'mention' ? `<@${person.id}>` : typed;
    } else break;
  }
  if (words.ended) return newForm(speaking, said);
  const { subject, body } = readSubject(typed);
  if (subject === '') return unclear(command.example, 'A ticket needs a subject before the colon.');
  return { do: 'new', ticket: { queue, subject, body, attachments: [], priority, requestor } };
}

/** The form of a new ticket, which goes to the queue of the place unless another was said. */
function newForm({ queue, queues }: Speaking, said: Readonly<Record<string, string>>): Request {
  const here: Record<string, string> = queue != null && queues.includes(queue) ? { queue } : {};
  return { do: 'form', form: 'new', ticket: null, said: { ...here, ...said } };
}

function readSubject({ words }: Typed) {
  const all = words.rest;
  const line = all.split('\n', 1)[0] ?? '';
  const colon = /(?:^|\s):(?:\s|$)/.exec(line);
  const subjectEnd = words.read + (colon?.index ?? line.length);
  const bodyStart = words.read + (colon === null ? line.length : colon.index + colon[0].length);
  return {
    subject: words.typed(words.read, subjectEnd).trim(),
    body: words.cut(bodyStart, words.read + all.length),
  };
}

function bringUpForm(typed: Typed): Request | Refusal {
  const name = typed.words.word();
  const form: FormName | undefined = formNames.find((known) => known === name.toLowerCase());
  if (form === undefined) return unknownName('form', name, formNames, typed.command.example);
  if (form === 'new') return nothingMore(typed, newForm(typed.speaking, {}));
  return onTicket((ticket) => nothingMore(typed, { do: 'form', form, ticket, said: {} }))(typed);
}

export const tickets: readonly Command[] = [
  {
    verb: 'new',
    aliases: ['create'],
    topic: 'tickets',
    syntax: 'new [in QUEUE] [p80] [for @PERSON] SUBJECT [: BODY]',
    summary: 'Opens a ticket. The text follows after a colon between blanks, or on the next line.',
    example: 'new in noc p80 BGP down at LAX : Since 9:00, both sessions.',
    onTickets: false,
    read: open,
  },
  {
    verb: 'show',
    aliases: ['view'],
    topic: 'tickets',
    syntax: 'show 123',
    summary: 'Shows a ticket. Its number alone does the same.',
    example: '123',
    onTickets: true,
    read: onTicket((ticket, typed) => nothingMore(typed, { do: 'show', ticket })),
  },
  {
    verb: 'history',
    aliases: ['log'],
    topic: 'tickets',
    syntax: 'history 123 [originals] [page NUMBER]',
    summary:
      'Tells all that happened to a ticket. With `originals`, staff see texts as they were before they were edited.',
    example: 'history 123',
    onTickets: true,
    read: onTicket((ticket, typed) => {
      const originals = typed.words.keyword('originals') ? ({ originals: true } as const) : {};
      const page = readPage(typed.words);
      return isRefusal(page) ? page : nothingMore(typed, { do: 'history', ticket, page, ...originals });
    }),
  },
  {
    verb: 'undo',
    aliases: [],
    topic: 'tickets',
    syntax: 'undo 123',
    summary: 'Takes back your last change, while nothing was built on it.',
    example: 'undo 123',
    onTickets: true,
    read: onTickets('no numbers', (tickets, typed) =>
      nothingMore(typed, { do: 'change', tickets, command: { verb: 'undo' }, hint: null }),
    ),
  },
  {
    verb: 'form',
    aliases: [],
    topic: 'tickets',
    syntax: 'form VERB 123',
    summary: 'Asks for what a command needs, instead of typing it.',
    example: 'form resolve 123',
    onTickets: false,
    read: bringUpForm,
  },
];
