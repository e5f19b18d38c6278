import { signOut } from '../web/sessions.ts';
import { inRunningDesk, personNamed, refuse } from './running-desk.ts';

/** `docket sign-out PERSON|--all`: ends the sessions of a person, or of everybody, and voids their unused sign-in links. */
export async function signPeopleOut(name?: string, all?: string): Promise<number> {
  if ((name === undefined) === (all === undefined)) {
    return refuse('Name one person (`docket sign-out ada`), or sign everybody out (`docket sign-out --all`).');
  }
  return inRunningDesk(async ({ pool, config }) => {
    const named = name === undefined ? null : await personNamed({ pool, config }, name);
    if (typeof named === 'string') return refuse(named);
    const { sessions, links } = await signOut(pool, named?.person ?? null);
    console.log(
      `${named?.handle ?? 'Everybody'}: ended ${count(sessions, 'session')}, voided ${count(links, 'unused link')}.`,
    );
    return 0;
  });
}

function count(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}
