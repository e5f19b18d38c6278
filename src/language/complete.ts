import type { TicketId } from '../ticket/ticket.ts';

/** One entry of the autocompletion. */
export interface Suggestion {
  /** What the composer's text becomes, without the prefix. */
  readonly text: string;
  readonly label: string;
  readonly detail: string;
}

/** What is there to complete with, as far as the person may see it. */
export interface Known {
  readonly queues: readonly string[];
  readonly statuses: readonly string[];
  readonly groups: readonly string[];
  /** Names of fields that `set` changes. */
  readonly fields: readonly string[];
  readonly people: readonly { readonly name: string; readonly label: string }[];
  readonly tickets: readonly { readonly id: TicketId; readonly subject: string }[];
}

/** What the word at the end of a line wants to be, and as much of it as is typed. */
export interface Expectation {
  readonly what: 'verb' | 'ticket' | 'person' | 'queue' | 'status' | 'group' | 'field' | 'when' | 'none';
  readonly prefix: string;
}

/** What could come next in a line that is being typed; best first, twelve at most. */
export function complete(_line: string, _known: Known): readonly Suggestion[] {
  return [];
}

/** What the word at the end of a line wants to be, so that only that need be looked up. */
export function expects(_line: string): Expectation {
  return { what: 'none', prefix: '' };
}
