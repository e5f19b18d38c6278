import pg from 'pg';
import { expect, test } from 'vitest';
import { Live } from '../../src/web/live.ts';
import { silent } from '../store/samples.ts';
import { Gate } from '../support/gate.ts';
import { freshDatabase } from '../support/postgres.ts';

test('a connection that breaks before it listens is given back, so that trying again uses up none', async () => {
  const database = await freshDatabase();
  const gate = await Gate.before(database.url);
  const pool = new pg.Pool({ connectionString: gate.url });
  const live = new Live(pool, silent);
  gate.breakAt('listen docket_live');
  await expect(live.start()).rejects.toThrow(/connection/i);
  expect(pool.totalCount).toBe(0);
  await live.stop();
  await pool.end();
  await gate.close();
  await database.drop();
});
