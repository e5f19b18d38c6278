import { type Names, row, who } from '../ticket/inline.ts';
import type { Inline } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';

/** The owner in a text: a person, or nobody. */
export function ownerName(owner: PersonId | null, names: Names): Inline {
  return owner === null ? 'nobody' : who(owner, names);
}

/** People in a row: `Ada, Bo`. */
export function everyone(people: readonly PersonId[], names: Names): Inline[] {
  return row(people.map((person) => who(person, names)));
}

/** Words with weight. */
export function strong(...inlines: Inline[]): Inline {
  return { inline: 'strong', inlines };
}
