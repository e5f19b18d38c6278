import type { Command } from './command.ts';
import { fields } from './commands/fields.ts';
import { links } from './commands/links.ts';
import { lists } from './commands/lists.ts';
import { more } from './commands/more.ts';
import { ownership } from './commands/ownership.ts';
import { people } from './commands/people.ts';
import { reminders } from './commands/reminders.ts';
import { status } from './commands/status.ts';
import { talk } from './commands/talk.ts';
import { tickets } from './commands/tickets.ts';

/** The grammar. A new command is one entry: reading, help, completion and “did you mean” all come from here. */
export const commands: readonly Command[] = [
  ...tickets,
  ...ownership,
  ...talk,
  ...status,
  ...fields,
  ...people,
  ...links,
  ...reminders,
  ...lists,
  ...more,
];

const byName = new Map(
  commands.flatMap((command) => [command.verb, ...command.aliases].map((name) => [name, command])),
);

/** Every verb and alias. */
export const verbs: readonly string[] = [...byName.keys()];

/** The command of a verb or alias, in any case; null when there is none. */
export function commandOf(verb: string): Command | null {
  return byName.get(verb.toLowerCase()) ?? null;
}
