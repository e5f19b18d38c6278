import { type Rows, rowsOf } from './diff.ts';
import { type Database, rows, type Statement } from './pool.ts';
import type { CommitResult, Unit } from './unit.ts';

/**
 * Writes units in one statement: the tickets, their transactions, the ends of their inbox rows, and the jobs to follow.
 * Each unit is written whole or not at all; two units of one batch must not touch the same ticket.
 */
export async function commitUnits(db: Database, units: readonly Unit[]): Promise<readonly CommitResult[]> {
  const batch = rowsOf(units);
  const verdicts = await rows<{ n: number; result: CommitResult }>(db, statementFor(batch), [JSON.stringify(batch)]);
  const results = new Map(verdicts.map(({ n, result }) => [n, result]));
  return units.map((_, n) => results.get(n) ?? 'conflict');
}

type Part = Exclude<keyof Rows, 'units' | 'tickets' | 'transactions'>;

/** Parts that a batch has no rows for are left out of its statement; the server spends time on each, even empty. */
function statementFor(batch: Rows): Statement {
  const needed = partNames.filter((part) => batch[part].length > 0);
  const name = ['commit', ...needed].join(' ');
  // A name of a statement has 63 bytes at most, so it is numbered.
  const known = statements.get(name);
  if (known) return known;
  const text = [head, ...needed.map((part) => parts[part]), tail].join('');
  const statement = { name: `commit ${statements.size}`, text };
  statements.set(name, statement);
  return statement;
}

const statements = new Map<string, Statement>();

/**
 * The order of the locks is inbox rows, tickets by number, the announce job: so that two batches never wait for each
 * other in a circle. Tickets are locked without hindering those who only refer to them (no key update).
 */
const head = `
with unit as materialized (
  select n, inbox from jsonb_to_recordset($1::jsonb->'units') as u (n int, inbox bigint) order by inbox
), unworked as materialized (
  select i.id from unit
  cross join lateral (select id from inbox where id = unit.inbox and done_at is null for update) i
), written as materialized (
  select * from jsonb_to_recordset($1::jsonb->'tickets') as w (
    n int, id int, expected int, queue text, subject text, subject_source text, status text, priority int, owner_id int, due timestamptz,
    next text, resolution text, time_worked int, merged_into int, created timestamptz, started timestamptz,
    resolved timestamptz, told timestamptz, updated timestamptz, public_updated timestamptz
  ) order by id
), held as materialized (
  -- Row by row in the order of their numbers, and never by reading the whole table, whatever the planner expects.
  select t.id, t.version from written w
  cross join lateral (select id, version from tickets where id = w.id for no key update) t
  where w.expected is not null
), verdict as materialized (
  select n, case
    when inbox is not null and not exists (select from unworked where id = inbox) then 'done before'
    when exists (
      select from written w left join held h on h.id = w.id
      where w.n = unit.n and w.expected is not null and h.version is distinct from w.expected
    ) then 'conflict'
    else 'committed'
  end as result
  from unit
), good as materialized (
  select n from verdict where result = 'committed'
), ended as (
  update inbox set done_at = now(), outcome = 'committed'
  from unit join good using (n) where inbox.id = unit.inbox
  returning inbox.id
), made as (
  insert into tickets (id, version, queue, subject, subject_source, status, priority, owner_id, due, next, resolution, time_worked,
    merged_into, created, started, resolved, told, updated, public_updated)
  select id, 1, queue, subject, subject_source, status, priority, owner_id, due, next, resolution, time_worked,
    merged_into, created, started, resolved, told, updated, public_updated
  from written join good using (n) where expected is null
), changed as (
  update tickets t set version = w.expected + 1, queue = w.queue, subject = w.subject,
    subject_source = w.subject_source, status = w.status,
    priority = w.priority, owner_id = w.owner_id, due = w.due, next = w.next, resolution = w.resolution,
    time_worked = w.time_worked, merged_into = w.merged_into, started = w.started, resolved = w.resolved,
    told = w.told, updated = w.updated, public_updated = w.public_updated
  from written w join good using (n) where t.id = w.id and w.expected is not null
  returning t.id
), added as materialized (
  select nextval('transactions_id_seq') as id, x.* from (
    select * from jsonb_to_recordset($1::jsonb->'transactions') as x (
      n int, ticket_id int, seq int, at timestamptz, actor_id int, command uuid, via text, type text, change jsonb,
      body text, staff_only boolean, amends bigint
    ) join good using (n) order by n, ticket_id, seq
  ) x
), recorded as (
  insert into transactions (id, ticket_id, at, actor_id, command, via, type, change, body, staff_only, amends)
  select id, ticket_id, at, actor_id, command, via, type, change, body,
    -- An amended text is as private as the one that it amends.
    case when amends is null then staff_only
      else coalesce((select o.staff_only from transactions o where o.id = a.amends), true) end, amends
  from added a
  returning id
)`;

