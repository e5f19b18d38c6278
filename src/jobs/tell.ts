import { calledIn, quietText } from '../desk/called.ts';
import type { Desk } from '../desk/desk.ts';
import type { Address } from '../desk/inbound.ts';
import { aboutTicket, line } from '../desk/line.ts';
import { isKnown } from '../desk/look.ts';
import { strong } from '../desk/names.ts';
import { info } from '../desk/notice.ts';
import { type Connector, Gone } from '../desk/outlet.ts';
import { drawCard, openingOf } from '../desk/see.ts';
import { asTheyRead, readingOf } from '../desk/told.ts';
import type { LineView, View } from '../desk/view.ts';
import { type Card, cardsOf, forgetCard, keepCard } from '../store/cards.ts';
import { type Delivery, toldOf } from '../store/deliveries.ts';
import { opening, type Recorded, transactionsById } from '../store/history.ts';
import { accountsIn } from '../store/people.ts';
import { moveThread, places } from '../store/places.ts';
import { mergedInto, messageTelling, ofSameCommand, rememberMessage, spokenIn } from '../store/spoken.ts';
import { type Audience, asHeard } from '../ticket/audience.ts';
import { ticketRef, who } from '../ticket/inline.ts';
import { paragraph, type Text } from '../ticket/text.ts';
import type { PersonId, Ticket, TicketId } from '../ticket/ticket.ts';
import { audienceNow } from './access.ts';
import { edited, editParts, postInParts } from './parts.ts';
import { editReminder, reminderFor, settledReminder } from './settled-reminder.ts';
import type { Way } from './target.ts';

/**
 * Tells deliveries that one message settles: several where they are of one card, oldest first. Gives the message by which
 * they were told, null when there was nothing (left) to tell, or the target may not see the ticket any more.
 */
export async function tell(
  desk: Desk,
  deliveries: readonly [Delivery, ...Delivery[]],
  at: Way,
): Promise<string | null> {
  const [first] = deliveries;
  const ticket = (await desk.store.load([first.ticket])).get(first.ticket);
  if (ticket === undefined) return null;
  const audience = await audienceNow(desk, first, ticket);
  if (audience === null) return null;
  const delivery = { ...first, audience };
  switch (delivery.part) {
    case 'card':
      return 'place' in delivery.to ? tellCard(desk, deliveries, delivery.to.place, ticket, audience, at) : null;
    case 'line':
      return tellLine(desk, delivery, ticket, at);
    case 'reminder':
      return tellReminder(desk, delivery, ticket, at);
    case 'withdrawal':
      return 'place' in delivery.to ? withdraw(desk, delivery.to.place, ticket.id, at) : null;
  }
}

/**
 * Brings the cards of the ticket in this place up to date, also those of tickets merged into it; posts one where there is
 * none, or none any more. The oldest delivery names the post: it is the same when this is done again after a crash. An
 * amended text is brought up to date on cards that stand, and is no reason for a new one.
 */
async function tellCard(
  desk: Desk,
  deliveries: readonly [Delivery, ...Delivery[]],
  place: number,
  ticket: Ticket,
  audience: Audience,
  at: Way,
): Promise<string | null> {
  const [oldest] = deliveries;
  const { transaction: shown } = deliveries.at(-1) ?? oldest;
  const view = await drawCard(desk, ticket, audience);
  if (at.connector.erase !== undefined && (await tookOpeningBack(desk, deliveries, ticket.id))) {
    return replaceCards(desk, place, ticket.id, view, at, { key: `card ${oldest.id} anew`, shown });
  }
  const standing: string[] = [];
  for (const card of await cardsIn(desk, place, ticket.id)) {
    if (!(await edited(at, at.address, card.message, view))) continue;
    await keepCard(desk.store, { ...card, shown });
    standing.push(card.message);
  }
  if (standing[0] !== undefined) {
    if (at.again) await tellFiles(desk, deliveries, standing[0], ticket, at);
    return standing[0];
  }
  if (!(await postsCard(desk, deliveries))) return null;
  const message = await postCard(desk, place, view, `card ${oldest.id}`, at);
  await keepCard(desk.store, { ticket: ticket.id, place, message, shown });
  await tellFiles(desk, deliveries, message, ticket, at);
  return message;
}

