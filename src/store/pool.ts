import pg from 'pg';
import type { Logger } from 'pino';
import type { Instant } from '../ticket/ticket.ts';
import { Client } from './client.ts';

/** How large a pool is, and how long what it runs may take. */
export interface PoolLimits {
  /** Connections. */
  readonly max: number;
  /** Milliseconds after which the server stops a statement. */
  readonly statementMs: number;
  /** Milliseconds that somebody waits for a connection: for a free one, or for the server to answer. */
  readonly connectMs: number;
}

/** Whatever changes something, and the jobs: no statement of theirs takes long, but a large file or a full disk may. */
const working: PoolLimits = { max: 20, statementMs: 60_000, connectMs: 15_000 };

/** What a person waits for: lists, searches, the board. They have connections of their own, so that a slow search stops nothing else. */
export const interactive: PoolLimits = { max: 8, statementMs: 5_000, connectMs: 5_000 };

/**
 * A pool of connections to the database. The main one is shared by Prisma, the statements written in SQL, and the job queue.
 *
 * @param url the database
 */
export function openPool(url: string, log: Logger, limits: PoolLimits = working): pg.Pool {
  // The statements are short and planned once: compiling them (jit) would take longer than running them.
  const pool = new pg.Pool({
    connectionString: url,
    Client,
    max: limits.max,
    connectionTimeoutMillis: limits.connectMs,
    options: `-c jit=off -c timezone=UTC -c statement_timeout=${limits.statementMs}`,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it is replaced by the next one; whoever uses it is told by the statement.
  const lost = ({ message }: Error) => {
    if (!pool.ending) log.warn({ reason: message }, 'a connection to the database was lost');
  };
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

/** Whatever has the pool: the store, mostly. */
export interface Database {
  readonly pool: pg.Pool;
  /** For what a person waits for, with a short time limit. Jobs do without it, and use `pool`. */
  readonly reading?: pg.Pool;
}

/** A list or a search took longer than a person is let wait, and was stopped. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';

  constructor(cause: unknown) {
    const seconds = interactive.statementMs / 1000;
    super(`This took more than ${seconds} seconds and was stopped. Ask for less, for example one queue or status.`, {
      cause,
    });
  }
}

/** A statement that is parsed and planned once for each connection, under this name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a statement and gives its rows. Moments come as Docket's instants (ISO 8601, UTC, milliseconds), and bigints as
 * numbers: no count of Docket's reaches 2^53.
 */
export async function rows<Row extends object>(
  { pool }: Database,
  statement: Statement | string,
  values: readonly unknown[],
): Promise<Row[]> {
  const query = typeof statement === 'string' ? { text: statement } : statement;
  const result = await pool.query<Row>({ ...query, values: [...values], types });
  return result.rows;
}

/**
 * As `rows`, on the connections for what a person waits for, where the database has them.
 *
 * @throws TookTooLong when the server stopped the statement after its time
 */
export async function readingRows<Row extends object>(
  { pool, reading = pool }: Database,
  statement: Statement | string,
  values: readonly unknown[],
): Promise<Row[]> {
  try {
    return await rows<Row>({ pool: reading }, statement, values);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === canceled) throw new TookTooLong(error);
    throw error;
  }
}

const instant = (value: string): Instant => new Date(value).toISOString();

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.TIMESTAMPTZ) return instant;
    return pg.types.getTypeParser(oid, format);
  },
};

/** SQLSTATE query_canceled: the statement ran into its time limit. It would again. */
const canceled = '57014';

/**
 * Whether a statement failed because the database could not be reached, or cannot serve just now: SQLSTATE classes 08
 * (connection), 53 (resources) and 57 (operator intervention), or an error of the system or of the driver's connection.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code !== canceled && /^(08|53|57)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || /connection terminated|connection error|timeout/i.test(error.message);
}