const parts: Readonly<Record<Part, string>> = {
  watchers_gone: `, watchers_gone as (
  delete from watchers d using jsonb_to_recordset($1::jsonb->'watchers_gone') as g (
    n int, ticket_id int, role text, person_id int
  ) join good using (n) where (d.ticket_id, d.role, d.person_id) = (g.ticket_id, g.role, g.person_id)
)`,
  watchers_new: `, watchers_new as (
  insert into watchers (ticket_id, role, person_id) select ticket_id, role, person_id from (
    select * from jsonb_to_recordset($1::jsonb->'watchers_new') as g (
      n int, ticket_id int, role text, person_id int, nth int
    ) join good using (n) order by n, nth
  ) g
)`,
  links_gone: `, links_gone as (
  delete from links d using jsonb_to_recordset($1::jsonb->'links_gone') as g (
    n int, ticket_id int, kind text, other_id int
  ) join good using (n) where (d.ticket_id, d.kind, d.other_id) = (g.ticket_id, g.kind, g.other_id)
)`,
  links_new: `, links_new as (
  insert into links (ticket_id, kind, other_id) select ticket_id, kind, other_id from (
    select * from jsonb_to_recordset($1::jsonb->'links_new') as g (
      n int, ticket_id int, kind text, other_id int, nth int
    ) join good using (n) order by n, nth
  ) g
)`,
  fields_gone: `, fields_gone as (
  delete from field_values d using jsonb_to_recordset($1::jsonb->'fields_gone') as g (n int, ticket_id int, name text)
  join good using (n) where (d.ticket_id, d.name) = (g.ticket_id, g.name)
)`,
  fields_new: `, fields_new as (
  insert into field_values (ticket_id, name, value)
  select ticket_id, name, value from jsonb_to_recordset($1::jsonb->'fields_new') as g (
    n int, ticket_id int, name text, value jsonb
  ) join good using (n)
  on conflict (ticket_id, name) do update set value = excluded.value
)`,
  reminders: `, alarm as materialized (
  select * from jsonb_to_recordset($1::jsonb->'reminders') as g (
    n int, ticket_id int, id int, at timestamptz, text text, target jsonb, by_id int, wakes boolean, state text
  ) join good using (n)
), reminders_new as (
  insert into reminders (ticket_id, id, at, text, target, by_id, wakes, state)
  select ticket_id, id, at, text, target, by_id, wakes, state from alarm
  on conflict (ticket_id, id) do update set at = excluded.at, text = excluded.text, target = excluded.target,
    by_id = excluded.by_id, wakes = excluded.wakes, state = excluded.state
  returning case when state = 'waiting'
    then wake('remind', json_build_object('ticket', ticket_id, 'reminder', id), null,
      format('remind:%s:%s', ticket_id, id), run_at => at)
    else (docket_worker.remove_job(format('remind:%s:%s', ticket_id, id))).id
  end
)`,
  forwards: `, forwarded as (
  update tickets t set merged_into = g.merged_into
  from jsonb_to_recordset($1::jsonb->'forwards') as g (n int, ticket_id int, merged_into int) join good using (n)
  where t.merged_into = g.ticket_id
)`,
  taken: `, taken as (
  insert into messages (platform, workspace, channel, thread, message, ticket_id, transaction_id, author_id)
  select platform, workspace, channel, thread, message, ticket_id, added.id, author_id
  from jsonb_to_recordset($1::jsonb->'taken') as g (
    n int, ticket_id int, seq int, platform text, workspace text, channel text, thread text, message text,
    author_id int
  ) join added using (n, ticket_id, seq)
  on conflict do nothing
)`,
  conversations: `, talk as materialized (
  select * from jsonb_to_recordset($1::jsonb->'conversations') as g (
    n int, ticket_id int, audience text, platform text, workspace text, channel text, thread text, direct boolean
  ) join good using (n)
), talk_place as (
  -- Updated even if it is there, because only then its number comes back.
  insert into places (platform, workspace, channel, thread, direct)
  select distinct on (platform, workspace, channel, thread) platform, workspace, channel, thread, direct from talk
  order by platform, workspace, channel, thread
  on conflict (platform, workspace, channel, thread) do update set direct = excluded.direct
  returning id, platform, workspace, channel, thread
), talked as (
  insert into conversations (ticket_id, place_id, audience)
  select distinct on (ticket_id, p.id) ticket_id, p.id, audience
  from talk join talk_place p using (platform, workspace, channel, thread)
  on conflict (ticket_id, place_id) do update set audience = excluded.audience
)`,
  feeds: `, fed as materialized (
  select * from jsonb_to_recordset($1::jsonb->'feeds') as g (
    n int, queue text, place int, feed jsonb, audience text, search text
  ) join good using (n)
), feeds_gone as (
  delete from feeds f using fed where feed is null and (f.queue, f.place_id) = (fed.queue, fed.place)
), feeds_new as (
  insert into feeds (queue, place_id, audience, search, source)
  select queue, place, audience, search, 'command' from fed where feed is not null
  on conflict (queue, place_id) do update
  set audience = excluded.audience, search = excluded.search, source = excluded.source
)`,
};

const partNames = Object.keys(parts) as Part[];

/**
 * What was written is noted as still to be announced, and a job sees to it that it is. The list is a table and not the
 * job's payload, because the queue never tries a job again whose key a newer one took over while it ran. All batches want
 * the job's row, so it is locked last, when the rest is written (hence the counts).
 */
const tail = `, noted as (
  insert into unannounced (transaction_id, transactions)
  select min(id), array_agg(id order by id) from added group by n, ticket_id
  returning transaction_id
), announced as materialized (
  select wake('announce', '{}', 'announce', 'announce')
  where exists (select from added)
    and (select count(*) from recorded) + (select count(*) from changed) + (select count(*) from ended) >= 0
    and exists (select from noted)
)
select n, result from verdict left join announced on true`;
