import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serveAssets } from './assets.ts';
import { bodyLimits, readBodies } from './bodies.ts';
import { answerBadAddress, answerErrors } from './errors.tsx';
import { endLateBodies, type Patience, patience as usualPatience } from './late-bodies.ts';
import { type Bound, guard } from './security.ts';

/** Bytes of one attached file, and how many go with one message. */
export const fileLimits = { bytes: 10 * 1024 * 1024, count: 10 };

export interface ServerOptions {
  readonly log: FastifyBaseLogger;
  readonly bound: Bound;
  /** Resolves when the database answers, rejects when it does not. */
  readonly ready: () => Promise<void>;
  /** How long a request may take to arrive; tests are less patient. */
  readonly patience?: Patience;
}

/**
 * The HTTP server with everything that each page needs: guards, cookies, forms, assets, error pages and `/healthz`.
 * It does not listen yet. Closing it ends every connection, also those that stream.
 */
export async function createServer({
  log,
  bound,
  ready,
  patience = usualPatience,
}: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log,
    // An address can be a secret (/sign-in/TOKEN), so that no log may hold it.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimits.usual,
    // What no route is known for yet. Node counts from the first byte, and looks every half minute.
    requestTimeout: patience.upload,
    // Whoever reads nothing of an answer; event streams say every 20 seconds that they are alive.
    connectionTimeout: 60_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => answerBadAddress(error, request, reply, bound),
  });
  guard(app, bound);
  endLateBodies(app, patience);
  answerErrors(app);
  readBodies(app);
  await app.register(cookie);
  await app.register(multipart, {
    limits: {
      ...{ fileSize: fileLimits.bytes, files: fileLimits.count },
      ...{ fields: 20, fieldSize: bodyLimits.usual, fieldNameSize: 100, headerPairs: 20 },
    },
  });
  await serveAssets(app);
  app.get('/healthz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await ready();
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'not ready: the database does not answer');
      return reply.code(503).send({ status: 'not ready', reason: 'the database does not answer' });
    }
  });
  return app;
}
