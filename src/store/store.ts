import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Ticket, TicketId } from '../ticket/ticket.ts';
import { batched } from './batch.ts';
import { commitUnits } from './commit.ts';
import {
  claimInbox,
  type Ending,
  endInboxInVain,
  finishInbox,
  type InboxRow,
  type KeptRow,
  keepInbox,
  type LeftRow,
  renewInbox,
} from './inbox.ts';
import { loadTickets } from './load.ts';
import { migrate } from './migrate.ts';
import { interactive, openPool, rows } from './pool.ts';
import { PrismaClient } from './prisma/client.ts';
import type { CommitResult, Unit } from './unit.ts';

/**
 * Docket's tables. The hot path is here: each of its verbs is one statement, which takes all that gathered while the
 * last one was in flight. What is not hot stands in the files beside this one (people, places, history, search …),
 * as functions that take the store.
 */
export interface Store {
  /** Shared with the job queue, and with those who write SQL of their own. */
  readonly pool: Pool;
  /** For what a person waits for, with a short time limit; see `readingRows`. */
  readonly reading: Pool;
  readonly prisma: PrismaClient;
  /** Keeps what a platform told. Null: this event is in the inbox already. */
  keep(inbound: InboxRow): Promise<KeptRow | null>;
  /** Takes rows in hand that a crash left behind: see `claimInbox`. */
  claim(wanted: Parameters<typeof claimInbox>[1]): Promise<readonly LeftRow[]>;
  /** Says that rows are still in hand here: see `renewInbox`. */
  renew(ids: readonly number[]): Promise<void>;
  /** Ends rows that stop whoever works them: see `endInboxInVain`. */
  endInVain(): ReturnType<typeof endInboxInVain>;
  /** Ends an inbox row that leads to no change. `done before` when it had ended already. `error`: why it failed. */
  finish(inbox: number, outcome: string, error?: string): Promise<CommitResult>;
  /** The tickets that stand for these numbers: for one that was merged away, the ticket it was merged into. */
  load(tickets: Iterable<TicketId>): Promise<ReadonlyMap<TicketId, Ticket>>;
  /** The number for a new ticket. One that is not used is never given again. */
  nextTicketId(): Promise<TicketId>;
  /** Writes a unit as a whole, or not at all. */
  commit(unit: Unit): Promise<CommitResult>;
  close(): Promise<void>;
}

/**
 * Brings the database up to date and opens it.
 *
 * @param databaseUrl `postgresql://…`
 */
export async function openStore({ databaseUrl, log }: { databaseUrl: string; log: Logger }): Promise<Store> {
  const migrations = await migrate(databaseUrl, log);
  if (migrations.length > 0) log.info({ migrations }, 'the database was brought up to date');
  const pool = openPool(databaseUrl, log);
  const reading = openPool(databaseUrl, log, interactive);
  await warnOfBlindSearch(pool, log);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const db = { pool };

  const keep = batched((inbounds: readonly InboxRow[]) => keepInbox(db, inbounds), { most: 200, lanes: 2 });
  const finish = batched((endings: readonly Ending[]) => finishInbox(db, endings), { most: 200, lanes: 1 });
  const load = batched((asked: readonly (readonly TicketId[])[]) => loadEach(db, asked), { most: 200, lanes: 1 });
  const number = batched((asked: readonly null[]) => numbers(db, asked.length), { most: 500, lanes: 1 });
  const commit = batched((units: readonly Unit[]) => commitUnits(db, units), {
    most: 100,
    lanes: 2,
    keys: ({ tickets, feeds }) => [...tickets.map(({ after }) => after.id), ...feeds.map(({ place }) => -place)],
  });

  return {
    pool,
    reading,
    prisma,
    keep,
    claim: (wanted) => claimInbox(db, wanted),
    renew: (ids) => renewInbox(db, ids),
    endInVain: () => endInboxInVain(db),
    finish: (id, outcome, error) => finish({ id, outcome, ...(error === undefined ? {} : { error }) }),
    load: (tickets) => load([...tickets]),
    nextTicketId: () => number(null),
    commit,
    close: async () => {
      await prisma.$disconnect();
      await Promise.all([pool.end(), reading.end()]);
    },
  };
}

/** A database whose LC_CTYPE knows only ASCII finds other letters slowly or not at all, and that cannot be changed in place. */
async function warnOfBlindSearch(pool: Pool, log: Logger): Promise<void> {
  const { rows: found } = await pool.query<{ blind: boolean; locale: string }>(
    `select show_trgm('ж') = '{}' as blind, datctype as locale from pg_database where datname = current_database()`,
  );
  if (found[0]?.blind !== true) return;
  log.warn(
    { lcCtype: found[0].locale },
    'This database cannot index text outside ASCII, because its LC_CTYPE does not know other letters: searches in other ' +
      "languages are slow and incomplete. Create a database with TEMPLATE template0 LC_CTYPE 'C.UTF-8', and move the data " +
      'to it with pg_dump and pg_restore.',
  );
}

async function loadEach(db: { pool: Pool }, asked: readonly (readonly TicketId[])[]) {
  const found = await loadTickets(db, asked.flat());
  return asked.map((ids) => new Map(ids.flatMap((id) => entry(id, found.get(id)))));
}

function entry(id: TicketId, ticket: Ticket | undefined): [TicketId, Ticket][] {
  return ticket === undefined ? [] : [[id, ticket]];
}

async function numbers(db: { pool: Pool }, count: number): Promise<readonly TicketId[]> {
  const statement = { name: 'number', text: `select nextval('ticket_number')::int as id from generate_series(1, $1)` };
  return (await rows<{ id: TicketId }>(db, statement, [count])).map(({ id }) => id);
}
