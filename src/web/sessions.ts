import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';

/** The person behind a request. */
export interface Viewer {
  readonly person: number;
  /** What `@name` names. */
  readonly handle: string;
  readonly name: string;
  /** IANA zone in which this person's times are shown. */
  readonly zone: string;
  /** Names their session, without being good for it: the hash of its token. */
  readonly session: string;
}

const sessionDays = 30;
const linkHours = 24;

/** Signs a person in: returns the token for their cookie. `satIn`: by the sample's menu, not by a link of their own. */
export async function openSession(db: Pool, person: number, satIn: boolean): Promise<string> {
  const token = newToken();
  await db.query(
    `insert into sessions (token_hash, person_id, sat_in, expires)
     values ($1, $2, $3, now() + make_interval(days => $4))`,
    [hash(token), person, satIn, sessionDays],
  );
  return token;
}

/** Whose session a token is; null when there is none, or it has run out. Sessions of the menu count only where it exists. */
export async function viewerOf(db: Pool, token: string, menu: boolean): Promise<Viewer | null> {
  const { rows } = await db.query<{ id: number; name: string; display_name: string; zone: string }>(
    `select p.id, p.name, p.display_name, p.zone
     from sessions s join people p on p.id = s.person_id
     where s.token_hash = $1 and s.expires > now() and p.active and p.name <> 'docket' and (not s.sat_in or $2)`,
    [hash(token), menu],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { person: row.id, handle: row.name, name: row.display_name, zone: row.zone, session: hash(token) };
}

/** Ends a session. Without such a session nothing happens. */
export async function closeSession(db: Pool, token: string): Promise<void> {
  await db.query('delete from sessions where token_hash = $1', [hash(token)]);
}

/**
 * Ends the sessions of a person and voids their unused sign-in links; those of everybody where `person` is null.
 *
 * @returns how many of each there were
 */
export async function signOut(db: Pool, person: number | null): Promise<{ sessions: number; links: number }> {
  const { rows } = await db.query<{ sessions: number; links: number }>(
    `with ended as (
       delete from sessions where $1::int is null or person_id = $1 returning expires > now() as valid
     ), voided as (
       delete from sign_in_links where used is null and ($1::int is null or person_id = $1) returning expires > now() as valid
     )
     select (select count(*)::int from ended where valid) as sessions, (select count(*)::int from voided where valid) as links`,
    [person],
  );
  return rows[0] ?? { sessions: 0, links: 0 };
}

/** Removes sessions and links that have expired, and used links after as long as a session lasts. */
export async function removeExpired(db: Pool): Promise<void> {
  await db.query('delete from sessions where expires < now()');
  await db.query(
    'delete from sign_in_links where expires < now() - make_interval(days => case when used is null then 0 else $1 end)',
    [sessionDays],
  );
}

/**
 * Whether anybody has a session, or used a link within as long as a session lasts.
 *
 * @param menu whether sessions of the sample's menu count
 */
export async function anybodySignedIn(db: Pool, menu: boolean): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>(
    `select exists (select from sessions where $1 or not sat_in)
       or exists (select from sign_in_links where used is not null) as known`,
    [menu],
  );
  return rows[0]?.known === true;
}

/**
 * A token that signs a person in once, within 24 hours: the last part of `/sign-in/TOKEN`. Only its hash is kept. It voids
 * the person's earlier links. The processes that serve pages are notified and log who it is for.
 */
export async function createSignInLink(db: Pool, person: number): Promise<string> {
  const token = newToken();
  await db.query(
    `with voided as (delete from sign_in_links where person_id = $2 and used is null)
     insert into sign_in_links (token_hash, person_id, expires) values ($1, $2, now() + make_interval(hours => $3))`,
    [hash(token), person, linkHours],
  );
  await db.query(`select pg_notify('docket_live', json_build_object('linked', name)::text) from people where id = $1`, [
    person,
  ]);
  return token;
}

/** Who a sign-in link is for, without using it up; null when it is unknown, used or too old. */
export async function signInName(db: Pool, token: string): Promise<string | null> {
  const { rows } = await db.query<{ display_name: string }>(
    `select p.display_name from sign_in_links l join people p on p.id = l.person_id
     where l.token_hash = $1 and l.used is null and l.expires > now() and p.active`,
    [hash(token)],
  );
  return rows[0]?.display_name ?? null;
}

/** Uses up a sign-in link: the person it signs in, null when it is unknown, used or too old. */
export async function useSignInLink(db: Pool, token: string): Promise<Pick<Viewer, 'person' | 'handle'> | null> {
  const { rows } = await db.query<{ person: number; handle: string }>(
    `update sign_in_links l set used = now() from people p
     where p.id = l.person_id and p.active and l.token_hash = $1 and l.used is null and l.expires > now()
     returning l.person_id as person, p.name as handle`,
    [hash(token)],
  );
  return rows[0] ?? null;
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The tokens are random and long, so that a plain hash keeps them as safe as a slow one would. */
function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
