import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Envelope, Line, Outcome, Retry } from './deliveries.ts';
import { type Json, recordOf, textOf } from './shapes.ts';
import { bot } from './workspace.ts';

/** Milliseconds between pings. */
const pingEvery = 5_000;

/** Socket Mode: what happens goes over WebSockets that the app has opened (docs.slack.dev/apis/events-api/using-socket-mode). */
export class SocketLine implements Line {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open = new Set<WebSocket>();
  /** By the id of what was sent. It is acknowledged on the socket that it came by, or not at all. */
  readonly #waiting = new Map<string, { readonly socket: WebSocket; readonly settle: (outcome: Outcome) => void }>();
  readonly #arrivals: (() => void)[] = [];
  readonly #pings: NodeJS.Timeout;
  #turn = 0;

  /**
   * @param patience milliseconds within which the app has to acknowledge
   * @param opening milliseconds that it takes to open a socket
   */
  constructor(
    private readonly patience: number,
    private readonly opening: number,
  ) {
    this.#pings = setInterval(() => {
      for (const socket of this.#open) socket.ping();
    }, pingEvery).unref();
  }

  /** How many sockets stand. */
  get size(): number {
    return this.#open.size;
  }

  /** A ticket for one socket. */
  ticket(): string {
    const ticket = randomBytes(12).toString('hex');
    this.#tickets.add(ticket);
    return ticket;
  }

  accept(request: IncomingMessage, raw: Duplex, head: Buffer, url: URL): void {
    const ticket = url.searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      raw.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
      return;
    }
    setTimeout(() => {
      this.#server.handleUpgrade(request, raw, head, (socket) => this.#greet(socket));
    }, this.opening);
  }

  /** Resolves when a socket stands. */
  connected(): Promise<void> {
    return this.#open.size > 0 ? Promise.resolve() : new Promise((resolve) => this.#arrivals.push(resolve));
  }

  /** What is sent once more waits for a socket; what was sent by one that closes is not acknowledged any more. */
  async send(id: string, { type, payload }: Envelope, retry: Retry | null): Promise<Outcome> {
    if (retry !== null) await this.connected();
    const sockets = [...this.#open];
    const socket = sockets[this.#turn++ % Math.max(1, sockets.length)];
    if (socket === undefined) return { acked: false, reason: 'no connection' };
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#settle(id, { acked: false, reason: 'timeout' }), this.patience);
      const settle = (outcome: Outcome) => {
        clearTimeout(late);
        resolve(outcome);
      };
      this.#waiting.set(id, { socket, settle });
      const again = retry === null ? {} : { retry_attempt: retry.attempt, retry_reason: retry.reason };
      const answered = type !== 'events_api';
      socket.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: answered, ...again }));
    });
  }

  /**
   * Slack wants its sockets back: it warns, goes on using them for as long as `used` takes, asks, and closes them when
   * `answered` is over, too. What comes in between takes new ones.
   */
  async refresh(used: () => Promise<unknown>, answered: () => Promise<unknown>): Promise<void> {
    const old = [...this.#open];
    const debug_info = { host: 'emulator' };
    const say = (reason: string) => {
      for (const socket of old) socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info }));
    };
    say('warning');
    await used();
    say('refresh_requested');
    for (const socket of old) this.#open.delete(socket);
    await answered();
    for (const socket of old) socket.close(1000);
  }

  /** Sockets break. */
  drop(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  stop(): void {
    clearInterval(this.#pings);
    this.drop();
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { acked: false, reason: 'the end' });
  }

  #greet(socket: WebSocket): void {
    this.#open.add(socket);
    socket.on('close', () => this.#forget(socket));
    socket.on('error', () => this.#forget(socket));
    socket.on('message', (data) => this.#hear(socket, String(data)));
    const connection_info = { app_id: bot.app };
    socket.send(JSON.stringify({ type: 'hello', num_connections: this.#open.size, connection_info }));
    for (const tell of this.#arrivals.splice(0)) tell();
  }

  #hear(socket: WebSocket, text: string): void {
    const said: Json = recordOf(JSON.parse(text));
    const id = textOf(said['envelope_id']);
    if (this.#waiting.get(id)?.socket === socket) {
      this.#settle(id, { acked: true, response: recordOf(said['payload']) });
    }
  }

  #forget(socket: WebSocket): void {
    this.#open.delete(socket);
    for (const [id, waiting] of this.#waiting) {
      if (waiting.socket === socket) this.#settle(id, { acked: false, reason: 'timeout' });
    }
  }

  #settle(id: string, outcome: Outcome): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle(outcome);
  }
}
