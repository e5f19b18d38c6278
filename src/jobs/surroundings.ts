import type { Desk } from '../desk/desk.ts';
import { finder } from '../desk/find.ts';
import { mayTalkOf } from '../desk/look.ts';
import { resolveSearch } from '../desk/refs.ts';
import { search as readSearch } from '../language/search.ts';
import { type Card, cardsOf, showings } from '../store/cards.ts';
import { conversationsOf } from '../store/conversations.ts';
import type { Announcement } from '../store/deliveries.ts';
import { type Feed, feeds } from '../store/feeds.ts';
import { membersOf } from '../store/groups.ts';
import { accountsIn, actor, docket } from '../store/people.ts';
import { type Place, places } from '../store/places.ts';
import { search } from '../store/search.ts';
import { mergedInto, participants, type Spoken, spokenIn } from '../store/spoken.ts';
import type { Actor } from '../ticket/actor.ts';
import type { World } from '../ticket/audience.ts';
import type { Change } from '../ticket/change.ts';
import { lifecycleOf } from '../ticket/lifecycle.ts';
import { mentionedBy } from '../ticket/mentioned.ts';
import { isRefusal } from '../ticket/refusal.ts';
import type { PersonId, Ticket, TicketId } from '../ticket/ticket.ts';

/** Everything around a ticket that decides who hears of it; null when its queue is not configured any more. */
export async function surroundings(desk: Desk, { ticket, transactions }: Announcement): Promise<World | null> {
  const queue = desk.policy.queues.get(ticket.queue);
  const lifecycle = lifecycleOf(desk.policy, ticket.queue);
  if (queue === undefined || lifecycle === undefined) return null;
  const tickets = [ticket.id, ...(await mergedInto(desk.store, [ticket.id]))];
  const [cards, showing, conversations, spoken] = await Promise.all([
    cardsOf(desk.store, tickets),
    showings(desk.store, tickets),
    conversationsStill(desk, ticket, tickets),
    spokenIn(
      desk.store,
      transactions.map(({ id }) => id),
    ),
  ]);
  const people = await participants(
    desk.store,
    conversations.map(({ place }) => place),
  );
  const shownIn = [...new Set(showing.map(({ place }) => place))];
  return {
    queue,
    lifecycle,
    feeds: await feedsOf(desk, ticket, conversations, shownIn),
    conversations,
    cards: shownIn,
    readers: await readersOf(
      desk,
      ticket,
      transactions.map(({ change }) => change),
    ),
    inConversation: (person, place) => people.get(place)?.has(person) ?? false,
    spokenIn: placeSpokenIn(spoken, conversations, cards),
    ...(await mentionsReach(desk, transactions, spoken, conversations)),
    closed: await closedPlaces(desk, ticket, transactions),
  };
}

/** Whom mentions reach by themselves: in the messages that were written, and in conversations that are told of them. */
async function mentionsReach(
  desk: Desk,
  transactions: Announcement['transactions'],
  spoken: readonly Spoken[],
  conversations: readonly Place[],
): Promise<Pick<World, 'mentionReached' | 'mentionReaches'>> {
  const mentioned = [...new Set(transactions.flatMap(({ change }) => mentionedBy(change)))];
  if (mentioned.length === 0) return { mentionReached: new Set(), mentionReaches: () => false };
  const reachedIn = async (channel: Channel): Promise<readonly PersonId[]> => {
    const accounts = await accountsIn(desk.store, channel, mentioned);
    const reached = await desk.reachedByMention(channel, [...accounts.values()]);
    return [...accounts].flatMap(([person, account]) => (reached.has(account) ? [person] : []));
  };
  const said = await Promise.all(spoken.map(reachedIn));
  const told = await Promise.all(
    conversations.map(async ({ place, key }) => [place, new Set(await reachedIn(key))] as const),
  );
  const places = new Map(told);
  return {
    mentionReached: new Set(said.flat()),
    mentionReaches: (person, place) => places.get(place)?.has(person) ?? false,
  };
}

/** Of the places that somebody wants reminded, those in which the ticket may not be talked about. */
async function closedPlaces(
  desk: Desk,
  { queue }: Ticket,
  transactions: Announcement['transactions'],
): Promise<ReadonlySet<number>> {
  const reminded = transactions.flatMap(({ change }) =>
    change.type === 'reminder' && change.after.target.to === 'place' ? [change.after.target.place] : [],
  );
  if (reminded.length === 0) return new Set();
  const told = await feeds(desk.store);
  const found = [...(await places(desk.store, reminded))];
  return new Set(found.flatMap(([place, key]) => (mayTalkOf(desk, told, queue, key) ? [] : [place])));
}

