import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Core } from './core.ts';
import type { Gateway } from './gateway.ts';
import { Refusal, refusals } from './refusal.ts';
import { type Answer, answerRequest } from './rest.ts';

/** Discord's servers, on loopback: HTTP API, gateway and files. */
export class DiscordServer {
  #server: Server | null = null;
  #port = 0;

  constructor(
    private readonly core: () => Core,
    private readonly gateway: () => Gateway,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens; after it was closed, at the same port as before. */
  async open(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.core().violations.push(`the emulator failed: ${error instanceof Error ? error.stack : String(error)}`);
        response.destroy();
      });
    });
    server.on('upgrade', (request, socket, head) => {
      if (new URL(request.url ?? '', this.url).pathname.startsWith('/gateway')) {
        this.gateway().accept(request, socket, head);
      } else socket.destroy();
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Listens no more, and breaks all connections. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    this.gateway().drop();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    const core = this.core();
    if (url.pathname.startsWith('/attachments/')) return core.attachments.download(url, response);
    const path = /^\/api\/v10(\/.*)$/.exec(url.pathname)?.[1];
    const answer = path === undefined ? nowhere : await this.#asked(request, path, url.searchParams);
    const lost = path === undefined ? null : core.faults.loses(request.method ?? '', path);
    if (lost === 'cut') response.destroy();
    if (lost !== null) return;
    const type = answer.status === 204 ? {} : { 'content-type': 'application/json' };
    response.writeHead(answer.status, { ...type, ...answer.headers });
    response.end(answer.body === null ? undefined : JSON.stringify(answer.body));
  }

  async #asked(request: IncomingMessage, path: string, query: URLSearchParams): Promise<Answer> {
    try {
      return await answerRequest(this.core(), request, path, query);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message, more } = error;
      return { status, headers: {}, body: { message, code, ...more } };
    }
  }
}

const nowhere: Answer = { status: 404, headers: {}, body: { message: refusals.notFound().message, code: 0 } };
