import type { Inline } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';

/** How people are called: looked up beforehand, so that views can be built without waiting. */
export type Names = (person: PersonId) => string;

/** A person in a text; nobody where there is none. */
export function who(person: PersonId | null, names: Names): Inline {
  return person === null ? 'nobody' : { inline: 'person', person, name: names(person) };
}

/** People in a row: `Ada, Bo`. */
export function everyone(people: readonly PersonId[], names: Names): Inline[] {
  return people.flatMap((person, index) => (index === 0 ? [who(person, names)] : [', ', who(person, names)]));
}

/** A ticket in a text. */
export function ticketRef(ticket: number): Inline {
  return { inline: 'ticket', ticket };
}

/** Something to type. */
export function say(command: string): Inline {
  return { inline: 'command', command };
}

export function strong(...inlines: Inline[]): Inline {
  return { inline: 'strong', inlines };
}
