import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/postgres.ts';
import { load, newTicket, opening, silent, unitOf } from './samples.ts';

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase();
  store = await openStore({ databaseUrl: database.url, log: silent });
  drop = database.drop;
});
afterAll(async () => {
  await store.close();
  await drop();
});

const sql = (migration: string) => readFileSync(`prisma/migrations/${migration}/migration.sql`, 'utf8');

async function opened(subject: string, body: string, message: string | null): Promise<number> {
  const id = await store.nextTicketId();
  const key = { platform: 'slack', workspace: 'T1', channel: 'C1', message: message ?? '' };
  await store.commit(
    unitOf(1, [opening(newTicket(id, { subject }), body)], {
      taken: message === null ? [] : [{ ticket: id, change: 0, message: key, thread: null, author: 1 }],
    }),
  );
  return id;
}

test('texts that were kept decomposed are composed, and subjects lose their controls of direction', async () => {
  const id = await opened('Größe \u202eexe'.normalize('NFD'), 'Größentabelle'.normalize('NFD'), null);
  await store.pool.query(sql('20261128134500_normalise_text'));
  expect((await load(store, id)).subject).toBe('Größe exe');
  const { rows } = await store.pool.query('select body from transactions where ticket_id = $1', [id]);
  expect(rows).toEqual([{ body: 'Größentabelle' }]);
  await expect(store.pool.query('update transactions set body = body')).rejects.toThrow(/append|only added|history/i);
});

test('subjects of tickets that a message opened, and that nobody renamed, follow that message', async () => {
  const [byMessage, byCommand, renamed] = [
    await opened('From a message', '', 'm1'),
    await opened('From a command', '', null),
    await opened('From a message', '', 'm2'),
  ];
  const before = await load(store, renamed);
  await store.commit(
    unitOf(1, [
      {
        before,
        after: { ...before, subject: 'Renamed' },
        changes: [{ type: 'set', field: 'subject', from: 'From a message', to: 'Renamed' }],
      },
    ]),
  );
  const update = sql('20261128133500_subject_source').split(';')[1] ?? '';
  await store.pool.query(update);
  const sources = await Promise.all([byMessage, byCommand, renamed].map((id) => load(store, id)));
  expect(sources.map(({ subjectSource }) => subjectSource)).toEqual(['message', 'person', 'person']);
});