/** Whether the words that a ticket was opened with, which its cards show, were taken back. */
async function tookOpeningBack(desk: Desk, deliveries: readonly Delivery[], ticket: TicketId): Promise<boolean> {
  const told = await transactionsById(
    desk.store,
    deliveries.map(({ transaction }) => transaction),
  );
  const taken = told.flatMap(({ change }) => (change.type === 'amend' && change.text === null ? [change.of] : []));
  if (taken.length === 0) return false;
  const opened = await opening(desk.store, ticket);
  return opened !== null && taken.includes(opened.id);
}

/**
 * Posts a card in the place of those that stand, and takes these back: their earlier versions hold the words. What is posted
 * and taken back before a crash is the same when this is done again.
 */
async function replaceCards(
  desk: Desk,
  place: number,
  ticket: TicketId,
  view: View,
  at: Way,
  { key, shown }: { readonly key: string; readonly shown: number },
): Promise<string | null> {
  const former = await cardsIn(desk, place, ticket);
  if (former.length === 0) return null;
  const message = await postCard(desk, place, view, key, at);
  for (const card of former) {
    if (card.message !== message) await at.connector.erase?.(at.address, card.message);
    if (card.ticket !== ticket) await forgetCard(desk.store, card.ticket, place);
  }
  await keepCard(desk.store, { ticket, place, message, shown });
  return message;
}

/**
 * Posts a card; where the thread that it belongs to is gone, as when a Matrix room was upgraded, in the channel itself. The
 * conversation goes on below it then.
 */
async function postCard(desk: Desk, place: number, view: View, key: string, at: Way): Promise<string> {
  try {
    return await at.connector.post(at.address, view, key, at.again);
  } catch (error) {
    if (!(error instanceof Gone) || at.address.thread === null) throw error;
    const message = await at.connector.post({ ...at.address, thread: null }, view, `${key} in the channel`, at.again);
    await moveThread(desk.store, place, message);
    return message;
  }
}

/**
 * Posts the files that a ticket was opened with below its new card; not where the message stands that brought them. Only the
 * delivery that tells of the opening does, so that nothing is posted twice.
 */
async function tellFiles(
  desk: Desk,
  deliveries: readonly [Delivery, ...Delivery[]],
  card: string,
  ticket: Ticket,
  at: Way,
): Promise<void> {
  const opened = await opening(desk.store, ticket.id);
  const telling = deliveries.find(({ transaction }) => transaction === opened?.id);
  if (opened === null || telling === undefined) return;
  const { attachments } = await openingOf(desk, ticket.id);
  if (attachments.length === 0) return;
  const { platform, workspace, channel } = at.address;
  const said = await spokenIn(desk.store, [opened.id]);
  if (said.some((key) => key.platform === platform && key.workspace === workspace && key.channel === channel)) return;
  await desk.directory.learn([opened.actor]);
  const view: LineView = {
    view: 'line',
    ticket: ticket.id,
    head: [strong(who(opened.actor, desk.directory.names)), ' attached'],
    body: [],
    attachments,
    staffOnly: false,
    at: opened.at,
    buttons: [],
  };
  await postLine(at, { ...at.address, thread: at.address.thread ?? card }, view, ticket, `files ${telling.id}`);
}

/** Whether any of these deliveries is about more than an amended text. */
async function postsCard(desk: Desk, deliveries: readonly Delivery[]): Promise<boolean> {
  const told = await transactionsById(
    desk.store,
    deliveries.map(({ transaction }) => transaction),
  );
  return told.some(({ change }) => change.type !== 'amend');
}

async function tellLine(desk: Desk, delivery: Delivery, ticket: Ticket, way: Way): Promise<string | null> {
  const at = await asItStands(desk, delivery, way);
  const command = await ofSameCommand(desk.store, delivery.transaction);
  const [amend] = command.filter(({ change }) => change.type === 'amend');
  if (amend?.change.type === 'amend') return tellAmendment(desk, delivery, ticket, amend.change, at);
  const view = await lineFor(desk, delivery, ticket, command, at);
  if (view === null) return null;
  const address = await lineAddress(desk, delivery, ticket.id, at);
  const [message, ...others] = await postInParts(desk, delivery, view, address, at, (part, key) =>
    postLine(at, address, part, ticket, key),
  );
  if ('person' in delivery.to) {
    for (const each of [message, ...others]) {
      await rememberMessage(desk.store, { ...address, message: each }, ticket.id, delivery.transaction);
    }
  }
  return message;
}

/** The way to a conversation, whose thread may have moved since the deliveries to it were begun with. */
async function asItStands(desk: Desk, { to }: Pick<Delivery, 'to'>, way: Way): Promise<Way> {
  if (!('place' in to) || way.address.thread === null) return way;
  const { thread = way.address.thread } = (await places(desk.store, [to.place])).get(to.place) ?? {};
  return { ...way, address: { ...way.address, thread } };
}

