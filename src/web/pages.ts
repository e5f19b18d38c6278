import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import type { Reads } from '../desk/reads.ts';
import type { Store } from '../store/store.ts';
import { boardRoutes } from './board.tsx';
import { Live } from './live.ts';
import { isLoopback } from './security.ts';
import { noteServed } from './served.ts';
import { createServer } from './server.ts';
import { signInRoutes } from './sign-in.tsx';
import { Streams } from './streams.ts';
import { ticketFeeder } from './ticket-feeder.ts';
import { ticketRoutes } from './ticket-page.tsx';
import { Visitors } from './visitors.ts';

/** The pages, before and while they are served. */
export interface Pages {
  readonly app: FastifyInstance;
  readonly visitors: Visitors;
  readonly streams: Streams;
  /** Adds the pages that show tickets. */
  show(reads: Reads): void;
  listen(): Promise<void>;
  /** The address of the pages, without a slash at its end. */
  url(): string;
  /** The address, with its key, by which people sit in as those of the sample; null where there is no such menu. */
  menuUrl(): string | null;
  close(): Promise<void>;
}

/** Makes the server of the pages; it does not listen yet. */
export async function openPages(options: {
  config: Config;
  environment: Environment;
  store: Store;
  log: Logger;
}): Promise<Pages> {
  const { config, environment, store, log } = options;
  const address = config.web.url === null ? null : new URL(config.web.url);
  const bound = { host: environment.host, url: address };
  const app = await createServer({ log, bound, ready: async () => void (await store.pool.query('select 1')) });
  // Not as an administrator, who gets in by a link: the sample is to show what others see.
  const sample =
    config.sample && isLoopback(environment.host) ? config.people.filter(({ superuser }) => !superuser) : [];
  const key = randomBytes(24).toString('base64url');
  const people = sample.map(({ name, displayName, about }) => ({ handle: name, name: displayName, about }));
  const visitors = new Visitors(store.pool, bound, people.length === 0 ? null : { people, key });
  visitors.guard(app);
  const live = new Live(store.pool, log);
  const streams = new Streams(app, visitors, live, config.limits.openPages);
  signInRoutes(app, visitors);
  let listening = `http://${environment.host}:${environment.port}`;
  return {
    app,
    visitors,
    streams,
    show: (reads) => {
      streams.add(ticketFeeder(reads));
      boardRoutes(app, visitors, reads);
      ticketRoutes(app, visitors, reads);
    },
    listen: async () => {
      listening = await app.listen({ host: environment.host, port: environment.port });
      await noteServed(store, listening);
      await live.start();
    },
    url: () => address?.origin ?? listening,
    menuUrl: () => (people.length === 0 ? null : `${listening}/sit-in?key=${key}`),
    close: async () => {
      await app.close();
      await live.stop();
      await streams.settled();
    },
  };
}
