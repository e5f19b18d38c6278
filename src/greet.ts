import type { Config } from './config/config.ts';
import type { Docket } from './docket.ts';
import { findPerson } from './store/people.ts';
import { anybodySignedIn, createSignInLink } from './web/sessions.ts';

/**
 * Says where Docket is and, until somebody has signed in, how the administrator gets in: by a link where a person reads
 * this on a terminal; by a command anywhere else, for a link would stay in a journal.
 */
export async function greet(
  { url, menuUrl, store }: Docket,
  { people, sample }: Config,
  terminal: boolean,
): Promise<void> {
  console.log(`Docket is ready at ${menuUrl ?? url}`);
  if (menuUrl !== null) {
    console.log(
      'It runs the sample: with this address, anybody on this machine can sit in as its people until the next start.',
    );
  }
  const administrator = people.find((person) => person.superuser);
  if (administrator === undefined || (await anybodySignedIn(store.pool, sample))) return;
  const { name, displayName } = administrator;
  const person = await findPerson(store, { person: 'name', name });
  if (person === null) return;
  if (!terminal) {
    console.log(`Nobody has signed in yet. \`npx docket sign-in ${name}\` prints a link for ${displayName}.`);
    return;
  }
  const token = await createSignInLink(store.pool, person);
  console.log(
    `Nobody has signed in yet. This link signs ${displayName} in, once, within a day: ${url}/sign-in/${token}`,
  );
}
