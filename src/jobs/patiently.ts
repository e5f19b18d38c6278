import { setTimeout } from 'node:timers/promises';
import { isConnectionLoss } from '../store/pool.ts';

/** How soon a database that is away is asked again. */
const againMs = 500;

/** Attempts something until the database can be reached; once `ended`, what fails has failed. */
export async function patiently<T>(attempt: () => Promise<T>, ended: () => boolean): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConnectionLoss(error) || ended()) throw error;
      await setTimeout(againMs);
    }
  }
}
