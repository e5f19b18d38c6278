import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/postgres.ts';
import { sitIn } from './person.ts';
import { startProcess } from './process.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

async function ask<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
  return (await db.query(sql, values)).rows as Row[];
}

/** Nothing is waiting to be worked, announced or delivered. */
async function atRest(): Promise<void> {
  const left = `select
    (select count(*) from inbox where done_at is null)
    + (select count(*) from deliveries where state = 'waiting')
    + (select count(*) from docket_worker._private_jobs where run_at <= now()) as left`;
  await expect.poll(async () => (await ask<{ left: string }>(left))[0]?.left, { timeout: 30_000 }).toBe('0');
}

const tickets = 10;

/** The commands of one person, each with a word of its own by which it is found again. */
function commands(name: string, count: number): { word: string; text: string }[] {
  return Array.from({ length: count }, (_, nth) => {
    const word = `${name}-${nth}`;
    const ticket = 1 + (nth % tickets);
    if (nth % 17 === 16) return { word, text: `#${ticket} !resolve ${word}` };
    if (nth % 13 === 12) return { word, text: `#${ticket} !stall ${word}` };
    return { word, text: `#${ticket} ${word}` };
  });
}

test.each([
  ['early', 15],
  ['half way', 90],
  ['late', 180],
])(
  'killed %s in 200 commands, it has each acknowledged one once, tells each once, and no card is stale',
  async (run, killAt) => {
    const first = await startProcess(database.url);
    const opener = await sitIn(first.entrance, 'ada');
    if (killAt === 15) {
      for (let nth = 1; nth <= tickets; nth++) expect(await opener.say('noc', `#new in noc Ticket ${nth}`)).toBe(true);
      await atRest();
    }

    const acknowledged: string[] = [];
    let killing: Promise<void> | null = null;
    await Promise.all(
      ['ada', 'bo', 'sue', 'ada'].map(async (handle, nth) => {
        const person = await sitIn(first.entrance, handle);
        for (const { word, text } of commands(`${run}-${nth}`, 50)) {
          if (killing !== null) return;
          if (await person.say('noc', text)) acknowledged.push(word);
          if (acknowledged.length >= killAt) killing ??= first.kill();
        }
      }),
    );
    await killing;
    expect(acknowledged.length).toBeGreaterThanOrEqual(killAt);

    const second = await startProcess(database.url);
    await atRest();
    expect(await second.stop()).toBe(0);

    const kept = await ask<{ word: string; count: string }>(
      `select body as word, count(*) from transactions where type = 'comment' group by body`,
    );
    expect(kept.filter(({ count }) => count !== '1')).toEqual([]);
    const words = new Set(kept.map(({ word }) => word));
    expect(acknowledged.filter((word) => !words.has(word) && !refusedStall(word))).toEqual([]);

    // Each comment is told in the thread under its card, once.
    const told = await ask<{ word: string; count: string }>(
      `select x.body as word, count(m.id) from transactions x
     left join console_messages m on m.view->>'view' = 'line' and m.view->'body'->0->'inlines'->>0 = x.body
     where x.type = 'comment' group by x.id, x.body having count(m.id) <> 1`,
    );
    expect(told).toEqual([]);

    const cards = await ask<{ id: number; cards: string; stale: string }>(
      `select t.id, count(m.id) as cards, count(m.id) filter (where m.view->>'status' <> t.status) as stale
     from tickets t left join console_messages m on m.view->>'view' = 'card' and (m.view->>'ticket')::int = t.id
     group by t.id having count(m.id) <> 1 or count(m.id) filter (where m.view->>'status' <> t.status) <> 0`,
    );
    expect(cards).toEqual([]);
  },
  // Two starts of a process each, on a machine that may be busy.
  240_000,
);

/** Stalling what is stalled already, or resolving what is resolved, is refused, and leaves nothing behind. */
function refusedStall(word: string): boolean {
  const nth = Number(word.split('-').at(-1));
  return nth % 17 === 16 || nth % 13 === 12;
}