/**
 * Where a ticket is talked about, and may be by now: a thread among the staff of one queue is not one among those of the
 * queue that the ticket moved to, and one in an open channel is none any more when it moved to a queue that not everybody
 * there may know of.
 */
export async function conversationsStill(desk: Desk, ticket: Ticket, tickets: readonly TicketId[]) {
  const told = await feeds(desk.store);
  const staffed = told.filter(({ queue, audience }) => queue === ticket.queue && audience === 'staff');
  return (await conversationsOf(desk.store, tickets)).filter(({ audience, key }) =>
    audience === 'staff'
      ? staffed.some((feed) => sameChannel(feed.key, key))
      : mayTalkOf(desk, told, ticket.queue, key),
  );
}

/**
 * The feeds that concern a ticket: those of its queue, and those whose place shows its card. A channel in which the
 * ticket has a thread of its own already is not given a second card of it.
 */
async function feedsOf(
  desk: Desk,
  ticket: Ticket,
  conversations: readonly Place[],
  shownIn: readonly number[],
): Promise<World['feeds']> {
  const concerned = (await feeds(desk.store)).filter(
    (feed) =>
      shownIn.includes(feed.place) ||
      (feed.queue === ticket.queue && !conversations.some(({ key }) => sameChannel(key, feed.key))),
  );
  return Promise.all(concerned.map(async (feed) => ({ ...feed, matches: await matches(desk, ticket, feed) })));
}

/** Whether a feed's search finds the ticket; a search that cannot be read (any more) finds everything, so that nothing is missed. */
export async function matches(desk: Desk, ticket: Ticket, feed: Feed): Promise<boolean> {
  if (feed.search === '') return true;
  const self = await docket(desk.store);
  const everything = { ...self, superuser: true };
  const read = readSearch(feed.search, {
    now: desk.now(),
    zone: self.zone,
    ticket: null,
    queues: [...desk.policy.queues.keys()],
    statuses: [...desk.policy.lifecycles.values()].flatMap(({ statuses }) => statuses.map(({ name }) => name)),
    groups: [],
    fields: [...desk.policy.queues.values()].flatMap(({ fields }) => fields.map(({ name }) => name)),
    plainText: 'comment',
  });
  const wanted = isRefusal(read) ? read : await resolveSearch(read, finder(desk, { where: feed.key, speaker: self }));
  if (isRefusal(wanted)) {
    desk.log.warn(
      { queue: feed.queue, search: feed.search },
      'the search of a feed cannot be read; it is told of everything',
    );
    return true;
  }
  // Nobody waits for this one, so it has the time that jobs have.
  const { total } = await search(
    { pool: desk.store.pool },
    {
      search: { all: [{ field: 'id', is: '=', value: ticket.id }, wanted] },
      reader: everything,
      policy: desk.policy,
      order: 'id',
      limit: 1,
      offset: 0,
    },
  );
  return total > 0;
}

export async function readersOf(
  desk: Desk,
  ticket: Ticket,
  changes: readonly Change[],
): Promise<ReadonlyMap<PersonId, Actor>> {
  const people = new Set<PersonId>([...ticket.requestors, ...ticket.ccs, ...ticket.adminccs]);
  if (ticket.owner !== null) people.add(ticket.owner);
  for (const change of changes) {
    if (change.type === 'owner' && change.from !== null) people.add(change.from);
    for (const person of mentionedBy(change)) people.add(person);
    if (change.type !== 'reminder') continue;
    people.add(change.after.by);
    const { target } = change.after;
    if (target.to === 'person') people.add(target.person);
    if (target.to === 'group') for (const person of await membersOf(desk.store, target.group)) people.add(person);
  }
  const readers = await Promise.all([...people].map((person) => actor(desk.store, person)));
  return new Map(readers.map((reader) => [reader.person, reader]));
}

/** The conversation or feed in which something was typed: its thread, or the thread under the ticket's card. */
function placeSpokenIn(
  spoken: readonly Spoken[],
  conversations: readonly Place[],
  cards: readonly Card[],
): number | null {
  for (const message of spoken) {
    const conversation = conversations.find(({ key }) => sameChannel(key, message) && key.thread === message.thread);
    if (conversation !== undefined) return conversation.place;
    const card = cards.find((each) => sameChannel(each.key, message) && each.message === message.thread);
    if (card !== undefined) return card.place;
  }
  return null;
}

interface Channel {
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
}

function sameChannel(a: Channel, b: Channel): boolean {
  return a.platform === b.platform && a.workspace === b.workspace && a.channel === b.channel;
}
