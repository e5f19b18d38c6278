import { type Runner, run, type TaskList, Logger as WorkerLogger } from 'graphile-worker';
import { interrupted } from '../store/deliveries.ts';
import { resumeLost } from '../store/parked.ts';
import { workerSchema } from '../store/worker-schema.ts';
import { alert } from './alert.ts';
import { announce } from './announce.ts';
import type { JobContext } from './context.ts';
import { deliver } from './deliver.ts';
import { Living } from './living.ts';
import { PatientPool } from './patient-pool.ts';
import { ring } from './ring.ts';
import { warn } from './warn.ts';
import { warnFailures } from './warn-failures.ts';

/** Places and people that one process tells side by side. Each may hold its worker up for as long as a platform is slow. */
const telling = 6;

/** Workers for what needs no platform: announcing, one after the other, and reminders. Slow platforms do not hold them up. */
const planning = 2;

/**
 * How often idle workers look by themselves. A notice of a new job can get lost: two workers that look at the same moment
 * each pass over what the other has locked, and both go idle. One change in five then waited for the next look.
 */
const pollMs = 250;

export interface Jobs {
  /** Gives jobs of workers that were killed back to the queue, and adds those that are missing. */
  recover(): Promise<void>;
  /** Lets the jobs in hand come to their end, and starts no other. */
  stop(): Promise<void>;
}

/** Starts working the jobs: what is to be announced, delivered, and to ring. Several processes share them. */
export async function startJobs(context: JobContext): Promise<Jobs> {
  const { desk } = context;
  const living = await Living.begin(desk.store.pool, desk.log);
  const patient = new PatientPool(desk.store.pool);
  const startRunner = (concurrency: number, taskList: TaskList): Promise<Runner> =>
    run({
      pgPool: patient.pool,
      schema: workerSchema,
      concurrency,
      noHandleSignals: true,
      // Jobs are told at once that Docket ends, for what they leave undone is done at the next start.
      preset: { worker: { gracefulShutdownAbortTimeout: 0 } },
      pollInterval: pollMs,
      // The calendar wakes what recurs; without this the library looks for a crontab of its own.
      parsedCronItems: [],
      events: living.events,
      logger: new WorkerLogger(() => (level, message, meta) => {
        desk.log[level === 'warning' ? 'warn' : level]({ jobs: meta }, message);
      }),
      taskList,
    });
  const startRunners = () =>
    Promise.all([
      startRunner(planning, {
        announce: () => announce(desk),
        remind: (payload) => ring(desk, payload),
      }),
      startRunner(telling, {
        deliver: (payload, helpers) => deliver(context, payload, helpers),
        warn: (payload) => warn(context, payload),
        alert: (payload) => alert(context, payload),
        failures: (payload) => warnFailures(context, payload),
      }),
    ]);
  const stopAll = (runners: readonly Runner[]) => Promise.all(runners.map((runner) => runner.stop()));
  let runners = await startRunners();
  const retiring = new Set<Promise<void>>();

  /**
   * Where the queue handed out jobs that never arrived, other workers take over from those that hold them. It knows no other
   * way to give back some jobs of a worker: once a worker has stopped, whatever it still holds is unlocked.
   */
  const replaceThoseThatLost = async () => {
    if (retiring.size > 0) return;
    const lost = await living.lost();
    if (lost === 0) return;
    desk.log.warn({ jobs: lost }, 'jobs were handed out and never arrived; other workers take over');
    const [former, workers] = [runners, living.workers];
    runners = await startRunners();
    const retired = stopAll(former)
      .then(() => living.retire(workers))
      .catch((error: unknown) => desk.log.error({ err: error }, 'workers could not be replaced'))
      .finally(() => retiring.delete(retired));
    retiring.add(retired);
  };

  const release = (twice: boolean) => living.releaseTheDead((workers) => interrupted(desk.store, workers), twice);
  await release(false);
  return {
    recover: async () => {
      await release(true);
      await replaceThoseThatLost();
      await resumeLost(desk.store);
    },
    stop: async () => {
      patient.end();
      await stopAll(runners);
      await Promise.all(retiring);
      await living.end();
    },
  };
}
