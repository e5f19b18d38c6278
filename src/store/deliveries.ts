import type { Instant, PersonId, Ticket, TicketId } from '../ticket/ticket.ts';
import { type Recorded, transactionsById } from './history.ts';
import { loadTickets } from './load.ts';
import { type Database, rows } from './pool.ts';
import type { Audience, PlaceKey } from './unit.ts';

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
  /** How often it was tried in vain, or so that nothing is known of the end. */
  readonly attempts: number;
  /**
   * The messages that its text is told in, in order, as soon as that is begun: an empty one is not known to be posted. None
   * where one message holds it all.
   */
  readonly parts: readonly string[];
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
), ordered as materialized (
  select name, urgency, payload from target order by name, urgency
)
select wake('deliver', payload::json, 'deliver:' || name, format('deliver:%s:%s', name, urgency), urgency)
from ordered`,
};

/** What a target still has to be told, in the order in which it is to hear it, and before when none of it is tried. */
export async function waiting(
  db: Database,
  to: Target,
  limit: number,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly again: Instant | null }> {
  const column = 'place' in to ? 'place_id' : 'person_id';
  const found = await rows<Omit<Delivery, 'to'> & { again: Instant | null }>(
    db,
    {
      name: `waiting ${column}`,
      text: `
select id, ticket_id as ticket, transaction_id as transaction, part, urgency, audience, attempts, parts,
  max(again) over () as again
from deliveries where ${column} = $1 and state = 'waiting' order by urgency, id limit $2`,
    },
    ['place' in to ? to.place : to.person, limit],
  );
  return { deliveries: found.map(({ again: _, ...row }) => ({ ...row, to })), again: found[0]?.again ?? null };
}

/** What a place still has to be told of these tickets, oldest first. */
export async function waitingAbout(
  db: Database,
  place: number,
  tickets: readonly TicketId[],
): Promise<readonly Delivery[]> {
  const found = await rows<Omit<Delivery, 'to'>>(
    db,
    `select id, ticket_id as ticket, transaction_id as transaction, part, urgency, audience, attempts, parts
     from deliveries where place_id = $1 and state = 'waiting' and ticket_id = any($2::int[]) order by id`,
    [place, tickets],
  );
  return found.map((row) => ({ ...row, to: { place } }));
}

/**
 * The newest delivery that is about to be told in a channel or one of its threads, or directly to a person; null where there
 * is none. What is held up in one of these places is left out with what waits behind it.
 *
 * @param upTo looks at no newer ones
 */
export async function aboutToBeTold(
  db: Database,
  { platform, workspace, channel }: Pick<PlaceKey, 'platform' | 'workspace' | 'channel'>,
  person: PersonId | null,
  upTo: number | null,
): Promise<number | null> {
  const [found] = await rows<{ newest: number | null }>(db, aboutTo, [platform, workspace, channel, person, upTo]);
  return found?.newest ?? null;
}

const aboutTo = {
  name: 'about to be told',
  text: `
with waiting as (
  select d.id, place_id, person_id, again from deliveries d join places p on p.id = d.place_id
  where state = 'waiting' and (platform, workspace, channel) = ($1, $2, $3)
  union all
  select id, place_id, person_id, again from deliveries where state = 'waiting' and person_id = $4
), going as (
  select max(id) as newest from waiting where id <= coalesce($5::bigint, id)
  group by place_id, person_id having bool_and(again is null)
)
select max(newest) as newest from going`,
};

/** A delivery is about to be told in so many messages. Written down first, so that none of them is lost sight of. */
export async function beginParts(db: Database, delivery: number, count: number): Promise<void> {
  await rows(db, `update deliveries set parts = array_fill(''::text, array[$2::int]) where id = $1`, [delivery, count]);
}

/** One of these messages is posted; `nth` counts from 0. */
export async function partPosted(db: Database, delivery: number, nth: number, message: string): Promise<void> {
  await rows(db, 'update deliveries set parts[$2::int + 1] = $3 where id = $1', [delivery, nth, message]);
}

/** These were told, by this message (null: there was nothing left to tell). */
export async function sent(db: Database, deliveries: readonly number[], message: string | null): Promise<void> {
  await rows(
    db,
    {
      name: 'sent',
      text: `
update deliveries set state = 'sent', message = $2, sent_at = now(), error = null, again = null
where id = any($1::bigint[])`,
    },
    [deliveries, message],
  );
}

/**
 * These could not be told, and with them their target waits.
 *
 * @param again before when it is not tried again
 * @param counts whether it was an attempt in vain; not so where the platform said how long to wait
 */
export async function postponed(
  db: Database,
  deliveries: readonly number[],
  { error, again, counts }: { readonly error: string; readonly again: Instant; readonly counts: boolean },
): Promise<void> {
  await rows(
    db,
    `update deliveries set attempts = attempts + $4::int, error = $2, again = $3 where id = any($1::bigint[])`,
    [deliveries, error, again, counts ? 1 : 0],
  );
}

/** These will not be told: they are dead letters now. */
export async function givenUp(db: Database, deliveries: readonly number[], error: string): Promise<void> {
  await rows(
    db,
    `update deliveries set state = 'failed', attempts = attempts + 1, error = $2, again = null
     where id = any($1::bigint[]) and state = 'waiting'`,
    [deliveries, error],
  );
}

/**
 * These workers are gone, with what they had in hand: any of what waits for their targets may have been told. Written down,
 * for it may be any process that tells it now.
 */
export async function interrupted(db: Database, workers: readonly string[]): Promise<void> {
  await rows(
    db,
    `update deliveries set attempts = attempts + 1
     where state = 'waiting' and 'deliver:' || coalesce('place:' || place_id, 'person:' || person_id) in (
       select queue_name from docket_worker.jobs where locked_by = any($1::text[])
     )`,
    [workers],
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
     where one.id = $1 and d.part = $2 and (d.state in ('waiting', 'sent') or d.parts <> '{}')`,
    [transaction, part],
  );
  return found.flatMap(({ place, person, audience }): readonly Hearer[] => {
    if (place !== null) return [{ to: { place }, audience }];
    return person === null ? [] : [{ to: { person }, audience }];
  });
}
