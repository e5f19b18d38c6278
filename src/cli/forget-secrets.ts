import { createLog } from '../log.ts';
import { runningEmbedded } from '../store/embedded.ts';
import { openPool } from '../store/pool.ts';
import { forgetSecrets } from '../store/secrets.ts';
import { surroundings } from './surroundings.ts';

/** `docket forget-secrets`: for a key that was lost. What is encrypted cannot be read without it in any case. */
export async function forget(): Promise<number> {
  const environment = surroundings();
  if (environment === null) return 1;
  const database = environment.databaseUrl ?? (await runningEmbedded(environment.data));
  if (database === null) {
    console.error(
      `No Docket is running on ${environment.data}. Start it first (\`docket start\`), and ask again beside it.`,
    );
    return 1;
  }
  const pool = openPool(database, createLog('silent'));
  try {
    await forgetSecrets({ pool });
    console.log('The encrypted secrets were forgotten. Restart Docket.');
    return 0;
  } finally {
    await pool.end();
  }
}
