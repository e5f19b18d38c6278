import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Desk } from '../desk/desk.ts';
import { Draft } from '../desk/draft.ts';
import { sources } from '../desk/sources.ts';
import { docket } from '../store/people.ts';
import { ringLater } from '../store/reminders.ts';
import { isRefusal } from '../ticket/refusal.ts';

const alarm = z.strictObject({ ticket: z.int(), reminder: z.int() });

/**
 * The `remind` job: a reminder's time has come. One that was put off or ended meanwhile does not ring; what it leads to
 * (a message, a ticket that opens again) follows from the changes.
 */
export async function ring(desk: Desk, payload: unknown): Promise<void> {
  const { ticket: id, reminder } = alarm.parse(payload);
  const self = await docket(desk.store);
  for (;;) {
    const at = desk.now();
    const draft = new Draft(sources(desk), desk.policy, { ...self, superuser: true }, at);
    const ticket = await draft.ticket(id);
    const waiting = ticket?.reminders.find((each) => each.id === reminder);
    if (ticket === undefined || waiting?.state !== 'waiting') return;
    // Put off meanwhile, or the clock of the database, by which the queue goes, is ahead of this one.
    if (waiting.at > at) return ringLater(desk.store, ticket.id, reminder, Date.parse(waiting.at) - Date.parse(at));
    const drafted = await draft.change(id, { verb: 'ring', reminder });
    if (isRefusal(drafted)) return;
    const result = await desk.store.commit({
      inbox: null,
      command: randomUUID(),
      actor: self.person,
      via: 'docket',
      at,
      tickets: draft.writes,
      taken: [],
      conversations: [],
      feeds: [],
    });
    if (result !== 'conflict') return;
  }
}
