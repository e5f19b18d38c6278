import type { Environment } from '../config/environment.ts';
import { isMistaken, loadConfig } from '../config/load.ts';
import { describeMistakes } from '../config/mistake.ts';
import { createLog } from '../log.ts';
import { runningEmbedded } from '../store/embedded.ts';
import { findPerson } from '../store/people.ts';
import { openPool } from '../store/pool.ts';
import { nearest } from '../ticket/nearest.ts';
import { createSignInLink } from '../web/sessions.ts';
import { surroundings } from './surroundings.ts';

/** `docket sign-in PERSON`: a link that signs the person in once, made in the database of the Docket that runs. */
export async function signIn(name = ''): Promise<number> {
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
    const handle = name.replace(/^@/, '').toLowerCase();
    const person = await findPerson({ pool }, { person: 'name', name: handle });
    if (person === null) {
      const meant = nearest(
        handle,
        config.people.map((each) => each.name),
      );
      return refuse(`There is nobody called ${handle}.${meant === null ? '' : ` Did you mean ${meant}?`}`);
    }
    const token = await createSignInLink(pool, person);
    console.log(`${addressOf(environment, config.web.url)}/sign-in/${token}`);
    if (config.web.url === null && environment.port === 0)
      console.error('Put the address before it that Docket told when it started.');
    console.error('It works once, within a day, for whoever opens it: hand it only to them.');
    return 0;
  } finally {
    await pool.end();
  }
}

/** The address that people know; else the one that Docket listens on, which is unknown where it took any free port. */
function addressOf({ host, port }: Environment, url: string | null): string {
  if (url !== null) return new URL(url).origin;
  return port === 0 ? '' : `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

function refuse(why: string): number {
  console.error(why);
  return 1;
}
