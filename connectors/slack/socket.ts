import { setTimeout } from 'node:timers/promises';
import { type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';

/** Until the next attempt to connect, after so many in vain: at once, then 1, 2, 4, 8 and 10 s. Milliseconds. */
function pause(attempts: number): number {
  return attempts === 0 ? 0 : Math.min(2 ** (attempts - 1), 10) * 1_000;
}

type SocketOptions = ConstructorParameters<typeof SocketModeReceiver>[0];

/**
 * Socket Mode that stays connected. Slack closes its sockets every few hours and asks for new ones
 * (docs.slack.dev/apis/events-api/using-socket-mode, "Disconnecting"); its library then waits for five seconds, in which
 * presses are lost, and where Slack cannot be reached it fails for good, with a rejection that nobody can catch.
 */
export function socketReceiver(options: SocketOptions, log: Logger): Receiver {
  const socket = new SocketModeReceiver({ ...options, autoReconnectEnabled: false });
  const stopped = new AbortController();
  let connecting = false;

  socket.client.on('disconnected', () => void connect());

  async function connect(): Promise<void> {
    // An attempt that fails says that it is disconnected, too.
    if (connecting) return;
    connecting = true;
    for (let attempts = 0; !stopped.signal.aborted; attempts++) {
      try {
        await setTimeout(pause(attempts), undefined, { signal: stopped.signal });
        await socket.start();
        break;
      } catch (error) {
        if (!stopped.signal.aborted) log.info({ err: error, attempts }, 'the socket to Slack is tried again');
      }
    }
    connecting = false;
  }

  return {
    init: (app) => socket.init(app),
    start: async () => {
      connecting = true;
      try {
        await socket.start();
      } finally {
        connecting = false;
      }
    },
    stop: async () => {
      stopped.abort();
      await socket.stop();
    },
  };
}
