import type { Inline } from './text.ts';

/**
 * A "no" that a person can act on: what stands in the way and what to do instead. It is a value, never thrown, and
 * is shown to the person who asked and nobody else.
 */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly text: readonly Inline[];
}

/** What kind of "no" it is: for HTTP statuses, metrics and tests; people read the text. */
export type RefusalCode =
  | 'not understood'
  | 'no such ticket'
  | 'not allowed'
  | 'conflict'
  | 'invalid'
  | 'too large'
  | 'too many'
  | 'not found';

/** A refusal with the given words. */
export function refuse(refused: RefusalCode, ...text: Inline[]): Refusal {
  return { refused, text };
}

/** Whether a result is a refusal. */
export function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}

/** "No such ticket" and "not yours to see" read the same, so that a number tells nothing about what exists. */
export function noSuchTicket(ticket: number | string): Refusal {
  return refuse(
    'no such ticket',
    `There is no ticket #${ticket} that you can see. `,
    { inline: 'command', command: 'mine' },
    ' lists yours.',
  );
}
