import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TryLater, Undeliverable } from '../../connectors/connector.ts';
import { downloaded } from '../../connectors/download.ts';
import { filePauses } from '../../src/desk/files.ts';
import { limits } from '../../src/ticket/limits.ts';

let server: Server;
let url: string;
/** Bytes that were sent of the endless file. */
let sent = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunk = Buffer.alloc(1_000_000);
    const more = (): void => {
      sent += chunk.length;
      if (response.write(chunk)) setImmediate(more);
    };
    switch (request.url) {
      case '/endless':
        response.on('drain', more);
        return more();
      case '/named':
        return void response.writeHead(200, { 'content-length': limits.file + 1 }).flushHeaders();
      case '/broken':
        response.write('half of it');
        return void setImmediate(() => response.destroy());
      case '/busy':
        return void response.writeHead(503).end();
      default:
        response.end('all of it');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const fetched = (path: string) => downloaded('Slack', `${url}${path}`);

test('a file is read to its end', async () => {
  expect(Buffer.from(await fetched('/')).toString()).toBe('all of it');
});

test('of a file without a length no more is read than a file may have', async () => {
  await expect(fetched('/endless')).rejects.toBeInstanceOf(Undeliverable);
  expect(sent).toBeLessThan(2 * limits.file);
});

test.each([
  ['/named', Undeliverable],
  ['/broken', TryLater],
  ['/busy', TryLater],
])('%s fails as what it is', async (path, kind) => {
  await expect(fetched(path)).rejects.toBeInstanceOf(kind);
});

test('a ticket waits two seconds at most for another attempt at its files', () => {
  expect(filePauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(2_000);
});
