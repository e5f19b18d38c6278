import type { Actor } from './actor.ts';
import type { Change, Transaction } from './change.ts';
import { mentionedBy } from './mentioned.ts';
import type { Lifecycle, Queue } from './policy.ts';
import { canSee, canSeeComments } from './rights.ts';
import type { PersonId, Reminder, Ticket } from './ticket.ts';

/** Who reads along: `staff` hears comments too, `requestor` only what a requestor may see. */
export type Audience = 'staff' | 'requestor';

/**
 * Whether only staff may see a change: those who have ShowTicketComments. The one owner of this knowledge.
 *
 * Links name other tickets, whose very numbers may be secret; an amendment is as secret as the text that it replaces,
 * which it does not tell, so by itself it counts as secret.
 */
export function staffOnly(change: Change): boolean {
  switch (change.type) {
    case 'create':
    case 'reply':
    case 'status':
    case 'owner':
    case 'merged into':
      return false;
    case 'set':
      return change.field === 'next';
    case 'watcher':
      return change.role === 'admincc';
    case 'comment':
    case 'field':
    case 'link':
    case 'time':
    case 'reminder':
    case 'merged from':
    case 'amend':
    case 'undo':
      return true;
  }
}

/**
 * A change as an audience may know it; null when it may not. The resolution is the text of a comment, so requestors get
 * the status without it.
 */
export function asHeard(change: Change, audience: Audience): Change | null {
  if (audience === 'staff') return change;
  if (staffOnly(change)) return null;
  return change.type === 'status' ? { ...change, resolution: '', was: { ...change.was, resolution: '' } } : change;
}

/** Everything around a ticket that decides who hears of it. */
export interface World {
  readonly queue: Queue;
  readonly lifecycle: Lifecycle;
  /** Feeds of any queue in the places concerned; `matches`: the ticket is among those that the feed's search finds. */
  readonly feeds: readonly {
    readonly place: number;
    readonly queue: string;
    readonly audience: Audience;
    readonly matches: boolean;
  }[];
  /** Places in which the ticket is talked about. */
  readonly conversations: readonly { readonly place: number; readonly audience: Audience }[];
  /** Places that show a card of the ticket already, or are about to. */
  readonly cards: readonly number[];
  /** Everybody who may be concerned, with their groups: on the ticket, named in the changes, in a group that is reminded. */
  readonly readers: ReadonlyMap<PersonId, Actor>;
  /** Whether a person reads along in a place that is told. */
  readonly inConversation: (person: PersonId, place: number) => boolean;
  /** Where the command was typed for all there to read; null for a button, a private command, an alarm. */
  readonly spokenIn: number | null;
  /** Whom a mention reached in the message itself: their platform notified them where it was written. */
  readonly mentionReached: ReadonlySet<PersonId>;
  /** Whether a line that names a person in a place makes their platform notify them. */
  readonly mentionReaches: (person: PersonId, place: number) => boolean;
  /** Of the places that are to be reminded, those in which somebody reads along who may not know of the ticket. */
  readonly closed: ReadonlySet<number>;
}

/** One who is to be told, and what: `audience` says how much of it. `withdrawal`: a card there must no longer show the ticket. */
export type Target =
  | {
      readonly to: 'place';
      readonly place: number;
      readonly part: 'card' | 'line' | 'reminder' | 'withdrawal';
      readonly audience: Audience;
    }
  | {
      readonly to: 'person';
      readonly person: PersonId;
      readonly part: 'line' | 'reminder';
      readonly audience: Audience;
    };

/**
 * Who hears of what one command did to a ticket, each once.
 *
 * - Feeds of the ticket's queue whose search finds it get its card; from then on the card follows every change, also
 *   when the search finds the ticket no more, for a card must not be stale. Where requestors read along it stays as it
 *   is while only staff matters change: an edit would tell that something happened.
 * - A card in a place that has no claim to the ticket any more (it moved to another queue, the feed was taken away) is
 *   withdrawn: what it shows is private by now.
 * - A conversation is told, in a line, what staff or requestors hear (`hears`), and so is a feed, under its card; a new
 *   ticket with its card, which is the acknowledgement. The place in which it was said is not told again,
 *   but that a ticket was resolved, stalled or reopened by a command among requestors.
 * - The owner and adminccs hear what staff hear; requestors and ccs what requestors hear; who lost a ticket to somebody
 *   else hears that. They hear directly only if no conversation that they read has it, and never of their own act.
 * - Whoever is mentioned in a reply or a comment hears of it directly, once: not where their platform notified them of the
 *   mention itself, or does so in a conversation of theirs that is told.
 * - A reminder goes to its target and nobody else, and takes the place of a line; so does that it is done or put off.
 * - Whoever may not see the ticket (any more) hears nothing; who may not see comments hears no staff matters.
 *
 * @param ticket as it is after the command.
 * @param transactions those of the one command, oldest first.
 */
