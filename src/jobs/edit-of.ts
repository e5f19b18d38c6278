import type { Desk } from '../desk/desk.ts';
import type { Delivery } from '../store/deliveries.ts';
import { reminderMessage } from '../store/reminders.ts';
import { messageTelling, ofSameCommand } from '../store/spoken.ts';
import { settledReminder } from './settled-reminder.ts';

/**
 * The message that a delivery edits: of a line whose text was edited or deleted since, of a reminder that was finished or put
 * off. Null: it edits one, and that was never told; undefined: it is a message of its own.
 */
export async function editOf(desk: Desk, delivery: Delivery): Promise<string | null | undefined> {
  const { transaction, ticket, to, part } = delivery;
  if (part === 'reminder') {
    const settled = await settledReminder(desk, delivery);
    return settled === null
      ? undefined
      : reminderMessage(desk.store, { ticket, transaction, to, reminder: settled.id });
  }
  const command = await ofSameCommand(desk.store, transaction);
  const amend = command.find(({ change }) => change.type === 'amend')?.change;
  if (amend?.type !== 'amend') return undefined;
  const told = await messageTelling(desk.store, amend.of, to);
  // Of a text that was told in part, it is not known yet where it stands.
  return told === null ? null : (told.message ?? undefined);
}
