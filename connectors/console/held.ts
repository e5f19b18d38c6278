import type { Answer } from '../connector.ts';

/** Who may see a message from now on: those who may see all of these tickets, and their comments where it is for staff. */
export interface Released {
  readonly tickets: readonly number[];
  readonly staffOnly: boolean;
}

/** Everybody in the channel. */
export const everybody: Released = { tickets: [], staffOnly: false };

/**
 * Who may see a message that was held back, by what the desk answered to it. Null: still nobody but its author.
 */
export function released({ audience, tickets }: Pick<Answer, 'audience' | 'tickets'>): Released | null {
  switch (audience) {
    case 'author':
      return null;
    case 'staff':
      return tickets.length === 0 ? null : { tickets, staffOnly: true };
    case 'tickets':
      return tickets.length === 0 ? null : { tickets, staffOnly: false };
    case 'everyone':
      return everybody;
  }
}
