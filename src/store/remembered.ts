import { createHash } from 'node:crypto';
import { type Database, rows } from './pool.ts';

/**
 * Keeps a text for its key, which is made of its content: the same text has the same key, also in another process. With
 * each text some are dropped that nobody asked for in 90 days.
 *
 * @returns the key: 22 letters, digits, `-` and `_`
 */
export async function remember(db: Database, text: string): Promise<string> {
  const key = createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
  await rows(db, keep, [key, text]);
  return key;
}

/** The text of a key; null when there is none, or none any more. */
export async function recall(db: Database, key: string): Promise<string | null> {
  const [found] = await rows<{ text: string }>(db, use, [key]);
  return found?.text ?? null;
}

/** That a text is used is written down once a day, so that a card that is drawn often does not write each time. */
const keep = {
  name: 'remember',
  text: `
with old as (
  select key from remembered where used < now() - interval '90 days' and key <> $1 order by used limit 20
  for update skip locked
), dropped as (
  delete from remembered where key in (select key from old)
)
insert into remembered (key, text) values ($1, $2)
on conflict (key) do update set used = now() where remembered.used < now() - interval '1 day'`,
};

const use = {
  name: 'recall',
  text: `
with used as (
  update remembered set used = now() where key = $1 and used < now() - interval '1 day'
)
select text from remembered where key = $1`,
};
