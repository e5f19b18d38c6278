import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const own = fileURLToPath(new URL('./assets/', import.meta.url));
const htmx = path.dirname(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'));

/** Serves styles, scripts and the icon under `/assets/`, and htmx from its own package: nothing comes from elsewhere. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  // no-cache: a browser asks each time whether the file is still the same (ETag), so that an update shows at once.
  await app.register(fastifyStatic, { root: own, prefix: '/assets/', index: false, cacheControl: false, setHeaders });
  app.get('/assets/htmx.js', (_request, reply) => reply.sendFile('htmx.min.js', htmx));
}

function setHeaders(reply: { setHeader(name: string, value: string): unknown }): void {
  reply.setHeader('cache-control', 'no-cache');
}
