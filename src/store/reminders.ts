import type { Instant, PersonId, TicketId } from '../ticket/ticket.ts';
import { type Database, rows } from './pool.ts';

/** What somebody is still to be reminded of themselves, the next first. A merge takes reminders along. */
export async function remindersOf(
  db: Database,
  person: PersonId,
  limit: number,
): Promise<readonly { readonly ticket: TicketId; readonly id: number; readonly at: Instant; readonly text: string }[]> {
  return rows(
    db,
    `select r.ticket_id as ticket, r.id, r.at, r.text
     from reminders r join tickets t on t.id = r.ticket_id
     where r.state = 'waiting' and t.merged_into is null and r.target @> json_build_object('to', 'person', 'person', $1::int)::jsonb
     order by r.at, r.ticket_id, r.id limit $2`,
    [person, limit],
  );
}

/** Has a reminder ring so much later; milliseconds, as the database counts them, whatever its clock shows. */
export async function ringLater(db: Database, ticket: TicketId, reminder: number, afterMs: number): Promise<void> {
  await rows(
    db,
    `select wake('remind', json_build_object('ticket', $1::int, 'reminder', $2::int), null,
       format('remind:%s:%s', $1::int, $2::int), run_at => now() + make_interval(secs => $3::float8 / 1000))`,
    [ticket, reminder, afterMs],
  );
}
