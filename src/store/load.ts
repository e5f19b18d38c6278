import type { FieldValue } from '../ticket/field.ts';
import type { Link, PersonId, Reminder, SubjectSource, Ticket, TicketId, WatcherRole } from '../ticket/ticket.ts';
import { type Database, rows } from './pool.ts';

/** The largest number that the column holds. What people type may be larger; no ticket has such a number. */
const largest = 2 ** 31 - 1;

/**
 * The tickets that stand for these numbers, in one statement. A number that was merged away gives the ticket it was
 * merged into; one that does not exist is missing from the map.
 */
export async function loadTickets(db: Database, ids: Iterable<TicketId>): Promise<ReadonlyMap<TicketId, Ticket>> {
  const asked = [...new Set(ids)].filter((id) => Number.isInteger(id) && id > 0 && id <= largest);
  if (asked.length === 0) return new Map();
  const found = await rows<Row>(db, statement, [asked]);
  return new Map(found.map((row) => [row.asked, ticket(row)]));
}

const statement = {
  name: 'load',
  text: `
select asked.id as asked, t.*, w.watchers, l.links, f.fields, r.reminders
from unnest($1::int[]) as asked (id)
join tickets named on named.id = asked.id
join tickets t on t.id = coalesce(named.merged_into, named.id)
cross join lateral (
  select json_agg(json_build_array(role, person_id) order by seq) as watchers from watchers where ticket_id = t.id
) w
cross join lateral (
  select json_agg(json_build_object('kind', kind, 'ticket', other_id) order by seq) as links
  from links where ticket_id = t.id
) l
cross join lateral (
  select json_object_agg(name, value) as fields from field_values where ticket_id = t.id
) f
cross join lateral (
  select json_agg(json_build_object(
    'id', id, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'text', text, 'target', target,
    'by', by_id, 'wakes', wakes, 'state', state
  ) order by id) as reminders
  from reminders where ticket_id = t.id
) r`,
};

interface Row
  extends Omit<
    Ticket,
    'owner' | 'subjectSource' | 'timeWorked' | 'mergedInto' | 'links' | 'fields' | 'reminders' | 'publicUpdated'
  > {
  readonly asked: TicketId;
  readonly subject_source: SubjectSource;
  readonly owner_id: PersonId | null;
  readonly time_worked: number;
  readonly merged_into: TicketId | null;
  readonly public_updated: string;
  readonly watchers: readonly (readonly [WatcherRole, PersonId])[] | null;
  readonly links: readonly Link[] | null;
  readonly fields: Readonly<Record<string, FieldValue>> | null;
  readonly reminders: readonly Reminder[] | null;
}

function ticket(row: Row): Ticket {
  const holders = (role: WatcherRole) =>
    row.watchers?.filter((watcher) => watcher[0] === role).map(([, person]) => person) ?? [];
  return {
    id: row.id,
    version: row.version,
    queue: row.queue,
    subject: row.subject,
    subjectSource: row.subject_source,
    status: row.status,
    priority: row.priority,
    owner: row.owner_id,
    requestors: holders('requestor'),
    ccs: holders('cc'),
    adminccs: holders('admincc'),
    due: row.due,
    next: row.next,
    resolution: row.resolution,
    timeWorked: row.time_worked,
    fields: row.fields ?? {},
    links: row.links ?? [],
    reminders: row.reminders ?? [],
    mergedInto: row.merged_into,
    created: row.created,
    started: row.started,
    resolved: row.resolved,
    told: row.told,
    updated: row.updated,
    publicUpdated: row.public_updated,
  };
}
