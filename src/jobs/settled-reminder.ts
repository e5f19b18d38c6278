import { reminderButtons } from '../desk/buttons.ts';
import type { Desk } from '../desk/desk.ts';
import { strong } from '../desk/names.ts';
import { Gone } from '../desk/outlet.ts';
import type { LineView } from '../desk/view.ts';
import type { Delivery } from '../store/deliveries.ts';
import { reminderMessage } from '../store/reminders.ts';
import { ofSameCommand } from '../store/spoken.ts';
import { isRing } from '../ticket/audience.ts';
import { ticketRef } from '../ticket/inline.ts';
import { type Inline, text } from '../ticket/text.ts';
import type { Reminder, Ticket } from '../ticket/ticket.ts';
import type { Way } from './target.ts';

/** The reminder that was finished or put off in a delivery's transaction; null where it is one that rings. */
export async function settledReminder(
  desk: Desk,
  { transaction }: Pick<Delivery, 'transaction'>,
): Promise<Reminder | null> {
  const [first] = (await ofSameCommand(desk.store, transaction)).filter(({ change }) => change.type === 'reminder');
  if (first?.change.type !== 'reminder' || isRing(first.change)) return null;
  return first.change.after;
}

/** Has the message of a reminder say that it is done, or until when it is put off. Null where there is no such message. */
export async function editReminder(
  desk: Desk,
  delivery: Pick<Delivery, 'transaction' | 'to'>,
  ticket: Ticket,
  reminder: Reminder,
  at: Way,
): Promise<string | null> {
  const message = await reminderMessage(desk.store, { ...delivery, ticket: ticket.id, reminder: reminder.id });
  if (message === null) return null;
  try {
    await at.connector.edit(at.address, message, settledView(desk, ticket, reminder));
  } catch (error) {
    // Somebody has deleted the message, so that there is nothing to bring up to date.
    if (!(error instanceof Gone)) throw error;
  }
  return message;
}

function settledView(desk: Desk, ticket: Ticket, reminder: Reminder): LineView {
  const buttons = reminderButtons(ticket.id, reminder.id);
  return {
    view: 'line',
    ticket: ticket.id,
    head: [...heading(reminder), ' · ', ticketRef(ticket.id), ` ${ticket.subject}`],
    body: reminder.text === '' ? [] : text(reminder.text),
    attachments: [],
    staffOnly: false,
    at: desk.now(),
    buttons: reminder.state === 'done' ? buttons.filter(({ command }) => command.startsWith('show ')) : buttons,
  };
}

function heading({ state, at }: Reminder): readonly Inline[] {
  switch (state) {
    case 'done':
      return ['✅ ', strong('Reminder'), ' · done'];
    case 'waiting':
      return ['💤 ', strong('Reminder'), ' · snoozed until ', { inline: 'time', at }];
    case 'rung':
      return ['⏰ ', strong('Reminder')];
  }
}

/** The reminder that rang in a delivery's transaction. */
export async function reminderFor(
  desk: Desk,
  delivery: Pick<Delivery, 'transaction'>,
  ticket: Pick<Ticket, 'id' | 'subject'>,
): Promise<LineView | null> {
  const [rung] = await ofSameCommand(desk.store, delivery.transaction);
  if (rung?.change.type !== 'reminder') return null;
  const { id, text: words } = rung.change.after;
  return {
    view: 'line',
    ticket: ticket.id,
    head: ['⏰ ', strong('Reminder'), ' · ', ticketRef(ticket.id), ` ${ticket.subject}`],
    body: words === '' ? [] : text(words),
    attachments: [],
    staffOnly: false,
    at: rung.at,
    buttons: reminderButtons(ticket.id, id),
  };
}
