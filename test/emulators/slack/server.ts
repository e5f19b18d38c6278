import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Arguments, readArguments } from './arguments.ts';
import type { Core } from './core.ts';
import { download, upload } from './file-bytes.ts';
import { Refusal } from './refusal.ts';
import { respond } from './responding.ts';
import { type Answer, answerCall, rateLimited } from './web-api.ts';

/** The HTTP side of Slack, on loopback. */
export class SlackServer {
  #server: Server | null = null;
  #port = 0;

  constructor(private readonly core: () => Core) {}

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
      const url = new URL(request.url ?? '', this.url);
      this.core().sockets.accept(request, socket, head, url);
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
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    const body = await bytesOf(request);
    const core = this.core();
    if (core.faults.down === 500) return void response.writeHead(500).end('Internal Server Error');
    const [, room = '', what = ''] = url.pathname.split('/');
    switch (room) {
      case 'api':
        return this.#call(request, response, url, what, body);
      case 'actions':
        if (await this.#isRefused('response_url', response)) return;
        return respond(core, what, body, response);
      case 'upload':
        if (await this.#isRefused('upload', response)) return;
        return upload(core, what, request, body, response);
      case 'files-pri':
        return download(core, what, tokenIn(request), response);
      default:
        response.writeHead(404).end();
    }
  }

  /** What is no method of the Web API is refused with a status alone. */
  async #isRefused(what: string, response: ServerResponse): Promise<boolean> {
    const { faults } = this.core();
    await faults.delay(what);
    const refused = faults.refusal(what, new Arguments({}));
    if (refused === null) return false;
    response.writeHead(typeof refused === 'string' ? 404 : refused.status).end();
    return true;
  }

  async #call(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    method: string,
    body: Buffer,
  ): Promise<void> {
    const core = this.core();
    await core.faults.delay(method);
    const answer = core.faults.down === 429 ? rateLimited(1) : await this.#called(request, url, method, body);
    if (core.faults.loses(method)) return void response.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }

  async #called(request: IncomingMessage, url: URL, method: string, body: Buffer): Promise<Answer> {
    try {
      const args = await readArguments(request, url, body);
      return answerCall(this.core(), method, tokenIn(request) || args.text('token'), args);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: 200, headers: {}, body: { ok: false, error: error.code, ...error.more } };
    }
  }
}

function tokenIn(request: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