/** Posts a line; in the channel itself, with its ticket's name, where somebody has deleted what its thread hangs on. */
export async function postLine(
  at: Way,
  address: Address,
  view: LineView,
  ticket: Ticket,
  key: string,
): Promise<string> {
  try {
    return await at.connector.post(address, { ...view, subject: ticket.subject }, key, at.again);
  } catch (error) {
    if (!(error instanceof Gone) || address.thread === null) throw error;
    const named = { ...view, head: [...view.head, ...aboutTicket(ticket)] };
    return at.connector.post({ ...address, thread: null }, named, `${key} in the channel`, at.again);
  }
}

/** Takes back what the cards of a ticket show in a place whose readers may not see it any more. */
async function withdraw(desk: Desk, place: number, ticket: TicketId, at: Way): Promise<null> {
  for (const card of await cardsIn(desk, place, ticket)) {
    await edited(at, at.address, card.message, info([paragraph('This ticket is not shown here any more.')]));
    await forgetCard(desk.store, card.ticket, place);
  }
  return null;
}

/** The cards of a ticket in a place, also those of tickets merged into it. */
async function cardsIn(desk: Desk, place: number, ticket: TicketId): Promise<readonly Card[]> {
  const cards = await cardsOf(desk.store, [ticket, ...(await mergedInto(desk.store, [ticket]))]);
  return cards.filter((card) => card.place === place);
}

/** An edited or deleted text is edited where it was told; where it was not told yet, it will be told as it reads then. */
async function tellAmendment(
  desk: Desk,
  delivery: Delivery,
  ticket: Ticket,
  { of, text: words }: { readonly of: number; readonly text: Text | null },
  at: Way,
): Promise<string | null> {
  const isGone = words === null;
  const told = await messageTelling(desk.store, of, delivery.to);
  if (told === null) return null;
  const messages = told.parts.length === 0 && told.message !== null ? [told.message] : told.parts;
  const address = await lineAddress(desk, delivery, ticket.id, at);
  if (isGone && at.connector.erase !== undefined) {
    for (const message of messages) if (message !== '') await at.connector.erase(address, message);
    return told.message;
  }
  const view = await lineFor(desk, delivery, ticket, await ofSameCommand(desk.store, of), at);
  if (view !== null) await editParts(messages, view, address, at);
  return told.message;
}

/** What one command did, as far as the delivery's readers may hear of it; null when that is nothing. */
async function lineFor(
  desk: Desk,
  delivery: Delivery,
  ticket: Ticket,
  command: readonly Recorded[],
  { address, connector }: Way,
): Promise<LineView | null> {
  // Under its card and in its thread a line needs no number; in a direct conversation stand many tickets.
  const needsTicket = 'person' in delivery.to;
  const told = command.flatMap((transaction) => heard(transaction, delivery.audience));
  const [first, ...rest] = await asTheyRead(desk, told);
  if (first === undefined) return null;
  const named = new Set([ticket.id, ...(await ticketsOfQueue(desk, ticket.queue, [first, ...rest]))]);
  const reading = await readingOf(
    desk,
    [first, ...rest].map(({ change }) => change),
    {
      sees: (id) => named.has(id),
      knows: (name) => name === ticket.queue || isKnown(desk.policy, name, address),
    },
    [first.actor],
  );
  const view = line(ticket, [first, ...rest], reading, needsTicket ? aboutTicket(ticket) : []);
  const already = new Set([
    ...(await calledAlready(desk, view, [first, ...rest], address, connector)),
    ...(await toldDirectly(desk, view, delivery)),
  ]);
  const awaitedBy = 'place' in delivery.to ? waitingFor(ticket, [first, ...rest], address, delivery.audience) : [];
  const mentions = 'person' in delivery.to && calledIn(view).includes(delivery.to.person);
  const head = mentions ? mentionHead(ticket, [first, ...rest], view) : view.head;
  return { ...view, head, body: quietText(view.body, already), ...(awaitedBy.length === 0 ? {} : { awaitedBy }) };
}

/** The head of a line for somebody whom it mentions: that is why they are told. */
function mentionHead(ticket: Ticket, told: readonly Recorded[], { head }: LineView): LineView['head'] {
  const [actor = ''] = head;
  // A status that follows from a reply needs no words here.
  return told[0]?.change.type === 'reply' || told.every(({ change }) => change.type === 'comment')
    ? [actor, ' mentioned you in ', ticketRef(ticket.id), ` ${ticket.subject}`]
    : [...head, ' · mentioned you'];
}

