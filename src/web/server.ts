import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serveAssets } from './assets.ts';
import { answerErrors } from './errors.tsx';
import { type Bound, guard } from './security.ts';

/** Bytes of one request without files; the limits of single texts are told more kindly and lie far below. */
const bodyLimit = 12 * 1024 * 1024;
/** How long a request may take to come in: Fastify would wait for ever. */
const patienceMs = 5 * 60_000;
/** Bytes of one attached file, and how many go with one message. */
export const fileLimits = { bytes: 10 * 1024 * 1024, count: 10 };

export interface ServerOptions {
  readonly log: FastifyBaseLogger;
  readonly bound: Bound;
  /** Resolves when the database answers, rejects when it does not. */
  readonly ready: () => Promise<void>;
}

/**
 * The HTTP server with everything that each page needs: guards, cookies, forms, assets, error pages and `/healthz`.
 * It does not listen yet. Closing it ends every connection, also those that stream.
 */
export async function createServer({ log, bound, ready }: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log,
    // An address can be a secret (/sign-in/TOKEN), so that no log may hold it.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout: patienceMs,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  guard(app, bound);
  answerErrors(app);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit });
  await app.register(multipart, {
    limits: { fileSize: fileLimits.bytes, files: fileLimits.count, fields: 50, fieldSize: bodyLimit },
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
