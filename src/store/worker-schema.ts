import type { ClientBase } from 'pg';

/** Where the job queue (graphile-worker) keeps its tables. The default schema may be another application's. */
export const workerSchema = 'docket_worker';

/** Where Docket's jobs were before it had a schema of its own. */
const formerSchema = 'graphile_worker';

/** Sets the locks by which workers show that they are alive apart from Docket's others: "work" in ASCII. */
export const workerLockClass = 0x776f726b;

/** Tells the jobs that Docket had in the former schema from those of other applications there. */
const docketsOwn = `(j.task_identifier = 'announce' and j.key = 'announce'
  or j.task_identifier = 'deliver' and j.key ~ '^deliver:(place|person):[0-9]+:'
  or j.task_identifier = 'remind' and j.key ~ '^remind:[0-9]+:[0-9]+$'
  or j.task_identifier = 'warn' and starts_with(j.key, 'warn:'))`;

/** A job that waits, as the queue is asked for it again: its attempts begin anew. */
export interface WaitingJob {
  readonly id: string;
  readonly task: string;
  readonly payload: string;
  readonly queue: string | null;
  readonly run_at: string;
  readonly key: string;
  readonly priority: number;
}

/**
 * The jobs of Docket's own schema that are still to be done, whether they wait or a worker has them in hand: for when no Docket
 * runs. A job that a newer one replaced has no key, and is not wanted.
 */
export function unfinishedJobs(client: ClientBase): Promise<readonly WaitingJob[]> {
  return jobsWhere(client, workerSchema, 'j.key is not null');
}

async function jobsWhere(client: ClientBase, schema: string, condition: string): Promise<readonly WaitingJob[]> {
  // The view `jobs` is the documented way to look at jobs, but it does not have the payload.
  const { rows } = await client.query<WaitingJob>(
    `select id::text, j.task_identifier as task, p.payload::text as payload, j.queue_name as queue, j.run_at::text,
       j.key, j.priority::int
     from ${schema}.jobs j join ${schema}._private_jobs p using (id)
     where ${condition} order by id`,
  );
  return rows;
}

/** Adds jobs, each under its key. */
export async function addJobs(client: ClientBase, jobs: readonly WaitingJob[]): Promise<void> {
  await client.query(
    `select ${workerSchema}.add_job(task, payload::json, queue, run_at, null, key, priority)
     from jsonb_to_recordset($1) as job (task text, payload text, queue text, run_at timestamptz, key text, priority int)`,
    [JSON.stringify(jobs)],
  );
}

/**
 * Moves the jobs that wait in the schema where they were before to Docket's own. Those that another, older Docket works
 * just now stay, and end there; so does everything that is not Docket's.
 *
 * @returns how many were moved
 */
export async function takeOverJobs(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    `${formerSchema}.jobs`,
  ]);
  if (!rows[0]?.there) return 0;
  await client.query('begin');
  try {
    // Workers that have a job of Docket's in hand and do not show that they are alive are gone: their jobs wait.
    await client.query(
      `with holder as materialized (
         select distinct locked_by from ${formerSchema}.jobs j where ${docketsOwn} and locked_by is not null
       )
       select ${formerSchema}.force_unlock_workers(array(
         select locked_by from holder where pg_try_advisory_xact_lock($1, hashtext(locked_by))
       ))`,
      [workerLockClass],
    );
    const jobs = await jobsWhere(client, formerSchema, `${docketsOwn} and j.locked_at is null`);
    await addJobs(client, jobs);
    await client.query(`select ${formerSchema}.complete_jobs($1)`, [jobs.map(({ id }) => id)]);
    await client.query('commit');
    return jobs.length;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
