/** One thing that a subcommand is told. */
export interface Option {
  /** Where the subcommand has a form, the name of its input. */
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly type: 'words' | 'number' | 'person';
  /** The beginning of a line of the grammar that what is typed here completes; null where nothing is offered. */
  readonly complete: string | null;
}

/** A subcommand of `/ticket`: a verb of the grammar. */
export interface Subcommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
  /** The line of the grammar: `{option}` stands for what was told; a part in brackets goes where it was not told. */
  readonly line: string;
  /**
   * The command whose form these options answer, where they do, so that no word of a text is taken for grammar; null where
   * the line says it all.
   */
  readonly form: string | null;
  /** The options without which the form is brought up. */
  readonly asks: readonly string[];
}

export interface Group {
  readonly name: string;
  readonly description: string;
  readonly subcommands: readonly Subcommand[];
}

type Shape = Partial<Pick<Subcommand, 'line' | 'form' | 'asks'>>;

function subcommand(name: string, description: string, options: readonly Option[], shape: Shape = {}): Subcommand {
  const line = name + options.map((each) => (each.required ? ` {${each.name}}` : `[ {${each.name}}]`)).join('');
  return { name, description, options, line, form: null, asks: [], ...shape };
}

function words(name: string, description: string, complete: string | null = null): Option {
  return { name, description, required: false, type: 'words', complete };
}

function person(name: string, description: string): Option {
  return { name, description, required: false, type: 'person', complete: null };
}

function needed(option: Option): Option {
  return { ...option, required: true };
}

const on = needed(words('on', 'The ticket: its number, or words of its subject', 'show '));
const priority: Option = {
  ...{ name: 'priority', description: '0 to 100; 100 is the most urgent', required: false },
  ...{ type: 'number', complete: null },
};
const until = '2h, tomorrow, mon 9am, 2026-12-01 14:00';

/** A verb on a ticket whose words answer its form. */
function formed(
  name: string,
  description: string,
  options: readonly Option[],
  asks: readonly string[] = [],
): Subcommand {
  return subcommand(name, description, [on, ...options], { line: `${name} {on}`, form: `${name} {on}`, asks });
}

/** A verb on a ticket, and words that are no part of its number whatever they begin with: a colon stands between. */
const noted = (name: string, description: string, option: Option) =>
  subcommand(name, description, [on, option], { line: `${name} {on}[: {${option.name}}]` });

const plainOn = (name: string, description: string) => subcommand(name, description, [on]);

/** The verbs of every day. With the groups, 25 are the most that Discord takes. */
export const subcommands: readonly Subcommand[] = [
  subcommand(
    'new',
    'Opens a ticket. Without a subject, a form asks for it.',
    [
      words('subject', 'What it is about'),
      words('body', 'What happened?'),
      words('queue', 'Where it goes', 'new in '),
      priority,
      person('requestor', 'For whom it is; you, if you do not say'),
    ],
    { line: 'new', form: 'new', asks: ['subject'] },
  ),
  plainOn('show', 'Shows a ticket.'),
  subcommand('list', 'Lists open tickets, or those that a search finds.', [
    words('search', 'queue:noc status:open priority>=50 router', 'list '),
  ]),
  subcommand('mine', 'Lists the tickets that you own.', [words('search', 'To narrow them down', 'list ')]),
  subcommand('unowned', 'Lists the tickets that nobody owns.', [words('search', 'To narrow them down', 'list ')]),
  subcommand('find', 'Finds words in tickets.', [needed(words('words', 'What to look for'))]),
  plainOn('take', 'Makes you the owner of a ticket that nobody owns.'),
  plainOn('steal', 'Makes you the owner of somebody else’s ticket.'),
  plainOn('release', 'Gives your ticket back: nobody owns it then.'),
  formed('give', 'Makes another person the owner.', [person('person', 'To whom')], ['person']),
  formed('reply', 'Writes to the requestor.', [words('text', 'The requestor sees this', 'reply {on} ')], ['text']),
  formed(
    'comment',
    'Writes a note that only staff see.',
    [words('text', 'Only staff see this', 'comment {on} ')],
    ['text'],
  ),
  noted('open', 'Marks a ticket as being worked on.', words('text', 'Why; only staff see this')),
  formed('stall', 'Sets a ticket aside; with a time, it opens again by itself.', [
    words('until', until, 'due 1 '),
    words('text', 'What it waits for; only staff see this'),
  ]),
  formed('resolve', 'Closes a ticket that is dealt with.', [words('text', 'How it was resolved; only staff see this')]),
  formed('reject', 'Closes a ticket that will not be dealt with.', [words('text', 'Why; only staff see this')]),
  noted('reopen', 'Opens a closed ticket again.', words('text', 'Why; only staff see this')),
  formed(
    'remind',
    'Reminds you, or somebody else, of a ticket.',
    [words('when', until, 'due 1 '), words('text', 'Of what'), person('person', 'Whom; you, if you do not say')],
    ['when'],
  ),
  formed(
    'set',
    'Changes a field of a ticket.',
    [words('field', 'Which field', 'set 1 '), words('value', 'Its value; nothing clears it', 'set 1 {field}=')],
    ['field'],
  ),
  subcommand(
    'do',
    'Does whatever a line says: take 123, link 123 depends on 120, …',
    [needed(words('line', 'A command without /ticket', ''))],
    { line: '{line}' },
  ),
  subcommand('help', 'Explains all of this, a topic, or one command.', [words('topic', 'What to explain', 'help ')]),
];

