import { complete, type Expectation, expects, type Known } from '../language/complete.ts';
import { peopleMatching } from '../store/acquaintances.ts';
import { actor, personOf } from '../store/people.ts';
import { TookTooLong } from '../store/pool.ts';
import { suggestTickets } from '../store/search.ts';
import type { Actor } from '../ticket/actor.ts';
import { may } from '../ticket/rights.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { Desk } from './desk.ts';
import type { Suggestion, Who } from './inbound.ts';
import { namesFor } from './look.ts';
import { seenTicket } from './see.ts';

/** How many people or tickets are looked up for one completion. */
const most = 12;

/** What could come next in a command line that is being typed, as far as this person may know of it. */
export async function suggestions(desk: Desk, who: Who, line: string): Promise<readonly Suggestion[]> {
  const reader = await actor(desk.store, await personOf(desk.store, who, who.sender));
  const found = await Promise.all(expects(line).map((expected) => lookUp(desk, reader, expected)));
  return complete(line, {
    ...namesFor(desk.policy, reader),
    people: found.flatMap(({ people = [] }) => people),
    tickets: found.flatMap(({ tickets = [] }) => tickets),
    texts: found.flatMap(({ texts = [] }) => texts),
  });
}

async function lookUp(
  desk: Desk,
  reader: Actor,
  { what, prefix, ticket }: Expectation,
): Promise<Partial<Pick<Known, 'people' | 'tickets' | 'texts'>>> {
  const asked = { reader, policy: desk.policy, typed: prefix, limit: most };
  switch (what) {
    case 'person': {
      const people = await peopleMatching(desk.store, asked);
      return { people: people.map(({ name, displayName }) => ({ name, label: displayName })) };
    }
    case 'ticket':
      return { tickets: await suggestTickets(desk.store, asked).catch(noneInTime) };
    case 'text':
      return { texts: ticket === undefined ? [] : await textsFor(desk, reader, ticket) };
    default:
      return {};
  }
}

/** A suggestion that takes longer than a person waits for it is no help any more. */
function noneInTime(error: unknown): readonly [] {
  if (!(error instanceof TookTooLong)) throw error;
  return [];
}

/** The texts that are often written in a ticket's queue, for those who work there. */
async function textsFor(desk: Desk, reader: Actor, id: TicketId): Promise<Known['texts']> {
  const ticket = await seenTicket(desk, reader, id);
  const queue = ticket === null ? undefined : desk.policy.queues.get(ticket.queue);
  if (ticket === null || queue === undefined || !may(reader, 'CommentOnTicket', queue, ticket)) return [];
  return Object.entries(queue.texts).map(([name, text]) => ({ name, text }));
}
