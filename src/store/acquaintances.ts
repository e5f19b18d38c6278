import type { PersonId } from '../ticket/ticket.ts';
import { type Database, rows } from './pool.ts';
import { escaped, type Reader, Values, visible } from './search-sql.ts';

/** A person by number, by the name that `@` names, and as they are called. */
export interface Acquaintance {
  readonly person: PersonId;
  readonly name: string;
  readonly displayName: string;
}

/** For autocompletion: people known to the reader whose name, or a word of whose display name, begins with what was typed. */
export async function peopleMatching(
  db: Database,
  { typed, limit, ...who }: Reader & { readonly typed: string; readonly limit: number },
): Promise<readonly Acquaintance[]> {
  const values = new Values();
  const prefix = values.add(`${escaped(typed)}%`, 'text');
  return rows(
    db,
    `select p.id as person, p.name, p.display_name as "displayName" from people p
     where p.active and p.name <> 'docket'
       and (p.name ilike ${prefix} or p.display_name ilike ${prefix} or p.display_name ilike '% ' || ${prefix})
       and ${known(who, values)}
     order by p.name limit ${values.add(limit, 'int')}`,
    values.all,
  );
}

/** Which of these people are known to the reader. */
export async function acquainted(
  db: Database,
  who: Reader,
  people: readonly PersonId[],
): Promise<ReadonlySet<PersonId>> {
  const values = new Values();
  const found = await rows<{ id: PersonId }>(
    db,
    `select p.id from people p where p.id = any(${values.add(people, 'int[]')}) and ${known(who, values)}`,
    values.all,
  );
  return new Set(found.map(({ id }) => id));
}

/**
 * Whether person `p` is known to the reader: themselves; whoever stands in the configuration; who has an account in a
 * workspace in which the reader has one too; who is on a ticket that the reader sees. The others are people of some other
 * workspace, and nobody there is to learn that they are here.
 */
function known(who: Reader, values: Values): string {
  if (who.reader.superuser) return 'true';
  const reader = values.add(who.reader.person, 'int');
  return `(p.configured or p.id = ${reader} or exists (
    select from identities mine join identities theirs using (platform, workspace)
    where mine.person_id = ${reader} and theirs.person_id = p.id
  ) or exists (
    select from tickets t where t.id in (
      select ticket_id from watchers w where w.person_id = p.id union select o.id from tickets o where o.owner_id = p.id
    ) and ${visible(who, values)}
  ))`;
}
