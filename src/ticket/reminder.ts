import type { Change } from './change.ts';
import type { Reminder, Ticket } from './ticket.ts';

type ReminderChange = Extract<Change, { type: 'reminder' }>;

/** The number of a ticket's next reminder. Those that are done keep theirs, so that an old button never hits a new one. */
export function nextReminder(ticket: Ticket): number {
  return Math.max(0, ...ticket.reminders.map(({ id }) => id)) + 1;
}

/** Sets a new reminder. */
export function addReminder(ticket: Ticket, reminder: Omit<Reminder, 'id' | 'state'>): ReminderChange {
  return { type: 'reminder', before: null, after: { ...reminder, id: nextReminder(ticket), state: 'waiting' } };
}

/** Changes a reminder. */
export function changeReminder(before: Reminder, difference: Partial<Pick<Reminder, 'at' | 'state'>>): ReminderChange {
  return { type: 'reminder', before, after: { ...before, ...difference } };
}

/** Ends the alarms that wait for a stalled ticket: it is stalled no longer, or until another time. */
export function endAlarms(ticket: Ticket): readonly ReminderChange[] {
  return ticket.reminders
    .filter(({ wakes, state }) => wakes && state === 'waiting')
    .map((alarm) => changeReminder(alarm, { state: 'done' }));
}