/** Whom of those that the line names Docket tells of it directly: they are notified by that, and once. */
async function toldDirectly(desk: Desk, view: LineView, { to, transaction }: Delivery): Promise<readonly PersonId[]> {
  if ('person' in to || calledIn(view).length === 0) return [];
  const told = await toldOf(desk.store, transaction, 'line');
  return told.flatMap((hearer) => ('person' in hearer.to ? [hearer.to.person] : []));
}

/**
 * Whom of those that the line names the platform of an address itself called, by the message that the line repeats: everybody,
 * or those alone who are where it was written, on platforms that say who that is.
 */
async function calledAlready(
  desk: Desk,
  view: LineView,
  told: readonly Recorded[],
  { platform, workspace }: Address,
  connector: Connector,
): Promise<ReadonlySet<PersonId>> {
  const called = calledIn(view);
  if (called.length === 0) return new Set();
  const spoken = await spokenIn(
    desk.store,
    told.map(({ id }) => id),
  );
  const here = spoken.filter((message) => message.platform === platform && message.workspace === workspace);
  if (here.length === 0) return new Set();
  const reach = connector.reachedByMention?.bind(connector);
  if (reach === undefined) return new Set(called);
  const accounts = await accountsIn(desk.store, { platform, workspace }, called);
  const reached = new Set<PersonId>();
  for (const { channel } of here) {
    const there = await reach({ workspace, channel }, [...accounts.values()]);
    for (const [person, account] of accounts) if (there.has(account)) reached.add(person);
  }
  return reached;
}

/**
 * Who waits for what a line says and reads it at an address: in the requestor's own thread, the requestors for what others
 * reply; in feeds, and wherever staff alone read, somebody who was made the owner, and the owner for what a requestor replies.
 */
export function waitingFor(
  { owner, requestors }: Pick<Ticket, 'owner' | 'requestors'>,
  told: readonly Recorded[],
  { thread, direct }: Pick<Address, 'thread' | 'direct'>,
  audience: Audience,
): readonly PersonId[] {
  if (direct) return [];
  const waiting = new Set<PersonId>();
  for (const { change, actor } of told) {
    const isReply = change.type === 'reply';
    if (isReply && thread !== null) for (const each of requestors) waiting.add(each);
    const concernsOwner = change.type === 'owner' || (isReply && requestors.includes(actor));
    if (concernsOwner && owner !== null && (thread === null || audience === 'staff')) waiting.add(owner);
    waiting.delete(actor);
  }
  return [...waiting];
}

/** A transaction as an audience may hear it; none when it may not. */
function heard(transaction: Recorded, audience: Audience): readonly Recorded[] {
  const change = audience === 'staff' || !transaction.staffOnly ? asHeard(transaction.change, audience) : null;
  return change === null ? [] : [{ ...transaction, change }];
}

/** Of the other tickets that are spoken of, those of the same queue: whoever is told of one may be told of the other. */
async function ticketsOfQueue(desk: Desk, queue: string, told: readonly Recorded[]): Promise<readonly TicketId[]> {
  const others = told.flatMap(({ change }) => ('ticket' in change ? [change.ticket] : []));
  const loaded = others.length === 0 ? new Map<TicketId, Ticket>() : await desk.store.load(others);
  return others.filter((id) => loaded.get(id)?.queue === queue);
}

/** Lines go under the ticket's card in a channel, and straight into a thread or a direct conversation. */
async function lineAddress(desk: Desk, delivery: Delivery, ticket: TicketId, { address }: Way): Promise<Address> {
  if (address.thread !== null || !('place' in delivery.to) || address.direct) return address;
  const { place } = delivery.to;
  const card = (await cardsOf(desk.store, [ticket])).find((each) => each.place === place);
  return card === undefined ? address : { ...address, thread: card.message };
}

async function tellReminder(desk: Desk, delivery: Delivery, ticket: Ticket, at: Way): Promise<string | null> {
  const settled = await settledReminder(desk, delivery);
  if (settled !== null) return editReminder(desk, delivery, ticket, settled, at);
  const view = await reminderFor(desk, delivery, ticket);
  if (view === null) return null;
  const message = await at.connector.post(at.address, view, `reminder ${delivery.id}`, at.again);
  await rememberMessage(desk.store, { ...at.address, message }, ticket.id, delivery.transaction);
  return message;
}
