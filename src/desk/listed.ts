import type { Request } from '../language/request.ts';
import { mention } from '../language/unclear.ts';
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
    offset: wish.cursor === null ? (wish.page - 1) * pageLength : 0,
    cursor: wish.cursor,
  });
  await desk.directory.learn(found.tickets.flatMap((ticket) => (ticket.owner === null ? [] : [ticket.owner])));
  const title = await withNames(desk, asker, wish.title);
  return list(found, { ...wish, title }, desk.policy, desk.directory.names);
}

/** A title in which people stand by their names, not by the marks of their platform. */
async function withNames(desk: Desk, asker: Parameters<typeof listed>[1], title: string): Promise<string> {
  const find = finder(desk, asker);
  const names = new Map<string, string>();
  for (const [, id = ''] of title.matchAll(mention)) {
    const person = await find({ person: 'mention', id });
    if (isRefusal(person)) continue;
    await desk.directory.learn([person]);
    names.set(id, desk.directory.names(person));
  }
  return title.replace(mention, (_, id: string) => `@${names.get(id) ?? id}`);
}
