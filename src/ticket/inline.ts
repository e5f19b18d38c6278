import type { Inline } from './text.ts';
import type { PersonId, TicketId } from './ticket.ts';

/** How people are called: looked up beforehand, so that texts can be built without waiting. */
export type Names = (person: PersonId) => string;

/** A person in a text. */
export function who(person: PersonId, names: Names): Inline {
  return { inline: 'person', person, name: names(person) };
}

/** A ticket in a text. */
export function ticketRef(ticket: TicketId): Inline {
  return { inline: 'ticket', ticket };
}

/** Something to type. */
export function say(command: string): Inline {
  return { inline: 'command', command };
}

/** Something that was typed, or that may be: shown as it is. */
export function code(text: string): Inline {
  return { inline: 'code', code: text };
}

/** Things in a row: `a, b, c`. */
export function row(inlines: readonly Inline[]): Inline[] {
  return inlines.flatMap((inline, index) => (index === 0 ? [inline] : [', ', inline]));
}
