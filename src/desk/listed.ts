import type { Request } from '../language/request.ts';
import { search } from '../store/search.ts';
import type { Actor } from '../ticket/actor.ts';
import { isRefusal, type Refusal } from '../ticket/refusal.ts';
import type { Desk } from './desk.ts';
import { finder } from './find.ts';
import type { Address } from './inbound.ts';
import { list, pageLength } from './list.ts';
import { resolveSearch } from './refs.ts';
import type { ListView } from './view.ts';

/** The page of a list that somebody asks for; refuses a search for people who are not known. */
export async function listed(
  desk: Desk,
  asker: { readonly where: Pick<Address, 'platform' | 'workspace'>; readonly speaker: Actor },
  wish: Extract<Request, { do: 'list' }>,
): Promise<ListView | Refusal> {
  const wanted = await resolveSearch(wish.search, finder(desk, asker));
  if (isRefusal(wanted)) return wanted;
  const found = await search(desk.store, {
    search: wanted,
    reader: asker.speaker,
    policy: desk.policy,
    order: wish.order,
    limit: pageLength,
    offset: (wish.page - 1) * pageLength,
  });
  await desk.directory.learn(found.tickets.flatMap((ticket) => (ticket.owner === null ? [] : [ticket.owner])));
  return list(found.tickets, { ...wish, total: found.total }, desk.policy, desk.directory.names);
}
