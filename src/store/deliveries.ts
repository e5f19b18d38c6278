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

/** What an `announce` job is about: its transactions, by command and ticket, oldest first. */
export async function announcements(db: Database, transactions: readonly number[]): Promise<readonly Announcement[]> {
  const recorded = await transactionsById(db, transactions);
  const tickets = await loadTickets(
    db,
    recorded.map(({ ticket }) => ticket),
  );
  const commands = new Map<string, Recorded[]>();
  for (const transaction of recorded) {
    const key = `${transaction.command} ${transaction.ticket}`;
    commands.set(key, [...(commands.get(key) ?? []), transaction]);
  }
  return [...commands.values()].flatMap((of) => {
    const ticket = of[0] === undefined ? undefined : tickets.get(of[0].ticket);
    return ticket === undefined ? [] : [{ ticket, transactions: of }];
  });
}

/**
 * Keeps deliveries and adds the `deliver` jobs that send them, in one statement; those that are there already are left
 * as they are. A target's jobs (payload: its Target) run one after the other, the more urgent first.
 */
export async function announce(db: Database, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  const values = deliveries.map(({ to, ...delivery }) => ({ ...delivery, ...to }));
  await rows(db, keep, [JSON.stringify(values)]);
}

const keep = {
  name: 'announce',
  text: `
with kept as (
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
)
select count(*) from graphile_worker.add_jobs(array(
  select ('deliver', payload::json, 'deliver:' || name, null, null, format('deliver:%s:%s', name, urgency), urgency,
    null)::graphile_worker.job_spec
  from target order by name, urgency
))`,
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