export function audience(ticket: Ticket, transactions: readonly Transaction[], world: World): readonly Target[] {
  const reminders = rung(transactions).flatMap((reminder) => reminded(ticket, reminder, world));
  const claims = claimsTo(ticket, world);
  const people = new Set(reminders.flatMap((target) => (target.to === 'person' ? [target.person] : [])));
  return [
    ...once(reminders),
    ...cards(transactions, claims, world),
    ...lines(transactions, claims, world),
    ...directly(ticket, transactions, claims, world).filter((target) => !people.has(target.person)),
  ];
}

/** What each side is told of; everything else is on the card and in the history. */
function hears(side: Audience, change: Change, lifecycle: Lifecycle): boolean {
  switch (change.type) {
    case 'create':
    case 'reply':
      return true;
    case 'status':
      return side === 'staff' || endsOrResumes(change, lifecycle);
    case 'comment':
    case 'owner':
    case 'merged into':
    case 'merged from':
      return side === 'staff';
    case 'set':
      return side === 'staff' && change.field === 'queue';
    default:
      return false;
  }
}

/**
 * Whether a requestor has to know of a status: that their ticket was resolved or rejected, and, having heard that, that
 * it goes on. Deleting is housekeeping, of which nobody is told.
 */
function endsOrResumes(change: Extract<Change, { type: 'status' }>, { verbs }: Lifecycle): boolean {
  if (change.kind === 'inactive') return change.to !== verbs.delete;
  return change.was.resolved !== null && change.from !== verbs.delete;
}

function cards(transactions: readonly Transaction[], claims: readonly Claim[], world: World): readonly Target[] {
  const made = transactions.some(({ change }) => change.type === 'create');
  const told = (audience: Audience) => transactions.some(({ change }) => asHeard(change, audience) !== null);
  const stray = world.cards.filter((place) => !claims.some((claim) => claim.place === place));
  return [
    ...stray.map((place) => ({ to: 'place', place, part: 'withdrawal', audience: 'requestor' }) as const),
    ...claims
      .filter(({ place, by, audience }) => (world.cards.includes(place) ? told(audience) : by === 'feed' || made))
      .map(({ place, audience }) => ({ to: 'place', place, part: 'card', audience }) as const),
  ];
}

function lines(transactions: readonly Transaction[], claims: readonly Claim[], world: World): readonly Target[] {
  if (transactions.some(({ change }) => change.type === 'create')) return [];
  return claims
    .filter(({ place, audience }) =>
      place === world.spokenIn
        ? audience === 'requestor' && changesCourse(transactions, world.lifecycle)
        : transactions.some(({ change }) => hears(audience, change, world.lifecycle)),
    )
    .map(({ place, audience }) => ({ to: 'place', place, part: 'line', audience }));
}

/**
 * Whether a command that was typed among requestors is told there in words: `!resolve` and `!stall` say little by themselves,
 * and with a note for staff they may be hidden. A status that follows from a reply is told by the reply.
 */
function changesCourse(transactions: readonly Transaction[], lifecycle: Lifecycle): boolean {
  if (transactions.some(({ change }) => change.type === 'reply')) return false;
  return transactions.some(
    ({ change }) =>
      change.type === 'status' && (endsOrResumes(change, lifecycle) || change.to === lifecycle.verbs.stall),
  );
}

/** A place that is told of the ticket. */
export interface Claim {
  readonly place: number;
  readonly audience: Audience;
  readonly by: 'feed' | 'conversation';
}

/** What decides which places have a claim to a ticket. */
export type Claimants = Pick<World, 'queue' | 'feeds' | 'conversations' | 'cards' | 'readers'>;

/** The places with a claim to the ticket, each once: where a feed and a conversation meet, the more careful one counts. */
export function claimsTo(ticket: Ticket, world: Claimants): readonly Claim[] {
  const feeds = world.feeds
    .filter(({ queue, place, matches }) => queue === ticket.queue && (matches || world.cards.includes(place)))
    .map(({ place, audience }) => ({ place, audience, by: 'feed' }) as const);
  const conversations = world.conversations
    .filter(({ audience }) => open(ticket, audience, world))
    .map(({ place, audience }) => ({ place, audience, by: 'conversation' }) as const);
  const all = [...feeds, ...conversations];
  const careful = [
    ...all.filter(({ audience }) => audience === 'staff'),
    ...all.filter(({ audience }) => audience !== 'staff'),
  ];
  return [...new Map(careful.map((claim) => [claim.place, claim])).values()];
}

/** A requestors' conversation is about the ticket for as long as one of them may see it. */
function open(ticket: Ticket, audience: Audience, { queue, readers }: Claimants): boolean {
  if (audience === 'staff') return true;
  return [...ticket.requestors, ...ticket.ccs].some((person) => {
    const reader = readers.get(person);
    return reader !== undefined && canSee(reader, ticket, queue);
  });
}

