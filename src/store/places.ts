import { type Database, rows } from './pool.ts';
import type { PlaceKey } from './unit.ts';

/** A place's row, as the statements that join it give it. `thread` is empty outside of threads. */
export interface PlaceRow {
  readonly place: number;
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
  readonly thread: string;
  readonly direct: boolean;
}

/** A place by its number, and by the platform's own ids. */
export interface Place {
  readonly place: number;
  readonly key: PlaceKey;
}

/** The columns of a place, for statements that join `places p`. */
export const placeColumns = 'p.id as place, p.platform, p.workspace, p.channel, p.thread, p.direct';

/** What the columns of a place say. */
export function placeOf({ place, platform, workspace, channel, thread, direct }: PlaceRow): Place {
  return { place, key: { platform, workspace, channel, thread: thread === '' ? null : thread, direct } };
}

/** The number of a place; one that was never heard of is given one. */
export async function placeId(db: Database, key: PlaceKey): Promise<number> {
  const statement = {
    name: 'place',
    text: `
insert into places (platform, workspace, channel, thread, direct) values ($1, $2, $3, $4, $5)
on conflict (platform, workspace, channel, thread) do update set direct = excluded.direct
returning id`,
  };
  const values = [key.platform, key.workspace, key.channel, key.thread ?? '', key.direct];
  const [row] = await rows<{ id: number }>(db, statement, values);
  if (row === undefined) throw new Error('A place was neither found nor made.');
  return row.id;
}

/** Places by their numbers; those that do not exist are missing. */
export async function places(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, PlaceKey>> {
  const found = await rows<PlaceRow>(db, `select ${placeColumns} from places p where p.id = any($1::int[])`, [ids]);
  return new Map(found.map((row) => [row.place, placeOf(row).key]));
}

/**
 * Moves a conversation to another thread of its channel: what is said and delivered there goes on below `message`. Where a
 * place for that thread exists already, nothing is moved.
 */
export async function moveThread(db: Database, place: number, message: string): Promise<void> {
  await rows(
    db,
    `update places p set thread = $2 where id = $1 and not exists (
       select from places o
       where (o.platform, o.workspace, o.channel, o.thread) = (p.platform, p.workspace, p.channel, $2) and o.id <> p.id
     )`,
    [place, message],
  );
}

/** A channel as docket.yaml and messages for administrators name it: `console:#noc`, `slack:T0123/C0456`. */
export function placeName({
  platform,
  workspace,
  channel,
}: Pick<PlaceKey, 'platform' | 'workspace' | 'channel'>): string {
  return platform === 'console' ? `console:#${channel}` : `${platform}:${workspace}/${channel}`;
}
