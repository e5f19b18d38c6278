import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Slack } from './slack.ts';

/** What the emulator's own tests drive it with: Slack's own libraries. */
export function webOf(slack: Slack, token = slack.botToken): WebClient {
  return new WebClient(token, { ...quietly(slack), retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
}

/** An app on Bolt's own receiver for Socket Mode. */
export async function socketApp(slack: Slack, listen: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: silent,
    installerOptions: { clientOptions: quietly(slack) },
  });
  const app = new App({ token: slack.botToken, receiver, logger: silent, clientOptions: quietly(slack) });
  listen(app);
  await app.start();
  return app;
}

/** An app that takes requests. */
export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

/** An app on Bolt's own receiver for HTTP, at a port of its own. */
export async function httpApp(slack: Slack, listen: (app: App) => void): Promise<Listening> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: silent });
  listen(new App({ token: slack.botToken, receiver, logger: silent, clientOptions: quietly(slack) }));
  const server = createServer(receiver.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.postEventsTo(url);
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function quietly(slack: Slack) {
  return { slackApiUrl: slack.apiUrl, logger: silent };
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
