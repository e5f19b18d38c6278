import type { Answer } from '../connector.ts';

/** Who may see a message from now on: those who may see all of these tickets, and their comments where it is for staff. */
export interface Released {
  readonly tickets: readonly number[];
  readonly staffOnly: boolean;
}

/** Everybody in the channel. */
export const everybody: Released = { tickets: [], staffOnly: false };

/**
 * Who may see a message that was held back, by what the desk answered to it. Null: still nobody but its author, for what
 * was refused may have been meant for staff only.
 */
export function released({ reaction, tickets }: Pick<Answer, 'reaction' | 'tickets'>): Released | null {
  switch (reaction) {
    case '❓':
      return null;
    case '🔒':
      return tickets.length === 0 ? null : { tickets, staffOnly: true };
    case '✅':
      return { tickets, staffOnly: false };
    case '🎫':
    case null:
      return everybody;
  }
}
