import type { PersonId, Ticket, TicketId } from '../ticket/ticket.ts';
import { type Recorded, transactionsById } from './history.ts';
import { loadTickets } from './load.ts';
import { type Database, rows } from './pool.ts';
import type { Audience } from './unit.ts';

/** What one command did to one ticket, for the job that tells others of it. */
export interface Announcement {
  /** The ticket as it is now; for one that was merged away since, the ticket it was merged into. */
  readonly ticket: Ticket;
  /** Oldest first. */
  readonly transactions: readonly Recorded[];
}

export type Target = { readonly place: number } | { readonly person: PersonId };

/** The card (made or brought up to date), its withdrawal, a line about what happened, or a reminder with its buttons. */
export type Part = 'card' | 'line' | 'reminder' | 'withdrawal';

/** One thing that one target is to be told; unique by ticket, transaction, target and part. */
export interface NewDelivery {
  readonly ticket: TicketId;
  readonly transaction: number;
  readonly to: Target;
  readonly part: Part;
  /** Smaller goes first. */
  readonly urgency: number;
  readonly audience: Audience;
}

export interface Delivery extends NewDelivery {
  readonly id: number;
  /** How often it was tried. */
  readonly attempts: number;
}

/** What is still to be announced: what each command did to each ticket, oldest first. */
export async function announcements(db: Database, most: number): Promise<readonly Announcement[]> {
  const noted = await rows<{ transactions: readonly number[] }>(db, unannounced, [most]);
  const recorded = await transactionsById(
    db,
    noted.flatMap(({ transactions }) => transactions),
  );
  const byId = new Map(recorded.map((transaction) => [transaction.id, transaction]));
  const tickets = await loadTickets(
    db,
    recorded.map(({ ticket }) => ticket),
  );
  return noted.flatMap((each) => {
    const transactions = each.transactions.flatMap((id) => byId.get(id) ?? []);
    const ticket = transactions[0] === undefined ? undefined : tickets.get(transactions[0].ticket);
    return ticket === undefined ? [] : [{ ticket, transactions }];
  });
}

const unannounced = {
  name: 'unannounced',
  text: 'select to_json(transactions) as transactions from unannounced order by transaction_id limit $1',
};

/**
 * Ends announcements: keeps their deliveries and adds the `deliver` jobs that send them, in one statement; deliveries
 * that are there already are left as they are. A target's jobs (payload: its Target) run one after the other, the more
 * urgent first.
 */
export async function announce(
  db: Database,
  announced: readonly Announcement[],
  deliveries: readonly NewDelivery[],
): Promise<void> {
  const values = deliveries.map(({ to, ...delivery }) => ({ ...delivery, ...to }));
  const ended = announced.flatMap(({ transactions }) => transactions[0]?.id ?? []);
  await rows(db, keep, [JSON.stringify(values), ended]);
}

const keep = {
  name: 'announce',
  text: `
with ended as (
  delete from unannounced where transaction_id = any($2::bigint[])
), kept as (
  insert into deliveries (ticket_id, transaction_id, place_id, person_id, part, urgency, audience)
  select ticket, transaction, place, person, part, urgency, audience
  from jsonb_to_recordset($1::jsonb) as d (
    ticket int, transaction bigint, place int, person int, part text, urgency int, audience text
  )
  on conflict (ticket_id, transaction_id, place_id, person_id, part) do nothing
  returning place_id, person_id, urgency
), target as (
  select distinct urgency, coalesce('place:' || place_id, 'person:' || person_id) as name,
    case when place_id is null then jsonb_build_object('person', person_id)
      else jsonb_build_object('place', place_id) end as payload
  from kept
), specs as materialized (
  select array(
    select ('deliver', payload::json, 'deliver:' || name, null, null, format('deliver:%s:%s', name, urgency), urgency,
      null)::graphile_worker.job_spec
    from target order by name, urgency
  ) as specs
)
select count(*) from specs cross join lateral graphile_worker.add_jobs(specs) where cardinality(specs) > 0`,
};

/** What a target still has to be told, in the order in which it is to hear it. */
export async function waiting(db: Database, to: Target, limit: number): Promise<readonly Delivery[]> {
  const column = 'place' in to ? 'place_id' : 'person_id';
  const found = await rows<Omit<Delivery, 'to'>>(
    db,
    {
      name: `waiting ${column}`,
      text: `
select id, ticket_id as ticket, transaction_id as transaction, part, urgency, audience, attempts
from deliveries where ${column} = $1 and state = 'waiting' order by urgency, id limit $2`,
    },
    ['place' in to ? to.place : to.person, limit],
  );
  return found.map((row) => ({ ...row, to }));
}

/** These were told, by this message (null: there was nothing left to tell). */
export async function sent(db: Database, deliveries: readonly number[], message: string | null): Promise<void> {
  await rows(
    db,
    {
      name: 'sent',
      text: `
update deliveries set state = 'sent', message = $2, sent_at = now(), attempts = attempts + 1, error = null
where id = any($1::bigint[])`,
    },
    [deliveries, message],
  );
}

/** These could not be told. `final`: they are given up; else they wait for the next attempt. */
export async function failed(
  db: Database,
  deliveries: readonly number[],
  error: string,
  final: boolean,
): Promise<void> {
  await rows(
    db,
    `update deliveries set state = case when $3 then 'failed' else 'waiting' end, attempts = attempts + 1, error = $2
     where id = any($1::bigint[])`,
    [deliveries, error, final],
  );
}

/** One who is told something, and how much of it they may hear. */
export interface Hearer {
  readonly to: Target;
  readonly audience: Audience;
}

/** Who was, or will be, told of a transaction in this form. */
export async function toldOf(db: Database, transaction: number, part: Part): Promise<readonly Hearer[]> {
  const found = await rows<{ place: number | null; person: PersonId | null; audience: Audience }>(
    db,
    `select distinct d.place_id as place, d.person_id as person, d.audience
     from transactions one
     join transactions x using (ticket_id, command)
     join deliveries d on d.transaction_id = x.id
     where one.id = $1 and d.part = $2 and d.state <> 'failed'`,
    [transaction, part],
  );
  return found.flatMap(({ place, person, audience }): readonly Hearer[] => {
    if (place !== null) return [{ to: { place }, audience }];
    return person === null ? [] : [{ to: { person }, audience }];
  });
}
