import { openReminders } from '../store/reminders.ts';
import type { Actor } from '../ticket/actor.ts';
import { say, ticketRef, who } from '../ticket/inline.ts';
import { type Block, type Inline, paragraph } from '../ticket/text.ts';
import type { PersonId, Reminder, TicketId } from '../ticket/ticket.ts';
import { button } from './buttons.ts';
import type { Desk } from './desk.ts';
import { strong } from './names.ts';
import { info } from './notice.ts';
import { seenTicket } from './see.ts';
import type { NoticeView } from './view.ts';

/** Reminders that are listed at once, and those of them that get a button: platforms have room for few. */
const most = 20;
const mostButtons = 5;

/**
 * What somebody is still to be reminded of, and what they set for others: those that were delivered and are not done come
 * with the rest, by time. Tickets that they may not see are left out.
 */
export async function remindersView(desk: Desk, reader: Actor): Promise<NoticeView> {
  const found = await openReminders(desk.store, { reader, policy: desk.policy }, most + 1);
  await desk.directory.learn(found.flatMap(({ target }) => (target.to === 'person' ? [target.person] : [])));
  const listed: { readonly id: number; readonly ticket: TicketId; readonly block: Block }[] = [];
  for (const reminder of found.slice(0, most)) {
    const ticket = await seenTicket(desk, reader, reminder.ticket);
    if (ticket === null) continue;
    const words: Inline[] = reminder.text === '' ? [] : [` · ${reminder.text}`];
    listed.push({
      id: reminder.id,
      ticket: ticket.id,
      block: paragraph(
        { inline: 'time', at: reminder.at },
        reminder.state === 'rung' ? ' · not done yet · ' : ' · ',
        ticketRef(ticket.id),
        ` ${ticket.subject}`,
        ...words,
        ...forWhom(reminder, reader.person, desk),
      ),
    });
  }
  if (listed.length === 0) {
    return info([paragraph('You have no reminders. Set one with ', say('remind me 123 tomorrow 9:00'), '.')]);
  }
  const more = found.length > most ? [paragraph(`Only the next ${most} are shown.`)] : [];
  return info(
    [paragraph(strong('Your reminders')), ...listed.map(({ block }) => block), ...more],
    listed.slice(0, mostButtons).map(({ id, ticket }) => button(`Done #${ticket}`, `done ${ticket} reminder ${id}`)),
  );
}

function forWhom({ target }: Pick<Reminder, 'target'>, reader: PersonId, desk: Desk): Inline[] {
  switch (target.to) {
    case 'person':
      return target.person === reader ? [] : [' · for ', who(target.person, desk.directory.names)];
    case 'group':
      return [` · for the group ${target.group}`];
    case 'place':
      return [' · in a channel'];
  }
}
