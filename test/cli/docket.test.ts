import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPool } from '../../src/store/pool.ts';
import { noteServed } from '../../src/web/served.ts';
import { createSignInLink, openSession, useSignInLink, viewerOf } from '../../src/web/sessions.ts';
import { freshDatabase } from '../support/postgres.ts';

const root = path.resolve(import.meta.dirname, '../..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docket-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `docket` as people do, in a working directory of its own. */
function docket(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Result> {
  const command = ['--import', path.join(root, 'node_modules/tsx/dist/loader.mjs'), path.join(root, 'src/cli/main.ts')];
  const { PATH } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...command, ...args],
      { cwd: folder, env: { PATH, ...variables } },
      (error, out, err) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
  });
}

const sample = path.join(root, 'docket.yaml');

describe('the docket command', () => {
  test('lists what it can do', async () => {
    const asked = await docket(['help']);
    expect(asked).toMatchObject({ status: 0, err: '' });
    for (const name of ['start', 'config check [FILE]', 'config schema', 'sign-in PERSON']) {
      expect(asked.out).toContain(`docket ${name}`);
    }
    expect(await docket([])).toEqual(asked);
    expect(await docket(['--help'])).toEqual(asked);
  });

  test('tells its version', async () => {
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    expect(await docket(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' });
  });

  test.each([
    [['stat'], 'There is no command `stat`. Try `docket start`.'],
    [['config', 'chek'], 'There is no command `config chek`. Try `docket config check`.'],
    [['config'], 'There is no command `config`. Try `docket config check` or `docket config schema`.'],
    [['frobnicate'], 'There is no command `frobnicate`. Try `docket help`.'],
    [['sign-in'], 'Write `docket sign-in PERSON`.'],
    [['config', 'check', 'a', 'b'], 'Write `docket config check [FILE]`.'],
    [['--verbose'], "Unknown option '--verbose'. `docket help` lists what there is."],
  ])('refuses %j with what to write instead', async (args, told) => {
    expect(await docket(args)).toEqual({ status: 2, out: '', err: `${told}\n` });
  });
});

describe('docket config check', () => {
  test('says what there is where all is fine', async () => {
    expect(await docket(['config', 'check', sample])).toEqual({
      status: 0,
      out: `${sample}: 3 queues, 5 people, 4 groups, 3 channels. All fine.\n`,
      err: '',
    });
  });

  test('prints every mistake on a line of its own, of the file that .env names', async () => {
    await writeFile(path.join(folder, '.env'), 'DOCKET_CONFIG=mine.yaml\n');
    await writeFile(path.join(folder, 'mine.yaml'), 'sampel: true\nzone: Mars\n');
    const { status, out, err } = await docket(['config', 'check']);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain('mine.yaml:1:1 sampel: unknown key `sampel`: did you mean `sample`?\n');
    expect(err).toContain('mine.yaml:2:7 zone: unknown zone `Mars`');
    const overruled = await docket(['config', 'check'], { DOCKET_CONFIG: sample });
    expect(overruled.status).toBe(0);
  });

  test('tells what is wrong with the environment', async () => {
    const { status, err } = await docket(['config', 'check'], { PORT: 'http' });
    expect({ status, err }).toEqual({
      status: 1,
      err: 'PORT: `http` is no port: a number up to 65535, or 0 for any that is free\n',
    });
  });
});

describe('docket config schema', () => {
  test('prints a JSON Schema', async () => {
    const { status, out } = await docket(['config', 'schema']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ title: 'docket.yaml', type: 'object' });
  });
});

describe('docket sign-in', () => {
  test('prints a link that signs the person in once', async () => {
    const database = await freshDatabase();
    const pool = openPool(database.url, pino({ level: 'silent' }));
    try {
      const { rows } = await pool.query<{ id: number }>(
        "insert into people (name, display_name) values ('ada', 'Ada') returning id",
      );
      const variables = { DATABASE_URL: database.url, DOCKET_CONFIG: sample, HOST: '::1', PORT: '4000' };
      const { status, out } = await docket(['sign-in', '@Ada'], variables);
      expect(status).toBe(0);
      const [, token = ''] = /^http:\/\/\[::1\]:4000\/sign-in\/([\w-]+)\n$/.exec(out) ?? [];
      expect(await useSignInLink(pool, token)).toEqual({ person: rows[0]?.id, handle: 'ada' });
      expect(await useSignInLink(pool, token)).toBeNull();

      const unknown = await docket(['sign-in', 'adda'], variables);
      expect(unknown).toEqual({ status: 1, out: '', err: 'There is nobody called adda. Did you mean ada?\n' });
      const itself = await docket(['sign-in', 'docket'], variables);
      expect(itself).toMatchObject({ status: 1, out: '' });
      expect(itself.err).toContain('docket is Docket itself');

      // The running Docket knows its address better than the environment of the command does.
      await noteServed({ pool }, 'http://127.0.0.1:4010');
      expect((await docket(['sign-in', 'ada'], variables)).out).toMatch(
        /^http:\/\/127\.0\.0\.1:4010\/sign-in\/[\w-]+\n$/,
      );
    } finally {
      await pool.end();
      await database.drop();
    }
  });

  test('says so where no Docket runs', async () => {
    const { status, err } = await docket(['sign-in', 'ada'], { DOCKET_CONFIG: sample });
    expect({ status, err }).toEqual({
      status: 1,
      err: 'No Docket is running on data. Start it first (`docket start`), and ask again beside it.\n',
    });
  });
});

describe('docket sign-out', () => {
  test('ends the sessions and links of one person, or of everybody', async () => {
    const database = await freshDatabase();
    const pool = openPool(database.url, pino({ level: 'silent' }));
    try {
      const { rows } = await pool.query<{ id: number }>(
        "insert into people (name, display_name) values ('ada', 'Ada'), ('bo', 'Bo') returning id",
      );
      const [ada = 0, bo = 0] = rows.map(({ id }) => id);
      const variables = { DATABASE_URL: database.url, DOCKET_CONFIG: sample };
      await createSignInLink(pool, ada);
      const sessions = [await openSession(pool, ada, false), await openSession(pool, bo, false)];
      const signedIn = async () => {
        const viewers = await Promise.all(sessions.map((token) => viewerOf(pool, token, false)));
        return viewers.map((viewer) => viewer?.handle ?? null);
      };
      expect(await docket(['sign-out'], variables)).toMatchObject({ status: 1, out: '' });
      expect(await docket(['sign-out', 'ada', '--all'], variables)).toMatchObject({ status: 1, out: '' });
      expect(await signedIn()).toEqual(['ada', 'bo']);
      const one = await docket(['sign-out', '@Ada'], variables);
      expect(one).toEqual({ status: 0, out: 'ada: ended 1 session, voided 1 unused link.\n', err: '' });
      expect(await signedIn()).toEqual([null, 'bo']);
      const all = await docket(['sign-out', '--all'], variables);
      expect(all).toEqual({ status: 0, out: 'Everybody: ended 1 session, voided 0 unused links.\n', err: '' });
      expect(await signedIn()).toEqual([null, null]);
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});

describe('docket inbox', () => {
  test('lists what failed, and has it tried again or dropped', async () => {
    const database = await freshDatabase();
    const pool = openPool(database.url, pino({ level: 'silent' }));
    try {
      const variables = { DATABASE_URL: database.url, DOCKET_CONFIG: sample };
      expect(await docket(['inbox', 'failed'], variables)).toEqual({
        status: 0,
        out: 'Nothing has failed.\n',
        err: '',
      });
      const payload = { kind: 'command', sender: { id: 'U1', name: 'ada' }, where: { channel: 'C1' } };
      await pool.query(
        `insert into inbox (platform, workspace, event, payload, attempts, done_at, outcome, error)
         select 'slack', 'T1', 'e' || n, $1, 3, '2026-11-28T12:00:00Z', 'failed', E'it\nbroke' from generate_series(1, 3) n`,
        [payload],
      );
      const failed = await docket(['inbox', 'failed'], variables);
      expect(failed.out).toContain('2  2026-11-28T12:00:00.000Z  command from ada in slack:T1/C1: it broke\n');
      expect((await docket(['inbox', 'retry'], variables)).err).toContain('docket inbox retry --all');
      expect(await docket(['inbox', 'retry', '4'], variables)).toMatchObject({ status: 1, out: '' });
      expect(await docket(['inbox', 'retry', '2'], variables)).toMatchObject({ status: 0 });
      expect(await docket(['inbox', 'drop', '--all'], variables)).toMatchObject({ status: 0, out: '2 dropped.\n' });
      const { rows } = await pool.query('select outcome, attempts, done_at is null as waits from inbox order by id');
      expect(rows).toEqual([
        { outcome: 'dropped', attempts: 3, waits: false },
        { outcome: null, attempts: 0, waits: true },
        { outcome: 'dropped', attempts: 3, waits: false },
      ]);
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});

describe('docket discord invite', () => {
  test('prints the link for the application of the token, or for the one that is named', async () => {
    const DISCORD_TOKEN = `MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.${'x'.repeat(30)}`;
    const invited = await docket(['discord', 'invite'], { DISCORD_TOKEN });
    expect(invited).toMatchObject({ status: 0, err: '' });
    expect(invited.out).toMatch(/^https:\/\/discord\.com\/oauth2\/authorize\?client_id=123456789012345678&/);
    expect((await docket(['discord', 'invite', '876543210987654321'])).out).toContain('client_id=876543210987654321&');
  });

  test('asks for the application where it knows none', async () => {
    expect((await docket(['discord', 'invite'])).err).toContain('Set DISCORD_TOKEN, or write its id');
    expect(await docket(['discord', 'invite', 'docket'])).toEqual({
      status: 1,
      out: '',
      err: 'docket is no application id: it has 15 to 20 digits.\n',
    });
  });
});
