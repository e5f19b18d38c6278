import type { Instant, Reminder, TicketId } from '../ticket/ticket.ts';
import { type Database, rows } from './pool.ts';
import { type Reader, Values, visible } from './search-sql.ts';

/**
 * What somebody is still to be reminded of themselves, the next first. A merge takes reminders along. Those on tickets that
 * they may not see do not count.
 */
export async function remindersOf(
  db: Database,
  who: Reader,
  limit: number,
): Promise<readonly { readonly ticket: TicketId; readonly id: number; readonly at: Instant; readonly text: string }[]> {
  const values = new Values();
  return rows(
    db,
    `select r.ticket_id as ticket, r.id, r.at, r.text
     from reminders r join tickets t on t.id = r.ticket_id
     where r.state = 'waiting' and t.merged_into is null and r.target @> ${forPerson(who, values)} and ${visible(who, values)}
     order by r.at, r.ticket_id, r.id limit ${values.add(limit, 'int')}`,
    values.all,
  );
}

/**
 * The reminders that somebody is to get, alone or as one of a group, and those that they set: waiting for their time, or
 * delivered and not done. The next first; alarms of stalled tickets are none. A merge takes reminders along. Those on tickets
 * that they may not see do not count.
 */
export async function openReminders(
  db: Database,
  who: Reader,
  limit: number,
): Promise<readonly (Pick<Reminder, 'id' | 'at' | 'text' | 'target' | 'state'> & { readonly ticket: TicketId })[]> {
  const values = new Values();
  const groups = values.add([...who.reader.groups], 'text[]');
  return rows(
    db,
    `select r.ticket_id as ticket, r.id, r.at, r.text, r.target, r.state
     from reminders r join tickets t on t.id = r.ticket_id
     where r.state in ('waiting', 'rung') and not r.wakes and t.merged_into is null and (
       r.by_id = ${values.add(who.reader.person, 'int')} or r.target @> ${forPerson(who, values)}
       or r.target->>'to' = 'group' and r.target->>'group' = any(${groups})
     ) and ${visible(who, values)}
     order by r.at, r.ticket_id, r.id limit ${values.add(limit, 'int')}`,
    values.all,
  );
}

/** What the target of a reminder holds that is for a reader themselves. */
function forPerson({ reader }: Reader, values: Values): string {
  return `jsonb_build_object('to', 'person', 'person', ${values.add(reader.person, 'int')})`;
}

/** The message by which a reminder was last delivered to a target before a transaction; null when none was. */
export async function reminderMessage(
  db: Database,
  of: {
    readonly ticket: TicketId;
    readonly reminder: number;
    readonly transaction: number;
    readonly to: { readonly place: number } | { readonly person: number };
  },
): Promise<string | null> {
  const column = 'place' in of.to ? 'place_id' : 'person_id';
  const [found] = await rows<{ message: string }>(
    db,
    `select d.message from deliveries d join transactions x on x.id = d.transaction_id
     where d.ticket_id = $1 and d.part = 'reminder' and d.state = 'sent' and d.message is not null and d.${column} = $2
       and d.transaction_id < $3 and x.type = 'reminder' and (x.change->'after'->>'id')::int = $4
       and x.change->'after'->>'state' = 'rung'
     order by d.transaction_id desc limit 1`,
    [of.ticket, 'place' in of.to ? of.to.place : of.to.person, of.transaction, of.reminder],
  );
  return found?.message ?? null;
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
