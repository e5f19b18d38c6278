import pg from 'pg';
import type { Logger } from 'pino';
import type { Instant } from '../ticket/ticket.ts';

/**
 * The connections to the database: one pool, shared by Prisma, the statements written in SQL, and the job queue.
 *
 * @param url the database
 */
export function openPool(url: string, log: Logger): pg.Pool {
  // The statements are short and planned once: compiling them (jit) would take longer than running them.
  const pool = new pg.Pool({ connectionString: url, max: 20, options: '-c jit=off -c timezone=UTC', keepAlive: true });
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

const instant = (value: string): Instant => new Date(value).toISOString();

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.TIMESTAMPTZ) return instant;
    return pg.types.getTypeParser(oid, format);
  },
};

/**
 * Whether a statement failed because the database could not be reached, or cannot serve just now: SQLSTATE classes 08
 * (connection), 53 (resources) and 57 (operator intervention), or an error of the system or of the driver's connection.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|53|57)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || /connection terminated|connection error|timeout/i.test(error.message);
}
