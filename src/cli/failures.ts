import type { Failing } from '../store/administrators.ts';
import { countFailures, dropFailures, failures, retryFailures } from '../store/failures.ts';
import { inRunningDesk, refuse } from './running-desk.ts';

/** The most that are listed. */
const most = 100;

/** `docket inbox failed`, `docket deliveries failed`: what failed for good, one a line, the newest first. */
export function listFailures(what: Failing): Promise<number> {
  return inRunningDesk(async ({ pool }) => {
    const found = await failures({ pool }, what, most);
    for (const { id, at, what: about, error } of found) {
      console.log(`${id}  ${at}  ${about}: ${error.replace(/\s+/g, ' ')}`);
    }
    const count = await countFailures({ pool }, what);
    if (count === 0) console.log('Nothing has failed.');
    else if (count > found.length) console.log(`… and ${count - found.length} more.`);
    return 0;
  });
}

const acts = {
  retry: { act: retryFailures, done: 'Docket tries it again within seconds.' },
  drop: { act: dropFailures, done: 'It is dropped.' },
} as const;

/** `docket inbox retry ID|--all`, `… drop ID|--all` and the same of `deliveries`. */
export async function settleFailures(
  what: Failing,
  verb: keyof typeof acts,
  id?: string,
  all?: string,
): Promise<number> {
  if ((id === undefined) === (all === undefined)) {
    return refuse(`Name one (\`docket ${what} ${verb} 12\`), or take all of them (\`docket ${what} ${verb} --all\`).`);
  }
  if (id !== undefined && !/^\d{1,15}$/.test(id)) return refuse(`\`${id}\` is not a number that \`failed\` lists.`);
  return inRunningDesk(async ({ pool }) => {
    const count = await acts[verb].act({ pool }, what, id === undefined ? null : [Number(id)]);
    if (id === undefined) console.log(`${count} ${verb === 'retry' ? 'to be tried again' : 'dropped'}.`);
    else if (count === 0) return refuse(`Nothing with the number ${id} has failed.`);
    else console.log(acts[verb].done);
    return 0;
  });
}
