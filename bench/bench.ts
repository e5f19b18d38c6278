// `npm run bench`: commands a second from inbox to announcement, beside the rate at which the same server takes the same
// rows from pgbench, one statement a command.
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startEmbedded } from '../src/store/embedded.ts';
import { openStore } from '../src/store/store.ts';
import { openPath, type Path } from './path.ts';
import { findPgbench, pgbench } from './pgbench.ts';
import { seed } from './seed.ts';

const seconds = Number(process.env['BENCH_SECONDS'] ?? 5);
const sizes = (process.env['BENCH_TICKETS'] ?? '10000,100000').split(',').map(Number);
const crowds = (process.env['BENCH_AT_ONCE'] ?? '1,8,32,128').split(',').map(Number);

interface Measured {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

const program = findPgbench();
if (program === null) {
  console.error('pgbench was not found. On Debian: apt-get install postgresql-contrib (or postgresql-15).');
  process.exit(1);
}

const log = pino({ level: 'warn' });
const folder = path.join(tmpdir(), `docket-bench-${process.pid}`);
const postgres = await startEmbedded(folder, { log });
const store = await openStore({ databaseUrl: postgres.url, log });
try {
  for (const tickets of sizes) {
    await seed(store, tickets, postgres.superuserUrl);
    console.log(`\n${tickets.toLocaleString('en')} tickets`);
    console.log('at once   Docket/s  pgbench/s   ratio  of best     p50 ms     p99 ms');
    const rows: { crowd: number; docket: Measured; raw: number }[] = [];
    for (const crowd of crowds) {
      const raw = await pgbench(program, forLibpq(postgres.url), { clients: Math.min(crowd, 64), seconds, tickets });
      await store.pool.query('delete from docket_worker._private_jobs');
      const way = await openPath(store, log);
      await measure(way, crowd, tickets, 1_000);
      const docket = await measure(way, crowd, tickets, seconds * 1_000);
      await way.stop();
      rows.push({ crowd, docket, raw });
    }
    const best = Math.max(...rows.map(({ raw }) => raw));
    for (const { crowd, docket, raw } of rows) {
      const cells = [
        crowd,
        docket.rate.toFixed(0),
        raw.toFixed(0),
        (docket.rate / raw).toFixed(2),
        (docket.rate / best).toFixed(2),
        docket.p50.toFixed(1),
        docket.p99.toFixed(1),
      ];
      const widths = [7, 11, 11, 8, 9, 11, 11];
      console.log(cells.map((cell, n) => String(cell).padStart(widths[n] ?? 0)).join(''));
    }
  }
} finally {
  await store.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** pgbench may be older than the parameter by which the server has to prove itself. */
function forLibpq(address: string): string {
  const url = new URL(address);
  url.searchParams.delete('require_auth');
  return url.href;
}

/** So many clients, each sending its next command when the last is committed; the time runs until all is announced. */
async function measure(way: Path, crowd: number, tickets: number, ms: number): Promise<Measured> {
  const took: number[] = [];
  const start = performance.now();
  const client = async (_: unknown, person: number) => {
    while (performance.now() - start < ms) {
      const sent = performance.now();
      await way.command(1 + Math.floor(Math.random() * tickets), 1 + person);
      took.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: crowd }, client));
  await way.settled();
  const elapsed = performance.now() - start;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { rate: (took.length * 1_000) / elapsed, p50: at(0.5), p99: at(0.99) };
}
