import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../src/store/pool.ts';
import { createServer } from '../../src/web/server.ts';
import { createSignInLink, openSession, removeExpired } from '../../src/web/sessions.ts';
import { signInRoutes } from '../../src/web/sign-in.tsx';
import { Visitors } from '../../src/web/visitors.ts';
import { freshDatabase } from '../support/postgres.ts';

const key = 'the-key-of-this-start';
const unlocked = `docket_sample_key=${key}`;
const silent = pino({ level: 'silent' });
const people = [{ handle: 'ada', name: 'Ada <b>', about: 'operator' }];
let db: Pool;
let drop: () => Promise<void>;
let ada: number;
let app: FastifyInstance;

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  db = openPool(database.url, silent);
  const { rows } = await db.query(`insert into people (name, display_name) values ('ada', 'Ada <b>') returning id`);
  ada = rows[0].id;
});
afterEach(() => app.close());
afterAll(async () => {
  await db.end();
  await drop();
});

async function server({ host = '127.0.0.1', url = null as string | null, sample = true, log = silent } = {}) {
  const bound = { host, url: url === null ? null : new URL(url) };
  app = await createServer({ log, bound, ready: async () => {} });
  const visitors = new Visitors(db, bound, sample ? { people, key } : null);
  visitors.guard(app);
  signInRoutes(app, visitors);
  app.get('/me', async (request) => ({ handle: (await visitors.signedIn(request)).viewer.handle }));
  return app;
}

function cookieOf(response: { cookies: { name: string; value: string }[] }): string {
  const cookie = response.cookies.find(({ name }) => name === 'docket_session');
  return `docket_session=${cookie?.value}`;
}

async function me(cookie: string, headers: Record<string, string> = {}): Promise<number> {
  return (await app.inject({ url: '/me', headers: { cookie, ...headers } })).statusCode;
}

test('a sign-in link is used up by pressing the button, not by looking at it', async () => {
  await server();
  const url = `/sign-in/${await createSignInLink(db, ada)}`;
  for (let look = 0; look < 3; look++) expect((await app.inject(url)).statusCode).toBe(200);
  const signedIn = await app.inject({ method: 'POST', url });
  expect(signedIn.statusCode).toBe(303);
  expect(await me(cookieOf(signedIn))).toBe(200);
  expect((await app.inject({ method: 'POST', url })).statusCode).toBe(404);
  expect((await app.inject(url)).statusCode).toBe(404);
});

test('of two who press the button of one link at once, one is signed in', async () => {
  await server();
  const url = `/sign-in/${await createSignInLink(db, ada)}`;
  const pressed = await Promise.all([1, 2, 3].map(() => app.inject({ method: 'POST', url })));
  expect(pressed.map(({ statusCode }) => statusCode).sort()).toEqual([303, 404, 404]);
});

test('a link that is too old signs nobody in', async () => {
  await server();
  const token = await createSignInLink(db, ada);
  await db.query(`update sign_in_links set expires = now() - interval '1 second' where used is null`);
  expect((await app.inject({ method: 'POST', url: `/sign-in/${token}` })).statusCode).toBe(404);
});

test('a new link voids the earlier ones of its person', async () => {
  await server();
  const [first, second] = [await createSignInLink(db, ada), await createSignInLink(db, ada)];
  expect((await app.inject(`/sign-in/${first}`)).statusCode).toBe(404);
  expect((await app.inject({ method: 'POST', url: `/sign-in/${first}` })).statusCode).toBe(404);
  expect((await app.inject({ method: 'POST', url: `/sign-in/${second}` })).statusCode).toBe(303);
});

test('expired sessions and links are removed', async () => {
  await Promise.all([openSession(db, ada, false), openSession(db, ada, false), createSignInLink(db, ada)]);
  await db.query(
    `update sessions set expires = now() - interval '1 second' where token_hash = (select min(token_hash) from sessions)`,
  );
  const { rows: before } = await db.query('select count(*)::int as count from sessions');
  await db.query(`update sign_in_links set expires = now() - interval '1 second' where used is null`);
  await removeExpired(db);
  const { rows: after } = await db.query('select count(*)::int as count from sessions');
  expect(after[0].count).toBe(before[0].count - 1);
  expect((await db.query('select from sign_in_links where used is null')).rowCount).toBe(0);
});

