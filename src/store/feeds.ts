import { type Place, type PlaceRow, placeColumns, placeOf } from './places.ts';
import { type Database, rows } from './pool.ts';
import { oneEach, Recent } from './recent.ts';
import type { Audience, PlaceKey } from './unit.ts';

/** A place that is told what happens in a queue. */
export interface Feed extends Place {
  readonly queue: string;
  readonly audience: Audience;
  /** A line of the search language that narrows it; empty: everything. */
  readonly search: string;
  /** From the configuration, or made by a command. */
  readonly source: 'config' | 'command';
}

const recent = oneEach(() => new Recent<'all', readonly Feed[]>(2_000));

/** All feeds. A change in another process is seen within seconds. */
export function feeds(db: Database): Promise<readonly Feed[]> {
  return recent(db).get('all', async () => {
    const found = await rows<PlaceRow & Pick<Feed, 'queue' | 'audience' | 'search' | 'source'>>(
      db,
      `select f.queue, f.audience, f.search, f.source, ${placeColumns}
       from feeds f join places p on p.id = f.place_id order by f.id`,
      [],
    );
    return found.map((row) => ({
      ...placeOf(row),
      queue: row.queue,
      audience: row.audience,
      search: row.search,
      source: row.source,
    }));
  });
}

/** Whether a place is told of a queue, as it stands in the database. */
export async function isFed(db: Database, queue: string, place: number): Promise<boolean> {
  return (await rows(db, 'select from feeds where queue = $1 and place_id = $2', [queue, place])).length > 0;
}

/** Feeds were changed here: what was read of them is read anew. */
export function forgetFeeds(db: Database): void {
  recent(db).forget();
}

/** Makes the feeds that come from the configuration those that it names now. */
export async function syncConfiguredFeeds(
  db: Database,
  configured: readonly (Pick<Feed, 'queue' | 'audience' | 'search'> & { readonly key: PlaceKey })[],
): Promise<void> {
  const wanted = configured.map(({ key, ...feed }) => ({ ...feed, ...key, thread: key.thread ?? '' }));
  await rows(db, sync, [JSON.stringify(wanted)]);
  recent(db).forget();
}

const sync = `
with wanted as materialized (
  select * from jsonb_to_recordset($1::jsonb) as w (
    queue text, audience text, search text, platform text, workspace text, channel text, thread text, direct boolean
  )
), place as (
  insert into places (platform, workspace, channel, thread, direct)
  select distinct on (platform, workspace, channel, thread) platform, workspace, channel, thread, direct from wanted
  order by platform, workspace, channel, thread
  on conflict (platform, workspace, channel, thread) do update set direct = excluded.direct
  returning id, platform, workspace, channel, thread
), kept as (
  insert into feeds (queue, place_id, audience, search, source)
  select distinct on (queue, p.id) queue, p.id, audience, search, 'config'
  from wanted join place p using (platform, workspace, channel, thread)
  on conflict (queue, place_id) do update
  set audience = excluded.audience, search = excluded.search, source = excluded.source
  returning id
)
delete from feeds where source = 'config' and (queue, place_id) not in (
  select queue, p.id from wanted join place p using (platform, workspace, channel, thread)
)`;
