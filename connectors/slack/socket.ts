import { setTimeout } from 'node:timers/promises';
import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';

/** Until the next attempt to connect, after so many in vain: at once, then 1, 2, 4, 8 and 10 s. Milliseconds. */
function pause(attempts: number): number {
  return attempts === 0 ? 0 : Math.min(2 ** (attempts - 1), 10) * 1_000;
}

type SocketOptions = ConstructorParameters<typeof SocketModeReceiver>[0];

/**
 * Socket Mode that stays connected. Slack asks for its sockets back every few hours, with a warning ten seconds before
 * (docs.slack.dev/apis/events-api/using-socket-mode, "Disconnecting"). Its library then closes the socket at once, with what
 * is being worked on it, and opens another after five seconds, in which presses are lost; and where Slack cannot be reached
 * it fails for good, with a rejection that nobody can catch. Here another socket is opened first, and the old one stays
 * until Slack closes it, so that what came by it can be acknowledged.
 */
export function socketReceiver(options: SocketOptions, log: Logger): Receiver {
  const open = new Set<SocketModeReceiver>();
  const stopped = new AbortController();
  let app: App | null = null;
  let current: SocketModeReceiver | null = null;
  let connecting = false;

  async function connect(): Promise<void> {
    const socket = new SocketModeReceiver({ ...options, autoReconnectEnabled: false });
    if (app !== null) socket.init(app);
    onAskedBack(socket, () => socket === current && void stayConnected());
    socket.client.on('disconnected', () => {
      open.delete(socket);
      if (socket === current) void stayConnected();
    });
    await socket.start();
    // Docket was ended meanwhile.
    if (stopped.signal.aborted) return socket.stop().then(() => undefined);
    open.add(socket);
    current = socket;
  }

  async function stayConnected(): Promise<void> {
    if (connecting) return;
    connecting = true;
    for (let attempts = 0; !stopped.signal.aborted; attempts++) {
      try {
        await setTimeout(pause(attempts), undefined, { signal: stopped.signal });
        await connect();
        break;
      } catch (error) {
        if (!stopped.signal.aborted) log.info({ err: error, attempts }, 'the socket to Slack is tried again');
      }
    }
    connecting = false;
  }

  return {
    init: (of) => {
      app = of;
    },
    start: connect,
    stop: async () => {
      stopped.abort();
      await Promise.all([...open].map((socket) => socket.stop()));
    },
  };
}

/** Says when Slack wants a socket back, or warns that it soon will, instead of closing it. */
function onAskedBack({ client }: SocketModeReceiver, tell: () => void): void {
  const hearings = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    if (asksBack(data)) tell();
    else for (const hear of hearings) hear.call(client, data, isBinary);
  });
}

function asksBack(data: unknown): boolean {
  return typeof data === 'string' && /^\s*\{[^{]*"type"\s*:\s*"disconnect"/.test(data);
}
