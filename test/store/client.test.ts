import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, inject, test } from 'vitest';
import { Client } from '../../src/store/client.ts';

let server: Server;
afterEach(() => server?.close());

/** Messages of the server: type, then the length of the rest with itself, then the rest. */
const message = (type: string, ...ints: number[]) => {
  const body = Buffer.alloc(4 + 4 * ints.length);
  body.writeInt32BE(body.length);
  ints.forEach((int, nth) => {
    body.writeInt32BE(int, 4 + 4 * nth);
  });
  return Buffer.concat([Buffer.from(type), body]);
};
const clearText = message('R', 3);
const md5 = message('R', 5, 0x01020304);
const letIn = Buffer.concat([message('R', 0), Buffer.from([0x5a, 0, 0, 0, 5, 0x49])]);

/** Plays PostgreSQL to whoever connects. What it was told after the start of the conversation is kept. */
async function impostor(answer: Buffer): Promise<{ url: string; told: () => string }> {
  let told = '';
  server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(answer);
      socket.on('data', (bytes) => {
        told += bytes.toString('latin1');
      });
    });
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { url: `postgresql://docket:hidden@127.0.0.1:${port}/docket`, told: () => told };
}

test.each([
  ['in clear text', clearText, '', 'clear text'],
  ['as an MD5 hash', md5, '', 'MD5'],
  ['in clear text, where only SCRAM is allowed', clearText, '?require_auth=scram-sha-256', 'clear text'],
  ['not at all, where only SCRAM is allowed', letIn, '?require_auth=scram-sha-256', 'without proving'],
])('a server that asks for the password %s is refused, and told nothing', async (_, answer, parameters, reason) => {
  const { url, told } = await impostor(answer);
  const client = new Client(url + parameters);
  client.on('error', () => undefined);
  await expect(client.connect()).rejects.toThrow(reason);
  expect(told()).not.toContain('hidden');
  expect(told()).not.toContain('md5');
});

test('a server may be allowed to ask for the password in clear text', async () => {
  const { url, told } = await impostor(clearText);
  const client = new Client({ connectionString: `${url}?require_auth=password,md5` });
  client.on('error', () => undefined);
  client.connect().catch(() => undefined);
  await expect.poll(told).toContain('hidden');
  await client.end();
});

test('a server that asks for nothing is as good as before, unless a proof is demanded', async () => {
  const { url } = await impostor(letIn);
  const client = new Client(url);
  await client.connect();
  await client.end();
});

test('PostgreSQL itself asks by SCRAM, and is let in', async () => {
  const url = new URL(inject('template'));
  url.searchParams.set('require_auth', 'scram-sha-256');
  const client = new Client(url.href);
  await client.connect();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
});
