import pg from 'pg';
import { expect, test } from 'vitest';
import { PatientPool } from '../../src/jobs/patient-pool.ts';
import { freshDatabase } from '../support/postgres.ts';

test('who waits for a connection when the pool ends is not refused, since nobody would handle it', async () => {
  const { url, drop } = await freshDatabase();
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 300 });
  const patient = new PatientPool(pool);
  const only = await pool.connect();
  let outcome = 'waits';
  patient.pool.connect().then(
    () => {
      outcome = 'connected';
    },
    () => {
      outcome = 'refused';
    },
  );
  // Waits behind it, and so is refused after it.
  const refused = pool.connect();
  patient.end();
  const ended = pool.end();
  await expect(refused).rejects.toThrow('timeout exceeded');
  expect(outcome).toBe('waits');
  only.release();
  await ended;
  await drop();
});
