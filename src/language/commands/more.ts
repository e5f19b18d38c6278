import { isRefusal, type Refusal } from '../../ticket/refusal.ts';
import { type Command, nothingMore, type Typed } from '../command.ts';
import type { Request } from '../request.ts';
import { search } from '../search.ts';
import { knownName, unclear, unknownName } from '../unclear.ts';

/** `here` is the only place that can be told of; it may be left out. */
const feed =
  (verb: 'feed' | 'unfeed') =>
  (typed: Typed): Request | Refusal => {
    const { words, speaking, command } = typed;
    if (words.ended) return unclear(command.example, 'Which queue?');
    const name = words.word();
    const queue = knownName(name, speaking.queues);
    if (queue === null) return unknownName('queue', name, speaking.queues, command.example);
    words.keyword('here');
    if (verb === 'unfeed') return nothingMore(typed, { do: 'unfeed', queue, search: null, line: '', anyway: false });
    const anyway = words.keyword('anyway');
    const line = words.rest;
    const only = line === '' ? null : search(line, speaking);
    return isRefusal(only) ? only : { do: 'feed', queue, search: only, line, anyway };
  };

export const more: readonly Command[] = [
  {
    verb: 'feed',
    aliases: [],
    topic: 'more',
    syntax: 'feed QUEUE here [anyway] [SEARCH]',
    summary:
      'Tells this place what happens in a queue, or only to what a search finds. `anyway`: also where not everybody may see it.',
    example: 'feed noc here priority>=50',
    onTickets: false,
    read: feed('feed'),
  },
  {
    verb: 'unfeed',
    aliases: [],
    topic: 'more',
    syntax: 'unfeed QUEUE here',
    summary: 'Ends that.',
    example: 'unfeed noc here',
    onTickets: false,
    read: feed('unfeed'),
  },
  {
    verb: 'feeds',
    aliases: [],
    topic: 'more',
    syntax: 'feeds',
    summary: 'Lists the queues that have a feed here.',
    example: 'feeds',
    onTickets: false,
    read: (typed) => nothingMore(typed, { do: 'feeds' }),
  },
  {
    verb: 'report',
    aliases: [],
    topic: 'more',
    syntax: 'report [REPORT]',
    summary: 'Draws up a report. Alone, it tells which there are.',
    example: 'report',
    onTickets: false,
    read: ({ words }) => ({ do: 'report', name: words.word().toLowerCase(), words: words.rest }),
  },
  {
    verb: 'help',
    aliases: ['?'],
    topic: 'more',
    syntax: 'help [TOPIC]',
    summary: 'Explains all of this, a topic, or one command.',
    example: 'help reminders',
    onTickets: false,
    read: ({ words }) => ({ do: 'help', topic: words.ended ? null : words.rest }),
  },
];