/** The others, by what they are about. */
export const groups: readonly Group[] = [
  {
    name: 'change',
    description: 'Changes a ticket',
    subcommands: [
      formed('priority', 'Sets the priority.', [priority], ['priority']),
      formed('move', 'Moves a ticket to another queue.', [words('queue', 'Which queue', 'move 1 ')], ['queue']),
      formed('due', 'Sets when it must be done.', [words('when', `${until}; nothing: at no time`, 'due 1 ')]),
      formed('next', 'Writes down what is to be done next.', [words('text', 'Nothing clears it')]),
      formed(
        'time',
        'Records time that you worked.',
        [words('duration', '30m, 1h30m, 1.5h, or minutes'), words('text', 'On what; only staff see this')],
        ['duration'],
      ),
      plainOn('undo', 'Takes back your last change, while nothing was built on it.'),
      noted('delete', 'Closes a ticket that should never have been one.', words('text', 'Why; only staff see this')),
    ],
  },
  {
    name: 'people',
    description: 'Who hears of a ticket',
    subcommands: [
      formed('cc', 'Lets a person hear the replies.', [person('person', 'Who')], ['person']),
      formed('admincc', 'Lets a person hear replies and comments.', [person('person', 'Who')], ['person']),
      formed('requestor', 'Adds someone who asks.', [person('person', 'Who')], ['person']),
      plainOn('watch', 'Keeps you told of what happens to a ticket.'),
      plainOn('unwatch', 'Ends that.'),
    ],
  },
  {
    name: 'links',
    description: 'Ties tickets together',
    subcommands: [
      formed(
        'link',
        'Ties two tickets together.',
        [
          words('kind', 'How: depends on, refers to, member of, …', 'link 1 '),
          words('ticket', 'The other one', 'show '),
        ],
        ['kind', 'ticket'],
      ),
      subcommand('unlink', 'Takes such a tie away.', [
        on,
        needed(words('kind', 'How: depends on, refers to, member of, …', 'unlink 1 ')),
        needed(words('ticket', 'The other one', 'show ')),
      ]),
      formed('merge', 'Makes a ticket part of another.', [words('ticket', 'Into which', 'show ')], ['ticket']),
    ],
  },
  {
    name: 'more',
    description: 'History, feeds, and the rest',
    subcommands: [
      plainOn('history', 'Tells all that happened to a ticket.'),
      subcommand('originals', 'The history with what edited and deleted messages said at first; for staff.', [on], {
        line: 'history {on} originals',
      }),
      noted('snooze', 'Lets your reminder ring again later.', words('when', `${until}; nothing: in an hour`)),
      plainOn('done', 'Ends your reminder.'),
      subcommand('reminders', 'Lists your reminders.', []),
      subcommand(
        'feed',
        'Tells this channel what happens in a queue.',
        [needed(words('queue', 'Which queue', 'feed ')), words('search', 'Only what this finds', 'list ')],
        { line: 'feed {queue} here[ {search}]' },
      ),
      subcommand('feeds', 'Lists the queues that have a feed here.', []),
      subcommand('unfeed', 'Ends that.', [needed(words('queue', 'Which queue', 'unfeed '))], {
        line: 'unfeed {queue} here',
      }),
      subcommand('report', 'Draws up a report. Alone, it tells which there are.', [
        words('report', 'Which', 'report '),
      ]),
    ],
  },
];
