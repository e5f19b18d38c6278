import type { Environment } from '../config/environment.ts';
import { servedAt } from '../web/served.ts';
import { createSignInLink } from '../web/sessions.ts';
import { inRunningDesk, personNamed, refuse } from './running-desk.ts';

/** `docket sign-in PERSON`: a link that signs the person in once, made in the database of the Docket that runs. */
export function signIn(name = ''): Promise<number> {
  return inRunningDesk(async ({ environment, config, pool }) => {
    const named = await personNamed({ pool, config }, name);
    if (typeof named === 'string') return refuse(named);
    const address = config.web.url === null ? await servedAt({ pool }) : new URL(config.web.url).origin;
    const token = await createSignInLink(pool, named.person);
    console.log(`${address ?? addressIn(environment)}/sign-in/${token}`);
    console.error(
      'It works once, within a day, for whoever opens it. Give it only to them. Earlier links no longer work.',
    );
    return 0;
  });
}

/** The address that the environment names, for a database in which no Docket has served pages yet. */
function addressIn({ host, port }: Environment): string {
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}
