import { aboutTicket } from '../desk/line.ts';
import { strong } from '../desk/names.ts';
import { Closed, Undeliverable } from '../desk/outlet.ts';
import type { LineView } from '../desk/view.ts';
import { cardsOf } from '../store/cards.ts';
import type { Delivery } from '../store/deliveries.ts';
import { type Feed, feeds } from '../store/feeds.ts';
import { type Identity, identitiesOf, type KnownWay, noteClosed } from '../store/people.ts';
import { ofSameCommand, rememberMessage, stands } from '../store/spoken.ts';
import { who } from '../ticket/inline.ts';
import { type Block, paragraph } from '../ticket/text.ts';
import type { PersonId, Ticket } from '../ticket/ticket.ts';
import { audienceNow } from './access.ts';
import type { JobContext } from './context.ts';
import { editOf } from './edit-of.ts';
import { reminderFor } from './settled-reminder.ts';
import { reachAs, reachPlace } from './target.ts';
import { postLine, tell } from './tell.ts';

/**
 * Tells somebody a delivery in their direct conversation on the first platform that has one; where they take no direct
 * messages there, with a word to them in a feed that shows the ticket. Gives the message by which they were told, null
 * when there was nothing (left) to tell. What they were told is edited where it stands, and nowhere else.
 *
 * @param again whether an attempt before this one may have told it
 * @throws TryLater; Undeliverable where there is no way to them
 */
export async function tellPerson(
  context: JobContext,
  person: PersonId,
  delivery: Delivery,
  again: boolean,
): Promise<string | null> {
  const { desk } = context;
  const ticket = (await desk.store.load([delivery.ticket])).get(delivery.ticket);
  const audience = ticket === undefined ? null : await audienceNow(desk, delivery, ticket);
  // Asked before any way is tried: who may not see the ticket any more is not waited for either.
  if (audience === null) return null;
  const edits = await editOf(desk, delivery);
  if (edits === null) return null;
  let closed: Closed | null = null;
  for (const way of await identitiesOf(desk.store, person)) {
    const at = await reachAs(context, way);
    if (at === null) continue;
    if (edits !== undefined && !(await stands(desk.store, { ...at.address, message: edits }))) continue;
    try {
      const message = await tell(desk, [delivery], { ...at, again });
      if (way.closed) await noteClosed(desk.store, way, false);
      return message;
    } catch (error) {
      if (!(error instanceof Closed)) throw error;
      // What closed the conversation also keeps its messages as they are; nobody is called for that.
      if (edits !== undefined) return null;
      closed ??= error;
      const message = await tellInFeed(context, { ...delivery, audience, person, again }, way, error);
      if (message !== null) return message;
    }
  }
  if (edits !== undefined) return null;
  throw (
    closed ??
    new Undeliverable('there is no direct conversation with them on any platform that Docket is connected to', {
      mend: 'They hear what waits for them when they have one: on a platform, or by signing in to the console.',
    })
  );
}

type ForPerson = Pick<Delivery, 'id' | 'ticket' | 'transaction' | 'part' | 'audience'> & {
  readonly person: PersonId;
  readonly again: boolean;
};

/**
 * Calls somebody where the ticket's card stands for all who read there; the first time also says why it is said there.
 * Null where there is no such place on their platform.
 */
async function tellInFeed(
  context: JobContext,
  delivery: ForPerson,
  way: KnownWay,
  { mend }: Closed,
): Promise<string | null> {
  const { desk } = context;
  const ticket = (await desk.store.load([delivery.ticket])).get(delivery.ticket);
  const found = ticket === undefined ? null : await feedWithCard(context, delivery, way, ticket);
  if (ticket === undefined || found === null) return null;
  const { feed, thread } = found;
  await desk.directory.learn([delivery.person]);
  const why = way.closed
    ? []
    : [paragraph(`Your direct messages are closed to Docket, so that it says this here. ${mend}`)];
  const view = await viewFor(context, delivery, ticket, feed, why);
  try {
    const at = { ...(await reachPlace(context, feed.place)), again: delivery.again };
    const message = await postLine(at, { ...at.address, thread }, view, ticket, `call ${delivery.id}`);
    await rememberMessage(desk.store, { ...at.address, message }, ticket.id, delivery.transaction);
    if (!way.closed) await noteClosed(desk.store, way, true);
    return message;
  } catch (error) {
    if (error instanceof Undeliverable) return null;
    throw error;
  }
}

/**
 * A feed of the ticket's queue on somebody's platform in which the ticket's card stands, with the card. Where requestors read
 * along, nobody is called for what only staff may know of, but to be reminded; those who hear as requestors do are not called
 * where only staff read along.
 */
async function feedWithCard(
  { desk }: JobContext,
  { audience, part, transaction }: Pick<Delivery, 'audience' | 'part' | 'transaction'>,
  { platform, workspace }: Identity,
  ticket: Ticket,
): Promise<{ readonly feed: Feed; readonly thread: string } | null> {
  const cards = await cardsOf(desk.store, [ticket.id]);
  const command = await ofSameCommand(desk.store, transaction);
  const isPublic = part === 'reminder' || command.some(({ staffOnly }) => !staffOnly);
  const there = (await feeds(desk.store)).filter(
    (feed) =>
      feed.queue === ticket.queue &&
      feed.key.platform === platform &&
      feed.key.workspace === workspace &&
      (feed.audience === 'staff' ? audience === 'staff' : isPublic),
  );
  const [found] = there
    .toSorted((a, b) => Number(a.audience !== audience) - Number(b.audience !== audience))
    .flatMap((feed) =>
      cards.filter(({ place }) => place === feed.place).map((card) => ({ feed, thread: card.message })),
    );
  return found ?? null;
}

/** A reminder with its own words, which only staff may read; of anything else, that there is something: it stands there. */
async function viewFor(
  { desk }: JobContext,
  { person, part, transaction }: ForPerson,
  ticket: Ticket,
  feed: Feed,
  why: readonly Block[],
): Promise<LineView> {
  const reminder = part === 'reminder' ? await reminderFor(desk, { transaction }, ticket) : null;
  const words = reminder === null || feed.audience !== 'staff' ? [] : reminder.body;
  return {
    ...(reminder ?? {
      view: 'line',
      ticket: ticket.id,
      head: ['✉️ ', strong('For you'), ...aboutTicket(ticket)],
      attachments: [],
      staffOnly: false,
      at: desk.now(),
      buttons: [],
    }),
    body: [paragraph(who(person, desk.directory.names)), ...words, ...why],
    calls: [person],
  };
}
