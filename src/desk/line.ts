import { staffOnly } from '../ticket/audience.ts';
import type { Attachment, Transaction } from '../ticket/change.ts';
import { ticketRef, who } from '../ticket/inline.ts';
import type { Inline, Text } from '../ticket/text.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { describe, type Reading } from './describe.ts';
import { strong } from './names.ts';
import type { LineView } from './view.ts';

/**
 * What one command did, as a line; `about` says of which ticket, where that is not plain to see. `told` are its transactions that the readers may hear of, oldest first and at least
 * one; their texts are as they stand now, with later edits in them.
 */
export function line(
  ticket: Pick<Ticket, 'id' | 'subject'>,
  told: readonly [Transaction, ...Transaction[]],
  reading: Reading,
  about: readonly Inline[] = [],
): LineView {
  const [first] = told;
  return {
    view: 'line',
    ticket: ticket.id,
    head: [strong(who(first.actor, reading.names)), ' ', ...predicates(told, reading), ...about],
    body: told.flatMap(({ change }) => written(change).text),
    attachments: told.flatMap(({ change }) => written(change).attachments),
    staffOnly: told.some(({ change }) => staffOnly(change)),
    at: first.at,
    buttons: [],
  };
}

/** Which ticket a line is about: where it stands among others. */
export function aboutTicket(ticket: Pick<Ticket, 'id' | 'subject'>): readonly Inline[] {
  return [' · ', ticketRef(ticket.id), ` ${ticket.subject}`];
}

/** What was written with a change, and the files that came with it. */
export function written(change: Transaction['change']): { text: Text; attachments: readonly Attachment[] } {
  switch (change.type) {
    case 'create':
      return { text: change.body, attachments: change.attachments };
    case 'reply':
    case 'comment':
      return { text: change.text, attachments: change.attachments };
    default:
      return { text: [], attachments: [] };
  }
}

function predicates(told: readonly Transaction[], reading: Reading): Inline[] {
  return told.flatMap(({ actor, change }, index) => [
    ...(index === 0 ? [] : ['; ']),
    ...describe(change, actor, reading),
  ]);
}
