import { once } from 'node:events';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { createServer } from '../../src/web/server.ts';

const log = pino({ level: 'silent' });
let app: FastifyInstance;

async function server(host = '127.0.0.1', url: string | null = null, ready = async () => {}) {
  app = await createServer({ log, bound: { host, url: url === null ? null : new URL(url) }, ready });
  app.post('/act', async () => 'done');
  app.get('/fails', async () => {
    throw new Error('password=hunter2');
  });
  return app;
}

afterEach(() => app.close());

const hosts: readonly [string, string | null, string, number][] = [
  ['127.0.0.1', null, 'localhost:3000', 200],
  ['127.0.0.1', null, '127.0.0.1:3000', 200],
  ['127.0.0.1', null, '[::1]:3000', 200],
  ['127.0.0.1', null, 'evil.example', 421],
  ['127.0.0.1', null, '127.0.0.1.evil.example', 421],
  ['127.0.0.1', 'https://desk.example', 'desk.example', 200],
  ['0.0.0.0', 'https://desk.example', 'desk.example', 200],
  ['0.0.0.0', 'https://desk.example', 'evil.example', 421],
  ['0.0.0.0', null, 'any.example', 200],
];

test.each(hosts)('bound to %s with the address %s, a request for %s gets %i', async (host, url, asked, status) => {
  const response = await (await server(host, url)).inject({ url: '/healthz', headers: { host: asked } });
  expect(response.statusCode).toBe(status);
});

const writes: readonly [string, Record<string, string>, number][] = [
  ['from a page of ours', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }, 200],
  ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
  ['from a neighbour of the same site', { 'sec-fetch-site': 'same-site' }, 403],
  ['from an older browser, by our own page', { origin: 'http://localhost:3000' }, 200],
  ['from an older browser, by another site', { origin: 'https://evil.example' }, 403],
  ['from an older browser, by a page without an origin', { origin: 'null' }, 403],
  ['from no browser', {}, 200],
];

test.each(writes)('a write %s', async (_from, headers, status) => {
  const response = await (await server()).inject({
    method: 'POST',
    url: '/act',
    headers: { host: 'localhost:3000', ...headers },
  });
  expect(response.statusCode).toBe(status);
});

test('every answer forbids foreign scripts, frames and guessing of types', async () => {
  for (const url of ['/healthz', '/nothing', '/assets/base.css', '/fails']) {
    const { headers } = await (await server()).inject({ url });
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    await app.close();
  }
});

test('it is ready while the database answers', async () => {
  const response = await (await server()).inject('/healthz');
  expect([response.statusCode, response.json()]).toEqual([200, { status: 'ready' }]);
});

test('it is not ready while the database does not answer', async () => {
  const broken = await server('127.0.0.1', null, () => Promise.reject(new Error('ECONNREFUSED')));
  const response = await broken.inject('/healthz');
  expect(response.statusCode).toBe(503);
  expect(response.body).not.toContain('ECONNREFUSED');
});

test('people get a page when something is not there, scripts get data', async () => {
  await server();
  const page = await app.inject({ url: '/nothing', headers: { accept: 'text/html' } });
  expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(page.body).toContain('<h1>Not found</h1>');
  const data = await app.inject({ url: '/nothing' });
  expect(data.json()).toEqual({ error: 'There is nothing here that you can see.' });
});

test('a fault of our own tells nothing of itself', async () => {
  const response = await (await server()).inject('/fails');
  expect(response.statusCode).toBe(500);
  expect(response.body).not.toContain('hunter2');
});

test.each(['/assets/base.css', '/assets/main.js', '/assets/htmx.js', '/assets/icon.svg'])(
  '%s is served',
  async (url) => {
    const response = await (await server()).inject(url);
    expect(response.statusCode).toBe(200);
    expect(response.body.length).toBeGreaterThan(50);
  },
);

test('nothing outside of the assets is served', async () => {
  await server();
  for (const url of ['/assets/../server.ts', '/assets/%2e%2e/server.ts', '/assets/..%2fserver.ts']) {
    expect((await app.inject(url)).statusCode).toBeGreaterThanOrEqual(400);
  }
});

test.each(['/c/%E0%A4%A', '/tickets/%', `/sign-in/${'x'.repeat(300)}`])(
  'a malformed address is answered like any other mistake: %s',
  async (url) => {
    await server();
    app.get('/sign-in/:token', async () => 'never');
    const page = await app.inject({ url, headers: { accept: 'text/html' } });
    expect([400, 404, 414]).toContain(page.statusCode);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.body).not.toContain('%E0');
    const elsewhere = await app.inject({ url, headers: { host: 'evil.example' } });
    expect(elsewhere.statusCode).toBe(421);
  },
);

const bodies: readonly [string, string, string, number][] = [
  ['a form of 130 kB', 'application/x-www-form-urlencoded', `a=${'x'.repeat(131_072)}`, 413],
  ['a form of 200 fields', 'application/x-www-form-urlencoded', 'a=1&'.repeat(200), 413],
  ['a form of 100 fields', 'application/x-www-form-urlencoded', 'a=1&'.repeat(100), 200],
  ['JSON nested 21 levels deep', 'application/json', `${'['.repeat(21)}${']'.repeat(21)}`, 413],
  ['JSON nested 20 levels deep', 'application/json', `${'['.repeat(20)}${']'.repeat(20)}`, 200],
  ['brackets and commas in the strings of JSON', 'application/json', `{"a":"${'[\\",'.repeat(3_000)}"}`, 200],
  ['JSON of 2001 values', 'application/json', `[${'1,'.repeat(2_000)}1]`, 413],
  ['JSON that never ends', 'application/json', '{"a":"', 400],
  ['plain text', 'text/plain', 'a', 415],
];

test.each(bodies)('what is read of a body: %s', async (_what, type, payload, status) => {
  const response = await (await server()).inject({
    method: 'POST',
    url: '/act',
    payload,
    headers: { 'content-type': type },
  });
  expect(response.statusCode).toBe(status);
});

test('the fields of a form are taken as they were typed', async () => {
  await server();
  app.post('/echo', async ({ body }) => body);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = 'text=a+b%26%C3%A9%3D&text=c&__proto__=x';
  const response = await app.inject({ method: 'POST', url: '/echo', payload, headers });
  expect(response.json()).toEqual({ text: ['a b&é=', 'c'], ['__proto__']: 'x' });
});

test('what no route is there for is refused before its body is read', async () => {
  await server();
  let read = false;
  app.addHook('preParsing', async () => {
    read = true;
  });
  const response = await app.inject({ method: 'POST', url: '/nope', payload: { a: 1 } });
  expect([response.statusCode, read]).toEqual([404, false]);
});

test('a body that does not arrive in time ends its connection', async () => {
  app = await createServer({
    log,
    bound: { host: '127.0.0.1', url: null },
    ready: async () => {},
    patience: { usual: 50, upload: 60_000 },
  });
  app.post('/act', async () => 'done');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /act HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
  socket.resume();
  await once(socket, 'close');
});

test('a request that never comes in whole is not waited for without end', async () => {
  const { server: http } = await server();
  expect(http.requestTimeout).toBeGreaterThan(0);
});
