import { type Runner, run, Logger as WorkerLogger } from 'graphile-worker';
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

/** Jobs that one process works at the same time: announcing, and places that are told side by side. */
const concurrency = 6;

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
  const startRunner = (): Promise<Runner> =>
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
      taskList: {
        announce: () => announce(desk),
        deliver: (payload, helpers) => deliver(context, payload, helpers),
        remind: (payload) => ring(desk, payload),
        warn: (payload) => warn(context, payload),
        alert: (payload) => alert(context, payload),
        failures: (payload) => warnFailures(context, payload),
      },
    });
  let runner = await startRunner();
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
    const [former, workers] = [runner, living.workers];
    runner = await startRunner();
    const retired = former
      .stop()
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
      await runner.stop();
      await Promise.all(retiring);
      await living.end();
    },
  };
}
