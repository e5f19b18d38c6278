import type { Config } from './config/config.ts';
import type { Docket } from './docket.ts';
import { findPerson } from './store/people.ts';
import { createSignInLink } from './web/sessions.ts';

/** Says where Docket is; on the very first start also how the administrator gets in. */
export async function greet({ url, store }: Docket, { people, sample }: Config): Promise<void> {
  console.log(`Docket is ready at ${url}`);
  if (sample) console.log('It runs the sample configuration: choose there whom to sit in as.');
  const administrator = people.find((person) => person.superuser);
  if (administrator === undefined || !(await isFirstStart(store))) return;
  const person = await findPerson(store, { person: 'name', name: administrator.name });
  if (person === null) return;
  const token = await createSignInLink(store.pool, person);
  console.log(`${administrator.displayName} signs in once, within a day, by ${url}/sign-in/${token}`);
}

/** Nobody has ever signed in, and nobody was given a link to. */
async function isFirstStart({ pool }: Docket['store']): Promise<boolean> {
  const { rows } = await pool.query<{ first: boolean }>(
    'select not exists (select from sessions) and not exists (select from sign_in_links) as first',
  );
  return rows[0]?.first === true;
}
