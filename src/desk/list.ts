import { type Names, say } from '../ticket/inline.ts';
import { statusKind } from '../ticket/lifecycle.ts';
import type { Policy } from '../ticket/policy.ts';
import type { Inline } from '../ticket/text.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { pageButtons } from './buttons.ts';
import { ownerName } from './names.ts';
import type { ListView } from './view.ts';

/** Rows on a page of a list in chat. */
export const pageLength = 10;

/**
 * A page of a list of tickets. `line` lists the same again and is what the paging buttons build on; `page` counts
 * from 1; `total` is the number of tickets found.
 */
export function list(
  tickets: readonly Ticket[],
  asked: { title: string; line: string; page: number; total: number },
  policy: Policy,
  names: Names,
): ListView {
  return {
    view: 'list',
    title: asked.title,
    rows: tickets.map((ticket) => ({
      ticket: ticket.id,
      subject: ticket.subject,
      queue: ticket.queue,
      status: ticket.status,
      kind: statusKind(policy, ticket),
      priority: ticket.priority,
      facts: rowFacts(ticket, names),
    })),
    total: asked.total,
    empty: ['Nothing found. ', say('help search'), ' shows what a search can say.'],
    buttons: pageButtons(asked.line, asked.page, Math.ceil(asked.total / pageLength)),
  };
}

function rowFacts(ticket: Ticket, names: Names): Inline[] {
  const owner: Inline[] = [ownerName(ticket.owner, names)];
  return ticket.due === null ? owner : [...owner, ' · due ', { inline: 'time', at: ticket.due }];
}
