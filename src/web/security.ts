import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpRefusal, notFound } from './refusal.ts';

/** Where the server is bound, and the address people know it by, if one is configured. */
export interface Bound {
  /** The host it listens on. */
  readonly host: string;
  readonly url: URL | null;
}

const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Puts the guards before every route: security headers; only hosts that are ours (a foreign name that points at a
 * loopback address is DNS rebinding); and writes only from our own pages. What no route is there for is refused here,
 * before its body is read.
 */
export function guard(app: FastifyInstance, bound: Bound): void {
  app.addHook('onRequest', async (request, reply) => {
    const refusal = admit(request, reply, bound);
    if (refusal !== null) throw refusal;
    if (request.is404) throw notFound();
  });
}

/** Sets the headers of every answer. Gives why the request is not let in; null where it is. */
export function admit(request: FastifyRequest, reply: FastifyReply, bound: Bound): HttpRefusal | null {
  reply.headers(headers);
  if (bound.url?.protocol === 'https:') reply.header('strict-transport-security', 'max-age=31536000');
  if (!knownHost(request.hostname, bound)) {
    return new HttpRefusal(421, 'This address is not one of Docket. Open it by the address in its configuration.');
  }
  if (!safeMethods.has(request.method) && fromElsewhere(request)) {
    return new HttpRefusal(403, 'This was sent from another site, so nothing was done. Go to Docket and do it there.');
  }
  return null;
}

/** Whether a host name (or address) is this machine's own loopback. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** What proxies and tunnels tell of whom they speak for. */
const proxyHeader =
  /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-(cluster-)?client-ip|true-client-ip|fastly-client-ip|x-original-.*|x-envoy-.*|cf-.*|cdn-loop|fly-.*)$/;

/**
 * Whether a request came from this machine itself and was not passed on by a proxy: the only way in which the sample's
 * menu may be reached. A proxy that tells nothing of itself is not recognised, which is why the menu needs a key as well.
 */
export function isLocal(request: FastifyRequest, bound: Bound): boolean {
  // nginx passes on with HTTP/1.0 unless told otherwise; no browser of today speaks it.
  const passedOn =
    request.raw.httpVersion === '1.0' || Object.keys(request.headers).some((name) => proxyHeader.test(name));
  const { origin, host } = request.headers;
  const elsewhere = origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host);
  return isLoopback(bound.host) && isLoopback(request.hostname) && !passedOn && !elsewhere;
}

function knownHost(host: string, bound: Bound): boolean {
  if (isLoopback(host) || host.toLowerCase() === bound.url?.hostname) return true;
  return !isLoopback(bound.host) && bound.url === null;
}

/**
 * Cross-site writes, told as Go's net/http.CrossOriginProtection tells them: browsers say where a request comes from in
 * `Sec-Fetch-Site`, older ones in `Origin`; what says neither is no browser, and carries nobody's cookie by itself.
 */
function fromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