test('logs who signs in, sits in and signs out, and never a token', async () => {
  const lines: string[] = [];
  await server({ log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }) });
  const token = await createSignInLink(db, ada);
  const signedIn = await app.inject({ method: 'POST', url: `/sign-in/${token}` });
  const cookie = cookieOf(signedIn);
  await app.inject({ method: 'POST', url: '/sign-out', headers: { cookie } });
  await app.inject({ method: 'POST', url: '/sit-in', payload: { handle: 'ada' }, headers: { cookie: unlocked } });
  const told = lines.map((line) => JSON.parse(line)).filter(({ person }) => person === 'ada');
  expect(told.map(({ msg }) => msg)).toEqual(['signed in with a link', 'signed out', 'sat in from the sample menu']);
  expect(told[0].address).toBe('127.0.0.1');
  for (const secret of [token, cookie.slice(cookie.indexOf('=') + 1)]) expect(lines.join('')).not.toContain(secret);
});

test('nobody is signed in as Docket itself', async () => {
  await server();
  const { rows } = await db.query<{ id: number }>(`select id from people where name = 'docket'`);
  expect(await me(`docket_session=${await openSession(db, rows[0]?.id ?? 0, false)}`)).toBe(401);
});

test('neither links nor sessions can be read from the database', async () => {
  const tokens = [await createSignInLink(db, ada), await openSession(db, ada, false)];
  const { rows } = await db.query('select token_hash from sign_in_links union all select token_hash from sessions');
  await server();
  for (const { token_hash } of rows) expect(tokens).not.toContain(token_hash);
});

test('no log holds a link, whatever comes of it', async () => {
  const lines: string[] = [];
  const everything = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  await server({ log: everything });
  app.addHook('preHandler', async (request) => {
    if (request.method === 'POST') throw new Error('the database is away');
  });
  const token = await createSignInLink(db, ada);
  expect((await app.inject(`/sign-in/${token}`)).statusCode).toBe(200);
  expect((await app.inject({ method: 'POST', url: `/sign-in/${token}` })).statusCode).toBe(500);
  expect(lines.join('')).toContain('the database is away');
  expect(lines.join('')).not.toContain(token);
});

test('the cookie is out of reach of scripts and of other sites, and kept to TLS where there is TLS', async () => {
  await server({ host: '0.0.0.0', url: 'https://desk.example' });
  const url = `/sign-in/${await createSignInLink(db, ada)}`;
  const { cookies } = await app.inject({ method: 'POST', url, headers: { host: 'desk.example' } });
  expect(cookies[0]).toMatchObject({
    name: '__Host-docket_session',
    httpOnly: true,
    sameSite: 'Lax',
    secure: true,
    path: '/',
  });
});

test('signing out ends the session', async () => {
  await server();
  const cookie = `docket_session=${await openSession(db, ada, false)}`;
  expect(await me(cookie)).toBe(200);
  await app.inject({ method: 'POST', url: '/sign-out', headers: { cookie } });
  expect(await me(cookie)).toBe(401);
});

test('someone who was deactivated is no longer signed in', async () => {
  await server();
  const cookie = `docket_session=${await openSession(db, ada, false)}`;
  await db.query('update people set active = false where id = $1', [ada]);
  expect(await me(cookie)).toBe(401);
  await db.query('update people set active = true where id = $1', [ada]);
});

test('what somebody sends who is not signed in is not read', async () => {
  await server();
  let read = 0;
  app.addHook('preParsing', async () => {
    read++;
  });
  app.post('/act', async () => 'done');
  const send = (cookie: string) =>
    app.inject({ method: 'POST', url: '/act', payload: { text: 'x' }, headers: { cookie } });
  expect([(await send('docket_session=nobody')).statusCode, read]).toEqual([401, 0]);
  expect([(await send(`docket_session=${await openSession(db, ada, false)}`)).statusCode, read]).toEqual([200, 1]);
});

