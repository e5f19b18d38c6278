import { amendments, type Recorded } from '../store/history.ts';
import type { Change } from '../ticket/change.ts';
import type { Text } from '../ticket/text.ts';
import type { PersonId } from '../ticket/ticket.ts';
import type { Reading } from './describe.ts';
import type { Desk } from './desk.ts';

/** Transactions with their texts as they read by now: edited texts in place, deleted ones empty and without their files. */
export async function asTheyRead(desk: Desk, transactions: readonly Recorded[]): Promise<readonly Recorded[]> {
  const changed = await amendments(
    desk.store,
    transactions.map(({ id }) => id),
  );
  return transactions.map((transaction) => {
    const amendment = changed.get(transaction.id);
    if (amendment === undefined) return transaction;
    return { ...transaction, change: amended(transaction.change, amendment.text) };
  });
}

/** A reading of these changes: the people in them are looked up, and other tickets and queues named as far as said. */
export async function readingOf(
  desk: Desk,
  changes: readonly Change[],
  named: Pick<Reading, 'sees' | 'knows'>,
  actors: readonly PersonId[] = [],
): Promise<Reading> {
  await desk.directory.learn([...actors, ...changes.flatMap(peopleIn)]);
  return { names: desk.directory.names, ...named };
}

/** A change with another text; with null, its message was deleted, and its files went with it. */
function amended(change: Change, text: Text | null): Change {
  const files = text === null ? { attachments: [] } : {};
  switch (change.type) {
    case 'create':
      return { ...change, ...files, body: text ?? [] };
    case 'reply':
    case 'comment':
      return { ...change, ...files, text: text ?? [] };
    default:
      return change;
  }
}

function peopleIn(change: Change): readonly PersonId[] {
  switch (change.type) {
    case 'owner':
      return [change.from, change.to].filter((person) => person !== null);
    case 'watcher':
      return [change.person];
    case 'reminder':
      return change.after.target.to === 'person' ? [change.after.target.person] : [];
    default:
      return [];
  }
}
