import { parse } from '../language/parse.ts';
import { actor, personOf } from '../store/people.ts';
import { remindersOf } from '../store/reminders.ts';
import type { Actor } from '../ticket/actor.ts';
import { ticketRef } from '../ticket/inline.ts';
import { isRefusal } from '../ticket/refusal.ts';
import { may } from '../ticket/rights.ts';
import { text } from '../ticket/text.ts';
import { reminderButtons } from './buttons.ts';
import type { Desk } from './desk.ts';
import type { Who } from './inbound.ts';
import { listed } from './listed.ts';
import { namesFor } from './look.ts';
import { seenTicket } from './see.ts';
import type { HomeView, LineView, ListView } from './view.ts';

/** Reminders that are shown at once. */
const mostReminders = 10;

/** What waits for somebody. It holds nothing that they may not see. */
export async function home(desk: Desk, who: Who): Promise<HomeView> {
  const reader = await actor(desk.store, await personOf(desk.store, who, who.sender));
  const [mine, unowned, reminders] = await Promise.all([
    listOf(desk, who, reader, 'mine'),
    worksSomewhere(desk, reader) ? listOf(desk, who, reader, 'unowned') : null,
    remindersFor(desk, reader),
  ]);
  return { view: 'home', mine, unowned, reminders };
}

/** Those who may own no ticket at all have no use for a list of what nobody owns. */
function worksSomewhere(desk: Desk, reader: Actor): boolean {
  return [...desk.policy.queues.values()].some((queue) => may(reader, 'OwnTicket', queue, null));
}

/** The list that a command lists; it is drawn by the same words, so that its buttons go on in the same list. */
async function listOf(desk: Desk, where: Who, reader: Actor, line: string): Promise<ListView> {
  const wish = parse(line, {
    now: desk.now(),
    zone: reader.zone,
    ticket: null,
    ...namesFor(desk.policy, reader),
    plainText: 'comment',
  });
  if (isRefusal(wish) || wish.do !== 'list') throw new Error(`“${line}” is no list.`);
  const found = await listed(desk, { where, speaker: reader }, wish);
  if (isRefusal(found)) throw new Error(`“${line}” cannot be listed.`);
  return found;
}

async function remindersFor(desk: Desk, reader: Actor): Promise<readonly LineView[]> {
  const reminders = await remindersOf(desk.store, { reader, policy: desk.policy }, mostReminders);
  const lines = await Promise.all(
    reminders.map(async ({ ticket: number, id, at, text: words }): Promise<readonly LineView[]> => {
      const ticket = await seenTicket(desk, reader, number);
      if (ticket === null) return [];
      return [
        {
          view: 'line',
          ticket: ticket.id,
          head: ['⏰ ', { inline: 'time', at }, ' · ', ticketRef(ticket.id), ` ${ticket.subject}`],
          body: words === '' ? [] : text(words),
          attachments: [],
          staffOnly: false,
          at,
          buttons: reminderButtons(ticket.id, id),
        },
      ];
    }),
  );
  return lines.flat();
}