function directly(ticket: Ticket, transactions: readonly Transaction[], claims: readonly Claim[], world: World) {
  const staff = [ticket.owner, ...ticket.adminccs];
  const others = [...ticket.requestors, ...ticket.ccs];
  const losers = transactions.flatMap(({ change }) => (change.type === 'owner' ? [change.from] : []));
  const targets: { to: 'person'; person: PersonId; part: 'line'; audience: Audience }[] = [];
  const mentioned = transactions.flatMap(({ change }) => mentionedBy(change));
  for (const person of new Set([...staff, ...others, ...losers, ...mentioned])) {
    const reader = person === null ? undefined : world.readers.get(person);
    if (reader === undefined || !canSee(reader, ticket, world.queue)) continue;
    const heard = transactions.filter(
      ({ actor, change }) =>
        actor !== person &&
        ((staff.includes(person) && hears('staff', change, world.lifecycle)) ||
          (others.includes(reader.person) && hears('requestor', change, world.lifecycle)) ||
          (change.type === 'owner' && change.from === person) ||
          mentionedBy(change).includes(reader.person)),
    );
    const audience = canSeeComments(reader, ticket, world.queue) ? 'staff' : 'requestor';
    const left = heard.filter(
      ({ change }) => asHeard(change, audience) !== null && !heardThere(reader, change, claims, world),
    );
    if (left.length > 0) targets.push({ to: 'person', person: reader.person, part: 'line', audience });
  }
  return targets;
}

/** Whether a person reads a change in one of the places: the one that it was said in, or one that is told of it. */
function heardThere({ person }: Actor, change: Change, claims: readonly Claim[], world: World): boolean {
  if (mentionedBy(change).includes(person)) return mentionHeard(person, change, claims, world);
  return claims.some(
    ({ place, audience }) =>
      world.inConversation(person, place) && (place === world.spokenIn || hears(audience, change, world.lifecycle)),
  );
}

/** Reminders whose time has come, and those that were delivered and are finished or put off: their message says so. */
/** Whether somebody is notified of a mention without being told directly. */
function mentionHeard(person: PersonId, change: Change, claims: readonly Claim[], world: World): boolean {
  if (world.mentionReached.has(person)) return true;
  return claims.some(
    ({ place, audience }) =>
      place !== world.spokenIn &&
      world.inConversation(person, place) &&
      hears(audience, change, world.lifecycle) &&
      world.mentionReaches(person, place),
  );
}

function rung(transactions: readonly Transaction[]): readonly Reminder[] {
  return transactions.flatMap(({ change }) =>
    change.type === 'reminder' && (isRing(change) || isSettled(change)) ? [change.after] : [],
  );
}

/** Whether a reminder's time has come by this change. */
export function isRing({ before, after }: Extract<Change, { type: 'reminder' }>): boolean {
  return before?.state === 'waiting' && after.state === 'rung';
}

/** Whether a reminder is finished or put off by this change, or that was undone. Where it was never delivered, nothing says so. */
function isSettled(change: Extract<Change, { type: 'reminder' }>): boolean {
  return change.before !== null && !isRing(change) && !change.after.wakes;
}

/**
 * A reminder's target, as far as it may see the ticket. One for a place speaks for who set it, who must still see it, and
 * who is reminded instead where others read along who may not.
 */
function reminded(ticket: Ticket, { target, by }: Reminder, world: World): readonly Target[] {
  const sees = (reader: Actor | undefined) => reader !== undefined && canSee(reader, ticket, world.queue);
  if (target.to === 'place') {
    const setter = world.readers.get(by);
    if (setter === undefined || !sees(setter)) return [];
    if (world.closed.has(target.place)) return [remindedAlone(setter, ticket, world)];
    const known = [...world.conversations, ...world.feeds.filter(({ queue }) => queue === ticket.queue)];
    const staff = known.some(({ place, audience }) => place === target.place && audience === 'staff');
    return [{ to: 'place', place: target.place, part: 'reminder', audience: staff ? 'staff' : 'requestor' }];
  }
  return [...world.readers.values()]
    .filter((reader) => (target.to === 'person' ? reader.person === target.person : reader.groups.has(target.group)))
    .filter(sees)
    .map((reader) => remindedAlone(reader, ticket, world));
}

function remindedAlone(reader: Actor, ticket: Ticket, { queue }: World): Target {
  const audience = canSeeComments(reader, ticket, queue) ? 'staff' : 'requestor';
  return { to: 'person', person: reader.person, part: 'reminder', audience };
}

function once(targets: readonly Target[]): readonly Target[] {
  return [
    ...new Map(
      targets.map((target) => [target.to === 'place' ? `place ${target.place}` : `person ${target.person}`, target]),
    ).values(),
  ];
}
