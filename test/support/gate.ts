import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ownPort } from './port.ts';

/** A way to a database that can be closed, as when its machine goes away. */
export class Gate {
  /** The database, by way of this gate. */
  readonly url: string;
  readonly #port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #breaksAt: string | null = null;

  private constructor(listener: Server, port: number, database: URL) {
    this.#server = listener;
    this.#port = port;
    this.url = Object.assign(new URL(database), { host: `127.0.0.1:${this.#port}` }).href;
    const folder = decodeURIComponent(database.hostname);
    const server = folder.startsWith('/')
      ? { path: `${folder}/.s.PGSQL.${database.port}` }
      : { port: Number(database.port), host: folder };
    listener.on('connection', (near) => {
      const far = connect(server);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        // A socket that breaks closes, and takes the other end with it.
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
      near.on('data', (bytes) => {
        if (this.#breaksAt === null || !bytes.includes(this.#breaksAt)) return void far.write(bytes);
        this.#breaksAt = null;
        this.cut();
      });
      far.pipe(near);
    });
  }

  static async before(databaseUrl: string): Promise<Gate> {
    const gate = new Gate(createServer(), await ownPort(), new URL(databaseUrl));
    await gate.open();
    return gate;
  }

  /** Breaks every connection; new ones get through. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Breaks every connection as soon as one of them says these words, once. */
  breakAt(words: string): void {
    this.#breaksAt = words;
  }

  /** Breaks every connection, and lets none through. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  async open(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }
}