test('without a session, people are led to where they sign in', async () => {
  await server();
  const response = await app.inject({ url: '/me', headers: { accept: 'text/html' } });
  expect([response.statusCode, response.headers.location]).toEqual([303, '/sign-in']);
});

test('the sample lets one sit in as any of its people, on this machine', async () => {
  await server();
  const page = await app.inject({ url: '/sign-in', headers: { cookie: unlocked } });
  expect(page.body).toContain('Sit in as');
  expect(page.body).toContain('Ada &lt;b>');
  const seated = await app.inject({
    method: 'POST',
    url: '/sit-in',
    payload: { handle: 'ada' },
    headers: { cookie: unlocked },
  });
  expect(seated.statusCode).toBe(303);
  expect(await me(cookieOf(seated))).toBe(200);
});

test('the menu needs the key that was printed at the start', async () => {
  await server();
  const sit = (cookie: string) =>
    app.inject({ method: 'POST', url: '/sit-in', payload: { handle: 'ada' }, headers: { cookie } });
  for (const cookie of ['', 'docket_sample_key=', 'docket_sample_key=another-start']) {
    const page = await app.inject({ url: '/sign-in', headers: { cookie } });
    expect(page.body).not.toContain('Ada');
    expect(page.body).toContain('open the address that Docket printed');
    expect((await sit(cookie)).statusCode).toBe(404);
  }
  expect((await app.inject('/sit-in?key=another-start')).statusCode).toBe(404);
  const opened = await app.inject(`/sit-in?key=${key}`);
  expect([opened.statusCode, opened.headers.location]).toEqual([303, '/sign-in']);
  expect(opened.cookies[0]).toMatchObject({ name: 'docket_sample_key', httpOnly: true });
  expect((await sit(`docket_sample_key=${opened.cookies[0]?.value}`)).statusCode).toBe(303);
});

test('nobody sits in as someone who is not of the sample', async () => {
  await server();
  expect(
    (await app.inject({ method: 'POST', url: '/sit-in', payload: { handle: 'docket' }, headers: { cookie: unlocked } }))
      .statusCode,
  ).toBe(404);
});

const elsewhere: readonly [string, Parameters<typeof server>[0], Record<string, string>][] = [
  ['with another configuration', { sample: false }, {}],
  ['where it can be reached from other machines', { host: '0.0.0.0' }, {}],
  ['under a public name', { url: 'https://desk.example' }, { host: 'desk.example' }],
  ['behind a proxy', {}, { 'x-forwarded-for': '203.0.113.9' }],
  ['behind another proxy', {}, { forwarded: 'for=203.0.113.9' }],
  ['behind a proxy that names only the scheme', {}, { 'x-forwarded-proto': 'https' }],
  ['behind a tunnel', {}, { 'cf-connecting-ip': '203.0.113.9' }],
  [
    'for a page of another origin, behind a proxy that tells nothing',
    {},
    { host: '127.0.0.1:3000', origin: 'https://desk.example', 'sec-fetch-site': 'same-origin' },
  ],
];

test.each(elsewhere)('the menu does not exist %s', async (_where, options, headers) => {
  await server(options);
  const page = await app.inject({ url: '/sign-in', headers: { cookie: unlocked, ...headers } });
  expect(page.body).not.toContain('Sit in as');
  const posted = await app.inject({
    method: 'POST',
    url: '/sit-in',
    payload: { handle: 'ada' },
    headers: { cookie: unlocked, ...headers },
  });
  expect(posted.statusCode).toBe(404);
  expect(posted.cookies).toEqual([]);
});

test.each(elsewhere)('who sat in before is not signed in %s', async (_where, options, headers) => {
  await server(options);
  expect(await me(`docket_session=${await openSession(db, ada, true)}`, headers)).toBe(401);
});
