import { type App, HTTPReceiver, type Receiver, type ReceiverEvent } from '@slack/bolt';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { apiOptions, quietLogger } from './api.ts';
import { eventsPath } from './app.ts';
import type { SlackSettings } from './options.ts';
import { socketReceiver } from './socket.ts';

/** Bytes. Slack's largest payloads are views of 250 kB, and messages of 40,000 characters with their blocks. */
const bodyLimit = 1_048_576;

/** Seconds that Slack's clock may be ahead of Docket's. */
const mostAhead = 300;

/** How Slack's events come in: over a socket where there is an app token, else by signed requests. */
export function openReceiver(settings: SlackSettings, log: Logger): { receiver: Receiver; http: HTTPReceiver | null } {
  // Slack sends again what was not acknowledged: what failed here, as when the database is away, is better sent again.
  const sendAgain = async ({ error }: { error: Error }) => {
    log.warn({ err: error }, 'an event of Slack could not be kept, and is left for Slack to send again');
    return false;
  };
  const { appToken, signingSecret, apiUrl } = settings;
  const logger = quietLogger(log);
  if (appToken !== null) {
    const installerOptions = { clientOptions: apiOptions(apiUrl, log) };
    const socket = socketReceiver({ appToken, logger, installerOptions, processEventErrorHandler: sendAgain }, log);
    return { receiver: keptFirst(socket), http: null };
  }
  const http = new HTTPReceiver({
    signingSecret: signingSecret ?? '',
    endpoints: eventsPath,
    logger,
    bodyLimit,
    processEventErrorHandler: async ({ error, response }) => {
      await sendAgain({ error });
      response.writeHead(500).end();
      return true;
    },
  });
  return { receiver: { init: (app) => http.init(gated(app)), start: async () => {}, stop: async () => {} }, http };
}

function keptFirst(inner: Receiver): Receiver {
  return { init: (app) => inner.init(gated(app)), start: () => inner.start(), stop: () => inner.stop() };
}

/** Bolt acknowledges events before it hands them on; Docket only when they are kept, for they are never sent again then. */
function gated(app: App): App {
  const processEvent = async (event: ReceiverEvent): Promise<void> => {
    if (event.body['type'] !== 'event_callback') return app.processEvent(event);
    await app.processEvent({ ...event, ack: async () => undefined });
    await event.ack();
  };
  return Object.create(app, { processEvent: { value: processEvent } }) as App;
}

/** Routes Slack's requests to Bolt's own listener, which reads and checks them itself. */
export function receiveOver(app: FastifyInstance, http: () => HTTPReceiver | null): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.post(eventsPath, { config: { open: true } }, (request, reply) => {
      const listener = http();
      if (listener === null) return reply.code(404).send();
      // Bolt refuses what was signed more than five minutes ago; nothing is signed that long ahead either.
      if (Number(request.headers['x-slack-request-timestamp']) > Date.now() / 1_000 + mostAhead) {
        return reply.code(401).send();
      }
      reply.hijack();
      // However it is written: Bolt compares the address letter by letter, and answers no other.
      request.raw.url = eventsPath;
      listener.requestListener(request.raw, reply.raw);
    });
  });
}
