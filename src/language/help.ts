import { say } from '../ticket/inline.ts';
import { nearest } from '../ticket/nearest.ts';
import { type Refusal, refuse } from '../ticket/refusal.ts';
import { topics } from './command.ts';
import { commandOf, commands, verbs } from './commands.ts';
import { customField, searchFields, searchRows } from './search-fields.ts';
import { shorthandRows } from './shorthand.ts';
import { cited } from './unclear.ts';
import { whenExamples } from './when.ts';

export interface Help {
  readonly heading: string;
  readonly rows: readonly HelpRow[];
}

export interface HelpRow {
  readonly syntax: string;
  readonly summary: string;
  readonly example: string;
}

/** Pages beside those of the commands. */
const languages: Readonly<Record<string, Help>> = {
  shorthand: { heading: 'In any message', rows: shorthandRows },
  search: { heading: 'SEARCH', rows: [...searchFields, customField, ...searchRows].map(row) },
  when: { heading: 'WHEN, in your own time zone', rows: whenExamples },
};

/** The topics of help: those of the commands, and the languages that their arguments are written in. */
export const helpTopics: readonly string[] = [...topics, ...Object.keys(languages)];

/** Help on everything (null), a topic, or a verb. Refuses a topic that there is none of, with the nearest one. */
export function help(topic: string | null): Help | Refusal {
  if (topic === null) return { heading: 'Commands', rows: commands.map(row) };
  const wanted = topic.trim().toLowerCase();
  const language = Object.hasOwn(languages, wanted) ? languages[wanted] : undefined;
  if (language !== undefined) return language;
  const ofTopic = commands.filter((command) => command.topic === wanted);
  if (ofTopic.length > 0) return { heading: `Commands: ${wanted}`, rows: ofTopic.map(row) };
  const command = commandOf(wanted);
  if (command !== null) return { heading: command.verb, rows: [row(command)] };
  const meant = nearest(wanted, [...helpTopics, ...verbs]);
  if (meant === null) {
    return refuse('not found', 'There is no help on ', cited(topic), `, but on: ${helpTopics.join(', ')}.`);
  }
  return refuse('not found', 'There is no help on ', cited(topic), '. Did you mean ', say(`help ${meant}`), '?');
}

function row({ syntax, summary, example }: HelpRow): HelpRow {
  return { syntax, summary, example };
}
