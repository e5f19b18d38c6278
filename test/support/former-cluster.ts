import { chown, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { pino } from 'pino';
import { makeFolder, passwordOf } from '../../src/store/cluster.ts';
import { migrationNames, prismaFolder } from '../../src/store/migrate.ts';
import { openPool } from '../../src/store/pool.ts';
import { run, runner } from '../../src/store/postgres-programs.ts';
import { ownPort } from './port.ts';

/** The first migration that came after Docket's clusters had another locale. */
const firstOfNow = '20261128133500_worker_schema';

/** What is written in the database of before, to be found in the one of now. */
export const written = {
  subjects: ['Привет, маршрутизатор не отвечает', 'Störung: Gerät für Öhringen fällt aus', '路由器故障，上海'],
  bodies: ['Кабель повреждён на улице Ленина', 'Größe und Übermaß geprüft', '东京的交换机也坏了'],
  tickets: 300,
};

/**
 * Makes a data folder as Docket made it before: a cluster in the locale C, whose database is a superuser's, at the migrations
 * of then, with tickets in three scripts and jobs that wait. Its server is stopped.
 */
export async function makeFormerCluster(data: string): Promise<void> {
  const cluster = path.join(data, 'postgres');
  await makeFolder(data);
  const as = await runner(data, cluster);
  const password = await passwordOf(data, false, as);
  const draft = path.join(data, 'draft');
  await makeFolder(draft);
  if (as.ids) await chown(draft, as.ids.uid, as.ids.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = ['--username=docket', '--auth=scram-sha-256', `--pwfile=${path.join(data, 'postgres.password')}`];
  await run('initdb', [...locale, ...login], draft, as);
  await rename(draft, cluster);
  const port = await ownPort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  await run('pg_ctl', ['start', '--wait', `--log=${path.join(cluster, 'start.log')}`, '-o', options], cluster, as);
  const at = (database: string) => `postgresql://docket:${password}@127.0.0.1:${port}/${database}`;
  const admin = new pg.Client(at('postgres'));
  await admin.connect();
  await admin.query('create database docket');
  await admin.end();
  const pool = openPool(at('docket'), pino({ level: 'silent' }));
  try {
    await migrateAsBefore(pool);
    await write(pool);
  } finally {
    await pool.end();
    await run('pg_ctl', ['stop', '--mode=fast', '--wait'], cluster, as);
  }
}

async function migrateAsBefore(pool: pg.Pool): Promise<void> {
  await pool.query(`create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
    finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
    started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`);
  for (const name of (await migrationNames()).filter((each) => each < firstOfNow)) {
    await pool.query(await readFile(path.join(prismaFolder, 'migrations', name, 'migration.sql'), 'utf8'));
    await pool.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       values (gen_random_uuid()::text, 'as before', now(), $1, 1)`,
      [name],
    );
  }
  await runMigrations({ pgPool: pool });
}

async function write(pool: pg.Pool): Promise<void> {
  await pool.query(`insert into people (name, display_name) values ('ada', 'Ада Локк')`);
  await pool.query(
    `insert into tickets (id, version, queue, subject, status, priority, owner_id, next, resolution, time_worked, created, updated)
     select nextval('ticket_number'), 1, 'noc', ($1::text[])[1 + n % 3] || case when n < 3 then '' else ' ' || n end,
       'open', 50, 2, '', '', 0, now(), now() from generate_series(0, $2::int - 1) n`,
    [written.subjects, written.tickets],
  );
  await pool.query(
    `insert into transactions (ticket_id, at, actor_id, command, via, type, change, body, staff_only)
     select id, now(), 2, gen_random_uuid(), 'console', 'comment', '{"type": "comment"}', ($1::text[])[1 + (id - 1) % 3], true
     from tickets order by id`,
    [written.bodies],
  );
  await pool.query(
    `insert into attachments (id, name, type, size, sha256, bytes)
     values (gen_random_uuid(), 'Ⅷ\t\\.bin', 'application/octet-stream', 4, '', '\\x00ff0a5c')`,
  );
  // A trigger notes when: nothing of it is to happen again when the row is copied.
  await pool.query(`insert into console_messages (key, channel, author_id, text, source)
    values ('a', 'noc', 2, '[]', '')`);
  await pool.query(`alter table console_messages disable trigger user`);
  await pool.query(`update console_messages set changed = '2026-01-02T03:04:05Z'`);
  await pool.query(`alter table console_messages enable trigger user`);
  // Of a worker that was killed with it in hand, and of a reminder of next year.
  await pool.query(`select wake('announce', '{}', 'announce', 'announce')`);
  await pool.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'killed'`);
  await pool.query(`update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'killed'`);
  await pool.query(
    `select wake('remind', '{"ticket": 1, "reminder": 1}', null, 'remind:1:1', 0, '2035-01-01T00:00:00Z')`,
  );
}
