import { complete, expects } from '../language/complete.ts';
import { peopleMatching } from '../store/acquaintances.ts';
import { actor, personOf } from '../store/people.ts';
import { suggestTickets } from '../store/search.ts';
import type { Desk } from './desk.ts';
import type { Suggestion, Who } from './inbound.ts';
import { namesFor } from './look.ts';

/** How many people or tickets are looked up for one completion. */
const most = 12;

/** What could come next in a command line that is being typed, as far as this person may know of it. */
export async function suggestions(desk: Desk, who: Who, line: string): Promise<readonly Suggestion[]> {
  const reader = await actor(desk.store, await personOf(desk.store, who, who.sender));
  const { what, prefix } = expects(line);
  const asked = { reader, policy: desk.policy, typed: prefix, limit: most };
  const people = what === 'person' ? await peopleMatching(desk.store, asked) : [];
  const tickets = what === 'ticket' ? await suggestTickets(desk.store, asked) : [];
  return complete(line, {
    ...namesFor(desk.policy, reader),
    people: people.map(({ name, displayName }) => ({ name, label: displayName })),
    tickets,
  });
}
