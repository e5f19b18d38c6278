import type { Pool } from 'pg';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { isMistaken, loadConfig } from '../config/load.ts';
import { describeMistakes } from '../config/mistake.ts';
import { createLog } from '../log.ts';
import { runningEmbedded } from '../store/embedded.ts';
import { findPerson } from '../store/people.ts';
import { openPool } from '../store/pool.ts';
import { nearest } from '../ticket/nearest.ts';
import { surroundings } from './surroundings.ts';

/** What a subcommand works with that needs the database of the Docket that runs. */
export interface RunningDesk {
  readonly environment: Environment;
  readonly config: Config;
  readonly pool: Pool;
}

/** Does something in the database of the Docket that runs. Gives its exit status; 1 after telling why there is no database. */
export async function inRunningDesk(act: (desk: RunningDesk) => Promise<number>): Promise<number> {
  const environment = surroundings();
  if (environment === null) return 1;
  const config = loadConfig(environment.config);
  if (isMistaken(config)) return refuse(describeMistakes(config.mistakes));
  const database = environment.databaseUrl ?? (await runningEmbedded(environment.data));
  if (database === null) {
    return refuse(
      `No Docket is running on ${environment.data}. Start it first (\`docket start\`), and ask again beside it.`,
    );
  }
  const pool = openPool(database, createLog('silent'));
  try {
    return await act({ environment, config, pool });
  } finally {
    await pool.end();
  }
}

/** The person whom somebody names on the command line, `@` or not; else why there is none, with the nearest name. */
export async function personNamed(
  { pool, config }: Pick<RunningDesk, 'pool' | 'config'>,
  name: string,
): Promise<{ readonly handle: string; readonly person: number } | string> {
  const handle = name.replace(/^@/, '').toLowerCase();
  if (handle === 'docket') return 'docket is Docket itself, and nobody signs in as it. Name a person.';
  const person = await findPerson({ pool }, { person: 'name', name: handle });
  if (person !== null) return { handle, person };
  const meant = nearest(
    handle,
    config.people.map((each) => each.name),
  );
  return `There is nobody called ${handle}.${meant === null ? '' : ` Did you mean ${meant}?`}`;
}

/** Tells on standard error why something was not done; gives the exit status for that. */
export function refuse(why: string): number {
  console.error(why);
  return 1;
}
