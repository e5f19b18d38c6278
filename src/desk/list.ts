import { cursorWords } from '../language/cursor.ts';
import type { SearchPage } from '../store/search.ts';
import { type Names, say } from '../ticket/inline.ts';
import { statusKind } from '../ticket/lifecycle.ts';
import type { Policy } from '../ticket/policy.ts';
import type { Inline } from '../ticket/text.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { button } from './buttons.ts';
import { ownerName } from './names.ts';
import type { ListView } from './view.ts';

/** Rows on a page of a list in chat. */
export const pageLength = 10;

/**
 * A page of a list of tickets. `line` lists the same again and is what the paging buttons build on; `total` is the number
 * of tickets found; `hint` is what to know of how the words were read.
 */
export function list(
  { tickets, total, previous, next }: SearchPage,
  asked: { title: string; line: string; hint: string },
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
    total,
    empty: [
      'Nothing found. ',
      ...(asked.hint === '' ? [] : [`${asked.hint} `]),
      say('help search'),
      ' shows what a search can say.',
    ],
    buttons: [
      ...(previous === null ? [] : [button('Previous', `${asked.line} ${cursorWords(previous)}`)]),
      ...(next === null ? [] : [button('Next', `${asked.line} ${cursorWords(next)}`)]),
    ],
  };
}

function rowFacts(ticket: Ticket, names: Names): Inline[] {
  const owner: Inline[] = [ownerName(ticket.owner, names)];
  return ticket.due === null ? owner : [...owner, ' · due ', { inline: 'time', at: ticket.due }];
}
