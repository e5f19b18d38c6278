import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { people, queues, words } from './seed.ts';

const exec = promisify(execFile);

/**
 * The rows that a command leaves behind, written by one statement for each command: inbox row, ticket, transaction, job,
 * and the deliveries (card and line to the queue's channel, a line to the owner). It decides nothing and reads nothing
 * back; so it is the rate at which this server can take commands that come one by one. `null` and `false` stand apart
 * from their colons, because pgbench takes `:null` for a variable.
 */
const script = (tickets: number) => `
\\set ticket random(1, ${tickets})
\\set person random(2, ${people + 1})
\\set place random(1, ${queues})
with kept as (
  insert into inbox (platform, workspace, event, payload, done_at, outcome)
  values ('pgbench', 'bench', gen_random_uuid()::text, '{"kind": "command", "event": "${event}",
    "at": "2026-11-20T12:00:00.000Z", "sender": {"id": "bench1", "name": "Bench 1"}, "where": {"platform": "bench",
    "workspace": "bench", "channel": "direct", "thread": null, "direct": true}, "answerTo": {},
    "line": "comment 12345 ${words}"}', now(), 'committed')
), changed as (
  update tickets set version = version + 1, updated = now() where id = :ticket
), recorded as (
  insert into transactions (ticket_id, at, actor_id, command, via, type, change, body, staff_only)
  values (:ticket, now(), :person, gen_random_uuid(), 'bench', 'comment', '{"type": "comment", "attachments": [],
    "text": [{"block": "paragraph", "inlines": ["${words}"]}]}', '${words}', true)
  returning id
), delivered as (
  insert into deliveries (ticket_id, transaction_id, place_id, person_id, part, urgency, audience)
  select :ticket, id, place, person, part, 20, 'staff' from recorded
  cross join (values
    (:place::int, null::int, 'card'), (:place, null, 'line'), (null, :person, 'line')) d (place, person, part)
)
select docket_worker.add_job('announce', json_build_array(id)) from recorded;
`;

/** An event's id, as long as they are. */
const event = '3e8b7a52-6b0c-4f6e-9d3a-2f1c5b7d9e10';

/** Where pgbench is, or null: Debian keeps it out of the PATH. */
export function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...versions.map((v) => `${debian}/${v}/bin`)];
  return folders.map((folder) => path.join(folder, 'pgbench')).find((file) => existsSync(file)) ?? null;
}

/** Commands a second that the server takes when each is a statement of its own. */
export async function pgbench(
  program: string,
  url: string,
  { clients, seconds, tickets }: { clients: number; seconds: number; tickets: number },
): Promise<number> {
  const file = path.join(tmpdir(), `docket-pgbench-${process.pid}.sql`);
  await writeFile(file, script(tickets));
  try {
    const load = ['--client', `${clients}`, '--jobs', `${Math.min(clients, 2)}`, '--time', `${seconds}`];
    const { stdout } = await exec(program, ['--no-vacuum', '--protocol=prepared', ...load, '--file', file, url]);
    const rate = /tps = ([\d.]+)/.exec(stdout)?.[1];
    if (rate === undefined) throw new Error(`pgbench printed no rate:\n${stdout}`);
    return Number(rate);
  } finally {
    await rm(file);
  }
}
