import { gracefulShutdown, scheduleJob } from 'node-schedule';
import type { Logger } from 'pino';

/** Something that is done again and again, besides what events set off. */
export interface Chore {
  readonly name: string;
  /** A cron line, with seconds first. */
  readonly when: string;
  readonly act: () => Promise<void>;
}

/** Starts the calendar. Its chores do no harm when several processes do them. Returns what ends it. */
export function startCalendar(chores: readonly Chore[], log: Logger): () => Promise<void> {
  for (const { name, when, act } of chores) {
    scheduleJob(name, when, () => {
      act().catch((error: unknown) =>
        log.error({ err: error, chore: name }, 'a chore failed; it is tried again next time'),
      );
    });
  }
  return gracefulShutdown;
}
